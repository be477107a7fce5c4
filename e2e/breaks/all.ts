import { archiveBreaks } from './archive.ts';
import type { Break } from './break.ts';
import { diskBreaks } from './disk.ts';
import { formatBreaks } from './format.ts';
import { keyBreaks } from './keys.ts';
import { pairBreaks } from './pair.ts';
import { programBreaks } from './program.ts';

/** Every mechanism that SECURITY.md rests on, and every rule of FORMAT.md that a reader keeps, each to be taken out by itself. */
export const breaks: readonly Break[] = [
  ...pairBreaks,
  ...keyBreaks,
  ...diskBreaks,
  ...programBreaks,
  ...formatBreaks,
  ...archiveBreaks,
];
