/** @file Threads that come up while the rest of the program is still loading: both take about as long. */
import { stat } from 'node:fs/promises';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, hasSuffix, swapSuffix } from '../files/stem.ts';
import type { StreamRunner } from '../stream/job.ts';
import { createStreamPool } from '../stream/pool.ts';

/** Bytes for which one more thread is worth its start: it comes up in about the time that these take. */
const WORTH_A_THREAD = 64 * 2 ** 20;
/** So many of the paths are looked at: more of them are many files, of which each needs one thread. */
const LOOKED_AT = 64;

/** Bytes of the file `given`, or of the body beside an envelope; 0 of a folder, and of what is not there. */
async function sizeOf(given: string): Promise<number> {
  const isEnvelope = hasSuffix(given, ENVELOPE_SUFFIX);
  const file = isEnvelope ? swapSuffix(given, ENVELOPE_SUFFIX, BODY_SUFFIX) : given;
  // Whoever works on it says what is wrong.
  const stats = await stat(file).catch(() => undefined);
  return stats?.isFile() === true ? stats.size : 0;
}

/** How many threads are worth their start before it is known what `paths`, as they were given, hold: at least one. */
export async function threadsFor(paths: readonly string[]): Promise<number> {
  const largest = Math.max(0, ...(await Promise.all(paths.slice(0, LOOKED_AT).map(sizeOf))));
  return Math.max(1, Math.floor(largest / WORTH_A_THREAD));
}

/** A pool for a command that is about to work on `paths`, with so many threads ({@link threadsFor}). */
export async function startPool(paths: readonly string[]): Promise<StreamRunner> {
  return createStreamPool({ early: await threadsFor(paths) });
}
