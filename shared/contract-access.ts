/** @file The part of the contract that changes who can open envelopes. One change at a time. */
import type { AccessLeft, AccessReport, AccessState, AccessView, AccessWanted } from './access-view.ts';
import { call, event } from './call.ts';
import type { Granted } from './desktop.ts';
import type { AccessResult } from './rewrap.ts';

export const accessContract = {
  /** Looks which keys stand in envelopes now; none given: at the same places again. How it goes comes as `accessChanged`. */
  lookAtAccess: call<[grants: string[]], void>(),
  /** The change that is at work, or the last one of this run. */
  access: call<[], AccessView | undefined>(),
  /** Plans what would be done; it is nothing yet. */
  planAccess: call<[wanted: AccessWanted], void>(),
  /** Does what the plan says. */
  startAccess: call<[], void>(),
  /** No further envelope is begun, until it is gone on with. */
  pauseAccess: call<[what: 'pause' | 'go-on'], void>(),
  /** Stops what runs; of a plan, goes back to choosing; else puts the change away. */
  cancelAccess: call<[], void>(),
  /** Results of one state, from the `from`th on, at most {@link ACCESS_PAGE}. */
  accessFiles: call<[state: AccessState, from: number, count: number], AccessResult[]>(),
  showAccessFile: call<[state: AccessState, index: number], void>(),
  /** The envelope of a result, to be worked on. */
  grantAccessFile: call<[state: AccessState, index: number], Granted>(),
  /** Goes through the envelopes once more, and asks the KMS by dry runs, which are billed. */
  proveAccess: call<[], void>(),
  /** Asks where to with the system's dialog. @returns the file's name, or undefined */
  saveAccessReport: call<[report: AccessReport], string | undefined>(),
  /** What earlier runs have left undone, the newest first. */
  accessLeft: call<[], AccessLeft[]>(),
  /** Does the rest of a run: what is done is not done twice. */
  resumeAccess: call<[run: string], void>(),
  /** Forgets what a run has left undone; what it did stays. */
  forgetAccess: call<[run: string], AccessLeft[]>(),
  accessChanged: event<AccessView | undefined>(),
} as const;
