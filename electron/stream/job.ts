/** @file What the stream pool can be asked to do. Descriptors, numbers and one key go in; counts come out. */
import type { ArchivePlan } from '../files/archive-plan.ts';

/** The 40 bytes `0x28 ‖ salt(32) ‖ prefix(7)` that begin a body and stand as `stream` in the envelope. */
export type StreamHeader = Uint8Array;

/** Where plaintext comes from. Every byte has a known offset, so that segments can be read in any order. */
export type PlainSource =
  { kind: 'file'; fd: number; /** Plaintext bytes. */ size: number } | { kind: 'archive'; plan: ArchivePlan };

type Keyed = {
  header: StreamHeader;
  /** 32 bytes; copied at once, the caller wipes its own. */ fileKey: Uint8Array;
};

/** Seals `source` into the open, empty file `target`, the 40 header bytes included. Does not fsync. */
export type SealJob = Keyed & { kind: 'seal'; source: PlainSource; target: number };

/** The body on disk: an open descriptor and its length F. */
export type BodySource = { fd: number; length: number };

/** Opens a body into the open, empty file `target`; without `target` it only verifies. Does not fsync. */
export type OpenJob = Keyed & { kind: 'open'; body: BodySource; target?: number };

/**
 * Opens a body that holds a folder's archive into the existing, empty, private `directory`; without `directory` it only
 * verifies, the archive's shape included. Modes and times are set, files are fsynced.
 */
export type ExtractJob = Keyed & {
  kind: 'extract';
  body: BodySource;
  directory?: string;
  /** umask */ mask: number;
};

/**
 * Opens a body and seals it again, segment by segment, into the open, empty file `target`: `header` and `fileKey` are of
 * the new body. Both have the same segments, so plaintext is nowhere but in the buffers of the workers. No fsync.
 */
export type ResealJob = Keyed & {
  kind: 'reseal';
  body: BodySource;
  oldHeader: StreamHeader;
  /** 32 bytes; copied at once, the caller wipes its own. */ oldKey: Uint8Array;
  target: number;
};

export type StreamJob = SealJob | OpenJob | ExtractJob | ResealJob;

export type RunOptions = {
  signal?: AbortSignal | undefined;
  /** Plaintext bytes done so far; at most 10 calls a second, and once at the end. */
  onProgress?: ((bytes: number) => void) | undefined;
};

/** `bytes`: plaintext bytes. `notes`: what the system would not do, by path inside the folder. */
export type StreamResult = {
  bytes: number;
  notes: readonly { path: string; what: 'name' | 'mode' | 'time' }[];
};

/**
 * Runs jobs on worker threads.
 * Errors: `cancelled` (within 100 ms of the signal) · `source-changed` (short read, more bytes than `size`) ·
 * `source-too-large` (above 2^31 segments) ·
 * `body-altered` with `details.offset` = i·S of the failing segment · `body-cut-short` · `archive-invalid` ·
 * `disk-full`, `io-failed` and the other file codes · `worker-lost`, which fails this job alone.
 * When `run` settles, no worker touches the job's descriptors any more and every copy of the key is zero-filled.
 */
export interface StreamRunner extends AsyncDisposable {
  run(job: StreamJob, options?: RunOptions): Promise<StreamResult>;
}
