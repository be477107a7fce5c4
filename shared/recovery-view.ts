/** @file What the page and the main process tell each other about the recovery key. The identity goes one way only. */
import type { FormerRecoveryKey, RecoveryKey } from './recovery.ts';

/** A recovery key as a person has it: typed, or a picture of the code on its sheet, which is a grant. */
export type GivenKey = { typed: string } | { picture: string };

export type RecoveryView = {
  /** The one in use. */
  key?: RecoveryKey;
  former: readonly FormerRecoveryKey[];
  /** Its sheet was not tried for a year. */
  drillDue: boolean;
  /** Neither a recovery key nor a backup: what a key of this computer sealed is lost with it. */
  atRisk: boolean;
  /** One that was made and is not in use before its sheet is there. */
  draft?: { recipient: string };
  /** Recipients whose identities were entered; they open until the program ends. */
  lent: readonly string[];
};

/** What may be done with the sheet of a draft. */
export const sheetDeeds = ['show', 'print', 'save'] as const;
export type SheetDeed = (typeof sheetDeeds)[number];

/** `file`: the name of the PDF. `done` is false if the system's dialog was cancelled. */
export type SheetOutcome = { done: boolean; file?: string };

/** What the sheet has opened, to its last byte. */
export type DrillResult = { file: string; name: string; size: number };
