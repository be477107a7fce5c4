/** @file What crosses between the pool and a worker thread. */
import type { ErrorRecord } from '../../shared/errors.ts';
import type { StreamJob, StreamResult } from './job.ts';

/** How a thread of the pool is started. */
export type ThreadOptions = {
  /** See give-way.ts. */
  givesWay: boolean;
};

type WithoutKey<Job> = Job extends unknown ? Omit<Job, 'fileKey' | 'oldKey'> : never;

/** A call for help with one job. */
export type Task = {
  job: WithoutKey<StreamJob>;
  /** The 32 bytes of the file key. Workers read them in place and keep no copy; the pool zero-fills them. */
  fileKey: SharedArrayBuffer;
  /** The same of the body that is sealed again. */
  oldKey?: SharedArrayBuffer;
  /** n, plaintext bytes of the whole job. */
  plaintextLength: number;
  /** {@link Claims.memory} */
  claims: SharedArrayBuffer;
};

/** Why a worker gave a job up, at which segment: a coded error, or a bug. */
export type Failure = {
  segment: number;
  why: { kind: 'error'; record: ErrorRecord } | { kind: 'bug'; message: string; stack: string | undefined };
};

/** A worker's last word on a task: from now on it touches neither key nor descriptors. */
export type Outcome = { notes: StreamResult['notes']; failure?: Failure };
