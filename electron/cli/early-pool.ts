import type { StreamRunner } from '../stream/job.ts';

/** Even one file of a few segments is worked on by two. */
const THREADS = 2;

/**
 * The pool of a command that will seal, open or verify: its first threads come up while the rest of the program is being
 * loaded and keys are asked for, instead of after it.
 */
export async function earlyPool(): Promise<StreamRunner> {
  const { createStreamPool } = await import('../stream/pool.ts');
  return createStreamPool({ ready: THREADS });
}
