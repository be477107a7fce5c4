/** @file The part of the contract that keeps files openable: lost halves, copies, health, recovery, keys that are waited for. */
import { call, event } from './call.ts';
import type { SettingsView } from './contract.ts';
import type { CopiesMove, CopiesState } from './copies.ts';
import type { Grant, Granted } from './desktop.ts';
import type { HalfOf, LocatedHalf, LocateProgress } from './halves.ts';
import type { HealthFile } from './health.ts';
import type { HealthFormat, HealthRequest, HealthView } from './health-view.ts';
import type { DrillResult, GivenKey, RecoveryView, SheetDeed, SheetOutcome } from './recovery-view.ts';
import type { WaitingView } from './waiting.ts';

export const careContract = {
  /** Looks around for the other half; how far it is comes as `locateProgress` with this id. */
  locate: call<[half: HalfOf, search: string], LocatedHalf>(),
  /** Nothing if it is over. */
  cancelLocate: call<[search: string], void>(),

  copies: call<[], CopiesState>(),
  /** A limit that is lower than before holds at once. */
  changeCopies: call<[change: { keep?: boolean; megabytes?: number }], CopiesState>(),
  /** To the granted folder. How far it is comes as `copiesMove`. */
  moveCopies: call<[to: string], CopiesState>(),
  /** The same, back among the program's own data. */
  moveCopiesBack: call<[], CopiesState>(),
  cancelMoveCopies: call<[], void>(),
  clearCopies: call<[], CopiesState>(),
  /** Looks at envelopes and asks their keys; how it goes comes as `healthChanged`. @returns the id of the look */
  startHealth: call<[request: HealthRequest], string>(),
  cancelHealth: call<[], void>(),
  /** The look that runs, or the last one of this run. */
  health: call<[], HealthView | undefined>(),
  /** Files of a group of the result, from the `from`th on, at most {@link HEALTH_PAGE}. */
  healthFiles: call<[group: string, from: number, count: number], HealthFile[]>(),
  showHealthFile: call<[group: string, index: number], void>(),
  /** One file of a group, to look for its other half. */
  grantHealthFile: call<[group: string, index: number], Grant>(),
  /** The envelopes of a group, to be worked on. */
  grantHealth: call<[group: string], Granted>(),
  /** Lets the account of a key of the result be called from now on, in its region. */
  approveHealthKey: call<[key: string], SettingsView>(),
  /** Asks where to with the system's dialog. @returns the file's name, or undefined if cancelled */
  exportHealth: call<[format: HealthFormat], string | undefined>(),

  recovery: call<[], RecoveryView>(),
  /** Makes a recovery key and shows its sheet in a window of its own. It is not in use yet. */
  makeRecoveryKey: call<[], RecoveryView>(),
  recoverySheet: call<[deed: SheetDeed], SheetOutcome>(),
  /** Takes the one that was made into use, for who can say the last group on its sheet. */
  activateRecoveryKey: call<[lastGroup: string], RecoveryView>(),
  /** Forgets the one that was made. */
  cancelRecoveryKey: call<[], RecoveryView>(),
  /** Takes one into use whose sheet there is already, such as that of another computer. */
  takeRecoveryKey: call<[key: GivenKey], RecoveryView>(),
  forgetRecoveryKey: call<[], RecoveryView>(),
  /** Opens `envelope`, or the newest that is known, with the key and nothing else, and writes nothing. */
  drillRecoveryKey: call<[key: GivenKey, envelope?: string | undefined], DrillResult>(),
  takeBackKeys: call<[], RecoveryView>(),
  /** No more reminders that there is neither recovery key nor backup. */
  quietRecovery: call<[], RecoveryView>(),

  waiting: call<[], WaitingView>(),
  /** Tries to add the keys that files wait for; it may ask. */
  addWaiting: call<[], void>(),
  dropWaiting: call<[ids: string[]], void>(),
  waitingChanged: event<WaitingView>(),
  healthChanged: event<HealthView>(),
  locateProgress: event<LocateProgress>(),
  copiesMove: event<CopiesMove>(),
} as const;
