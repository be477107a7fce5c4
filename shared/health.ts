/** @file What a look at the health of envelopes finds, key by key and file by file. */
import type { Provider } from './envelope.ts';
import type { ErrorRecord } from './errors.ts';

/**
 * What one key says to one envelope, the worst first.
 *
 * `damaged`: this wrapped key does not open, whoever asks · `gone`: the KMS does not have it · `deleting`: it will be
 * deleted · `disabled` · `unready`: another state in which it opens nothing · `denied`: you may not · `absent`: a local
 * key, or an age identity, that is not on this computer · `account`: of an account that is not approved, so it was not
 * asked · `locked`: under a passphrase that nobody was asked for, or in a key store out of reach · `unasked`: it could
 * not be asked, `error` says why · `unknown`: of a kind that this version does not know · `opens`
 */
export const keyAnswers = [
  'damaged',
  'gone',
  'deleting',
  'disabled',
  'unready',
  'denied',
  'absent',
  'account',
  'locked',
  'unasked',
  'unknown',
  'opens',
] as const;
export type KeyAnswer = (typeof keyAnswers)[number];

/**
 * What is wrong with a file, the worst first. `closed`: no key opens it now · `unsure`: none opens it, but one of them
 * could not be asked · `in-cloud`: its bytes are not on this computer, and were not fetched; that is told and no fault.
 */
export const healthProblems = [
  'envelope-altered',
  'envelope-damaged',
  'body-missing',
  'body-foreign',
  'body-cut-short',
  'body-altered',
  'envelope-missing',
  'closed',
  'unsure',
  'envelope-newer',
  'envelope-unreadable',
  'body-unreadable',
  'folder-unreadable',
  'in-cloud',
] as const;
export type HealthProblem = (typeof healthProblems)[number];

/** A key that envelopes name, and what it says to them. Counts are of envelopes. */
export type KeyHealth = {
  /** Stands for the key in what is told of files. */
  index: number;
  /** A {@link Provider}, or what stands there instead. */
  provider: Provider | (string & {});
  /** As in an envelope; '' if no key can be read. */
  key: string;
  /** What this computer calls it. */
  name?: string;
  /** Those that name it. */
  files: number;
  /** Those that are whole and that it opens now. */
  opens: number;
  /** Those to which no other key is left: what becomes of it becomes of them. */
  alone: number;
  answers: Partial<Record<KeyAnswer, number>>;
  /** Those whose labels the KMS was not asked about, because others of this key were: they count as answered like them. */
  assumed: number;
  /** What it said when it first did not open something. */
  error?: ErrorRecord;
  /** What the KMS says of it: Enabled, Disabled, PendingDeletion … */
  state?: string;
  /** ISO time from which it opens nothing any more: it will be deleted, or its imported material ends. */
  until?: string;
  account?: string;
  region?: string;
};

/** What was found of one file: an envelope, or a body or folder by itself. */
export type HealthFile = {
  path: string;
  /** The body, where it is not under the name of its envelope. */
  body?: string;
  /** Absent if it opens now. */
  problem?: HealthProblem;
  error?: ErrorRecord;
  /** In the order of the envelope; `key` is the index of a {@link KeyHealth}, `ends`: that it will open nothing from a known day on. */
  keys: { key: number; answer: KeyAnswer; ends?: true }[];
  /** The index of the one key it hangs on. */
  alone?: number;
};

/** Counts so far, or in the end. `bytes`: of the bodies; `verified`: those whose every byte was checked. */
export type HealthCounts = {
  folders: number;
  envelopes: number;
  bytes: number;
  opens: number;
  /** Envelopes that one key alone opens. */
  alone: number;
  /** Links, which are not followed. */
  links: number;
  verified: number;
  verifiedBytes: number;
  problems: Partial<Record<HealthProblem, number>>;
};

export type HealthSummary = HealthCounts & {
  /** The worst first. */
  keys: KeyHealth[];
  /** Calls of KMS by their name; Decrypt is a dry run, or with every byte checked a real one. */
  calls: Readonly<Record<string, number>>;
  /** The first few links. */
  someLinks: readonly string[];
  cancelled: boolean;
  seconds: number;
};
