/** @file Finding and restoring halves of pairs, as the page and the main process tell each other. */
import type { Grant } from './desktop.ts';
import type { Located, Searched } from './locate.ts';

/** Whose other half is meant: of a file that was handed over, or of the file of a row. */
export type HalfOf = { grant: string } | { row: string };

/** What came of looking. `own`: the half that was given, `other`: the one that was found, as grants. */
export type LocatedHalf = { located: Located; own: Grant; other?: Grant };

/** How far a search is. `folder`: where it looks now, for people to read. */
export type LocateProgress = { search: string; folder: string; searched: Searched };
