import type { StreamRunner } from '../stream/job.ts';
import { createStreamPool } from '../stream/pool.ts';

/** Even one file of a few segments is worked on by two. */
const THREADS = 2;

/**
 * The pool of a command that will seal, open or verify: its first threads come up while the rest of the program is being
 * loaded and keys are asked for, instead of after it.
 */
export function earlyPool(): StreamRunner {
  return createStreamPool({ ready: THREADS });
}
