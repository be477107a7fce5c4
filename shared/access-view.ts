/** @file The window's change of who can open, as it stands: what was found, planned, done and proved. */
import type { ErrorRecord } from './errors.ts';
import type { AccessProof, AccessWork, FoundKey, Impossible, RewrapPlan } from './rewrap.ts';

/** Results that are told in one call. */
export const ACCESS_PAGE = 200;

/** What became of an envelope, the most urgent first. */
export const accessStates = ['failed', 'changed', 'already'] as const;
export type AccessState = (typeof accessStates)[number];

/** Keys in a person's words or by themselves. `keys`: all that are to open from now on. */
export type AccessWanted =
  | {
      work: 'rewrap';
      add: string[];
      remove: string[];
      replace: { from: string; to: string }[];
      /** Remove also where none of the keys that are left can be tried here. */
      leaveUntried: boolean;
    }
  | { work: 'reseal'; keys: string[] };

/** What was chosen, each key as envelopes name it. */
export type AccessChosen = { add: string[]; remove: string[]; replace: { from: string; to: string }[] };

export type AccessStage =
  | 'looking'
  /** It was looked at; now it is chosen what to do. */
  | 'choosing'
  | 'planning'
  | 'planned'
  | 'running'
  | 'proving'
  | 'ended';

/** What stands in the envelopes now. */
export type AccessFound = {
  envelopes: number;
  keys: FoundKey[];
  moreKeys: number;
  unreadable: number;
  impossible: Impossible[];
};

export type AccessProgress = {
  /** `waiting`: for an answer. */
  state: 'running' | 'paused' | 'waiting';
  envelopes: number;
  changed: number;
  already: number;
  failed: number;
  /** Bytes of bodies, where those are written anew. */
  bytes: number;
  doneBytes: number;
  secondsLeft?: number;
};

/** How it ended, as the record has it: with what earlier runs of it have done. */
export type AccessOutcome = {
  /** Which run; it can be gone on with by this while `complete` is false or something failed. */
  run: string;
  started: string;
  complete: boolean;
  counts: Record<AccessState, number>;
  /** How many of each are listed. */
  listed: Record<AccessState, number>;
  proof?: AccessProof;
  /** Whether a KMS could still be asked by dry runs. */
  canAskKms: boolean;
};

export type AccessView = {
  id: string;
  stage: AccessStage;
  work: AccessWork;
  /** Names of what was chosen, for people to read. */
  places: string[];
  /** Envelopes that were looked at so far, while it is looked, planned or proved. */
  seen: number;
  found?: AccessFound;
  chosen?: AccessChosen;
  plan?: RewrapPlan;
  progress?: AccessProgress;
  outcome?: AccessOutcome;
  /** By key: what this computer calls those that are told of here. */
  names: Record<string, string>;
  /** Why the last stage did not come to its end. */
  error?: ErrorRecord;
};

/** As it is saved: for programs, or in the words of the page. */
export type AccessReport = { as: 'json' } | { as: 'text'; text: string };

/** A run that was interrupted, or in which something failed. */
export type AccessLeft = {
  run: string;
  work: AccessWork;
  started: string;
  places: string[];
  chosen: AccessChosen;
  changed: number;
  failed: number;
  /** As {@link AccessView}. */
  names: Record<string, string>;
  /** It was stopped before it had gone through everything. */
  interrupted: boolean;
};
