/** @file Changing who can open envelopes that exist: what is planned, done and proved, as data. */
import type { ErrorCode, ErrorRecord } from './errors.ts';
import type { Note } from './notes.ts';

/** Calls of a KMS, by kind. */
export type KmsCalls = { ReEncrypt: number; GenerateDataKey: number; Encrypt: number; Decrypt: number };

/** `rewrap` changes which keys open, and no sealed file; `reseal` seals again with a new data key. */
export type AccessWork = 'rewrap' | 'reseal';

/** A key that envelopes name: a claim of theirs. `name`: what this computer calls it. */
export type FoundKey = { provider: string; key: string; name?: string; envelopes: number };

/** What cannot be done, by its reason, with the first few. */
export type Impossible = { code: ErrorCode; count: number; first: { path: string; error: ErrorRecord }[] };

/** What would be done to the envelopes of a selection, before anything is. Goes by what they say: not verified. */
export type RewrapPlan = {
  work: AccessWork;
  envelopes: number;
  /** Of those, the ones that would change. */
  changing: number;
  /** Those that are as they should be. */
  already: number;
  /** Of the changing ones, those whose data key stays in the KMS (ReEncrypt), so that nothing is verified. */
  inside: number;
  impossible: Impossible[];
  /** Calls of the KMS in all, if nothing goes wrong. */
  calls: KmsCalls;
  /** Distinct keys as they are now, the most frequent first. `moreKeys`: how many are not told. */
  keys: FoundKey[];
  moreKeys: number;
  /** Envelopes that no key of this computer would open any more. */
  lockedOut: number;
  /** Entries that are damaged, or of a newer version: they are kept as they are. */
  unreadable: number;
  /** AWS accounts and regions, as shared/trust.ts writes them, that are not the user's and would be asked about. */
  accounts: string[];
  /** Envelopes that share their body with another of the selection: each is changed by itself. */
  sharing: number;
  /** Bytes of the bodies that would be written anew; 0 unless `reseal`. */
  bytes: number;
};

/** What came of one envelope. */
export type AccessResult = {
  path: string;
  /** `already`: there was nothing to do. */
  state: 'changed' | 'already' | 'failed';
  /** The name of the sealed file, as the envelope says. */
  name?: string;
  /** Whether name and labels were verified with the data key: by ReEncrypt they cannot be. */
  verified?: boolean;
  added?: readonly string[];
  removed?: readonly string[];
  requestIds?: readonly string[];
  notes?: readonly Note[];
  error?: ErrorRecord;
};

/** What was found when the selection was gone through once more. */
export type AccessProof = {
  at: string;
  /** Envelopes that were read. */
  envelopes: number;
  /** Keys that were to go, as they stand in envelopes. */
  keys: string[];
  /** Envelopes, also beside the selection, that still name one of these keys, or that one of them still opens. */
  named: { count: number; first: string[] };
  opens: { count: number; first: string[] };
  /** Other envelopes of the same bodies that lie beside the selection and name one of these keys: old copies. */
  copies: { count: number; first: string[] };
  /** Entries that were tried with a removed key of this computer, and with a dry run of the KMS; all failed as they must. */
  tried: { here: number; kms: number };
  /** Entries that could not be tried with a removed key: it is not here, or the KMS was not asked or did not say. */
  untried: number;
  /** Entries that are damaged, or of a newer version. */
  unreadable: number;
  /** What could not be read. */
  unread: { count: number; first: string[] };
};
