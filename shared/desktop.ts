/** @file What the page and the main process tell each other. The page may see names and paths; it never sends a path. */
import type { Labels, Provider } from './envelope.ts';
import type { ErrorRecord } from './errors.ts';
import type { Note, WrittenNote } from './notes.ts';
import type { PlanPolicy } from './policy.ts';
import type { Collision } from './settings.ts';

export type Operation = 'seal' | 'open' | 'verify';

/** A file or folder that the user handed over. `id` is opaque: it is what the page says instead of a path. */
export type Grant = {
  id: string;
  name: string;
  kind: 'file' | 'folder' | 'envelope' | 'body';
  /** Bytes of a file; 0 for a folder. */
  size: number;
};

/** What became of a drop or a pick: `refused` has no place on disk, or is not there any more. */
export type Granted = { grants: Grant[]; refused: { name: string; error: ErrorRecord }[] };

export type SealChoices = {
  /** As the key list has them; none: the keys of the settings. */
  keys: string[];
  labels: Labels;
  hideNames: boolean;
  /** A folder becomes one pair instead of a tree of pairs. */
  archive: boolean;
  /** Grant of the folder that results go to; without it, beside each original. */
  to?: string;
  collision: Collision;
  /** After the pair was read back and verified. */
  binOriginals: boolean;
  again: boolean;
  /** Which of these the user chose for this work; the others are the settings’. Without it, all that say something. */
  chosen?: ('keys' | 'labels' | 'hideNames')[];
  /** The policies of folders are left aside, as the user wants it for this work. */
  withoutPolicies?: true;
};

export type OpenChoices = {
  to?: string;
  collision: Collision;
  /** Grant of the body the user found. */ body?: string;
};

export type StartRequest =
  | { operation: 'seal'; grants: string[]; choices: SealChoices }
  | { operation: 'open'; grants: string[]; choices: OpenChoices }
  | { operation: 'verify'; grants: string[]; choices: { body?: string } };

/** What would be done, before it is. */
export type Plan = {
  operation: Operation;
  files: number;
  bytes: number;
  /** Bytes free where results go; `needed` counts every disk by itself and is the worst of them. */
  space: { folder: string; needed: number; free: number; enough: boolean };
  /** Names of results that exist already: how many, and the first of them. */
  taken: { count: number; first: string[] };
  /** What folders say of how their files are sealed, and of how many; absent where no folder does. */
  policies?: PlanPolicy[];
};

export type RowState = 'waiting' | 'running' | 'done' | 'skipped' | 'failed' | 'cancelled';

/** One file of a batch. */
export type Row = {
  id: string;
  batch: string;
  operation: Operation;
  /** Of what was handed in; once it was opened, of what came out. */
  name: string;
  /** The envelope that `name` came out of. */
  from?: string;
  state: RowState;
  /** Bytes; of what was opened or verified, those of the body until it is done. */
  size: number;
  done: number;
  /** Bytes a second over the last moments; 0 unless running. */
  speed: number;
  /** ISO times. */
  started?: string;
  ended?: string;
  /** Where the result is, for people to read. */
  place?: string;
  requestIds: readonly string[];
  /** Names under which the keys are known here, or the keys. */
  keys: readonly string[];
  /** Sealed without these keys, which could not be reached: they do not open it yet. */
  waiting?: readonly string[];
  binned: boolean;
  notes: readonly (Note | WrittenNote)[];
  error?: ErrorRecord;
};

/** `waiting`: a question must be answered first. */
export type BatchState = 'running' | 'waiting' | 'ended' | 'cancelled';

export type Batch = {
  id: string;
  operation: Operation;
  state: BatchState;
  files: number;
  bytes: number;
  doneFiles: number;
  failedFiles: number;
  skippedFiles: number;
  doneBytes: number;
  speed: number;
  started: string;
  ended?: string;
  /** Of an earlier run of the program: nothing of it can be tried again from here. */
  past?: boolean;
  /** What was not sealed: links, special files, envelopes. */
  leftOut: number;
  /** The batch could not begin, or ended, as a whole. */
  error?: ErrorRecord;
};

/** Rows and batches that are new or changed, and those that are gone. */
export type JobsChange = { rows: Row[]; batches: Batch[]; gone: string[] };

/** An entry of an envelope's `keys`, as a claim: nothing of it is verified. */
export type CardKey = {
  state: 'known' | 'damaged' | 'unknown';
  /** A {@link Provider}, or what stands there instead. */
  provider: string;
  key?: string;
  /** The name this computer knows it under. */
  name?: string;
  wrappedBytes?: number;
  region?: string;
  account?: string;
};

/** What an envelope says before any key is asked for. Not verified. */
export type Card = {
  grant: string;
  file: string;
  id: string;
  created: string;
  cipher: string;
  /** Absent while the content is hidden. */
  content?: { kind: 'file' | 'folder'; name: string; size: number; modified: string; mode: string };
  labels: Labels;
  keys: CardKey[];
  /** Names of KMS keys that are still to be added, by this program's own record. */
  waiting?: string[];
  body: { state: 'found'; name: string; size: number } | { state: 'wrong'; error: ErrorRecord };
  /** The body's first bytes, salt and prefix as hexadecimal digits, for the drawing. */
  salt: string;
};

/** Whether the key at `index` of a card's keys would open it, and if not, why. `unasked`: a stranger's account. */
export type CanOpen = { index: number; answer: 'yes' | 'no' | 'unasked'; error?: ErrorRecord };

/** A key of the user's own list. */
export type ListedKey = {
  provider: Provider;
  key: string;
  name: string;
  protection?: 'os' | 'passphrase' | 'file';
  /** Other users of this computer can read the file of a key that nothing else protects. */
  readableByOthers?: boolean;
  canSeal: boolean;
  canOpen: boolean;
  isDefault: boolean;
  connection?: string;
  state?: string;
  region?: string;
  account?: string;
  multiRegion?: boolean;
  rotation?: boolean;
  deletion?: string;
  /** The key is in the list but could not be asked about. */
  error?: ErrorRecord;
};

/** Keys of one connection, or why they could not be listed. */
export type ConnectionKeys = { connection: string; keys: ListedKey[]; error?: ErrorRecord };

/** A question that only a person can answer; one at a time, for all work that waits for it. */
export type Prompt = { id: string } & (
  | {
      kind: 'passphrase';
      purpose: 'unlock' | 'protect';
      keyName: string;
      /** The last answer was wrong. */ again: boolean;
    }
  | { kind: 'mfa'; serial: string; again: boolean }
  /** A KMS key cannot be reached: seal without it for now? The answers are `once`, for the work that waits, and `always`. */
  | { kind: 'offline'; key: string }
  /** May this key be called where it is? The answers are `once`, for the work that waits, and `always`. */
  | {
      kind: 'account';
      account: string;
      partition: string;
      region: string;
      key: string;
      /** What of the place is new. */
      unfamiliar: 'account' | 'region' | 'partition';
      /** A connection's own endpoint that would be called, if it is not AWS's. */
      endpoint?: string;
    }
  /** May these keys, which a folder’s policy names and which are not the user's, open what is sealed? `once`, `always`. */
  | { kind: 'policy-keys'; policy: string; keys: string[] }
  /**
   * The session of a connection is over; the answer `retry` goes on once the user has signed in again. `signIn`: that can
   * be done here, and then answers it.
   */
  | { kind: 'session'; connection: string; signIn: boolean; error: ErrorRecord }
);

/** How the system keeps secrets for us. `none` and `weak` (a fixed password): nothing is stored. */
export type KeyStoreState = { kind: 'real'; name: string } | { kind: 'weak' | 'none' };

export type AppInfo = {
  version: string;
  platform: string;
  locale: string;
  keyStore: KeyStoreState;
  /** Started with `--no-sandbox`. */
  sandboxOff: boolean;
  /** Started by an administrator: Windows gives such a window no drops. */
  elevated: boolean;
};
