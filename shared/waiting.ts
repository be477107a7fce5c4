/** @file Files that were sealed without a KMS key which could not be reached, and get it later. */
import type { ErrorRecord } from './errors.ts';

/** `keys`: what is still to be added, by name. It does not open the file yet. */
export type WaitingFile = {
  /** The envelope's id. */
  id: string;
  name: string;
  /** The envelope's path, for people to read. */
  place: string;
  keys: string[];
  /** ISO times. */
  sealed: string;
  tried?: string;
  /** Why the last try was in vain. */
  problem?: ErrorRecord;
};

/** `trying`: they are being added now. */
export type WaitingView = { files: WaitingFile[]; trying: boolean };
