/** @file What a batch is made of, as the command line and the window see it. */
import type { Labels } from '../../shared/envelope.ts';
import type { EnvelopeError, ErrorRecord } from '../../shared/errors.ts';
import type { Collision } from '../../shared/settings.ts';
import type { Opened } from '../envelope/open.ts';
import type { Offline, Sealed } from '../envelope/seal.ts';
import type { Verified } from '../envelope/verify.ts';
import type { LeftOut } from '../files/archive-plan.ts';
import type { ApproveAccount } from '../keys/accounts.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { Policies } from '../policy/policies.ts';

/**
 * A path whose result goes to a folder of its own: a file of an earlier batch that is tried again. `inner`: the end of
 * `to` that is the shape of the tree the file lies in; it is made if it is not there, what is above it never.
 */
export type Placed = { path: string; to: string | undefined; inner?: string | undefined };

/** A file or folder as it is handed to a batch. */
export type Given = string | Placed;

/**
 * One file (or one folder's archive) of a batch. `size`: plaintext bytes to seal, body bytes to open or verify. `to`: the
 * folder its result goes to; undefined if that is not known, or beside it.
 */
export type Item = { index: number; path: string; size: number; to?: string | undefined };

export type Outcome<Value> =
  | { state: 'done'; value: Value }
  /** The name was taken and the user wants such files skipped. */
  | { state: 'skipped'; name: string }
  | { state: 'failed'; error: ErrorRecord };

export type BatchEvent<Value> =
  /** What lies ahead, once the folders were walked. */
  | { type: 'total'; files: number; bytes: number }
  | { type: 'started'; item: Item }
  | { type: 'progress'; item: Item; bytes: number }
  | { type: 'ended'; item: Item; outcome: Outcome<Value> }
  /** Something in a folder that is not sealed: a link, a special file, an envelope. */
  | { type: 'left-out'; what: LeftOut };

export type BatchOptions<Value> = {
  signal?: AbortSignal | undefined;
  onEvent?: ((event: BatchEvent<Value>) => void) | undefined;
  /** Cancels one item and no other. */
  signalOf?: ((item: Item) => AbortSignal) | undefined;
  /** Asked about each failure; with true the item is tried once more. `tries`: how often it was tried. */
  again?: ((error: EnvelopeError, item: Item, tries: number) => Promise<boolean>) | undefined;
  /** How many items are under way at most; fewer than usual where each writes much. */
  atOnce?: number | undefined;
  /** Who wants to know the items before their turn. */
  ahead?: Ahead | undefined;
};

/** The first `limit` items are looked up as fast as the disk tells them, the others when their turn comes. */
export type Ahead = {
  limit: number;
  /** Called for every item, in order, before it is begun. */
  onListed: (item: Item) => void;
  /** Called once there are no more. */
  onEnd: () => void;
};

/** How a batch ended. A failed file does not stop the others; a cancelled batch ends with `cancelled: true`. */
export type BatchResult = {
  done: number;
  skipped: number;
  failed: number;
  bytes: number;
  cancelled: boolean;
};

/** What lies ahead. `byFolder`: bytes by the folder their results go to, unless the user named another. */
export type Total = { files: number; bytes: number; byFolder: { folder: string; bytes: number }[] };

/** `paths`: files and folders. A folder becomes a mirrored tree, each file its pair, or with `archive` one pair. */
export type SealAll = {
  paths: readonly Given[];
  archive: boolean;
  keys: readonly KeyRef[];
  labels: Labels;
  hideNames: boolean;
  /** Where results go; without it, beside each original. A folder given as `docs` becomes `<to>/docs`. */
  to?: string | undefined;
  collision: Collision;
  verify: boolean;
  binOriginals: boolean;
  /** Seal envelopes and bodies again, which is refused otherwise (`source-sealed`). */
  again: boolean;
  /** What is done about chosen KMS keys that cannot be reached; without it each file fails for it. */
  offline?: Offline | undefined;
  /** What folders say of how their files are sealed. Without it nobody looks. */
  policies?: Policies | undefined;
  /** What lies ahead, if somebody has looked already. */
  ahead?: Total | undefined;
};

/** `paths`: envelopes, bodies, or folders in which every envelope is opened. */
export type OpenAll = {
  paths: readonly Given[];
  to?: string | undefined;
  collision: Collision;
  /** The body, where one envelope is opened and the user says which file it is. */
  body?: string | undefined;
  approveAccount?: ApproveAccount | undefined;
};

export type VerifyAll = Pick<OpenAll, 'paths' | 'body' | 'approveAccount'>;

export type SealOutcome = Outcome<Sealed>;
export type OpenOutcome = Outcome<Opened>;
export type VerifyOutcome = Outcome<Verified>;
