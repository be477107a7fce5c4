import { EnvelopeError } from '../../shared/errors.ts';
import { fromSystem } from '../files/io-error.ts';
import type { RunOptions } from '../stream/job.ts';
import { type Input, readInput } from './inputs.ts';
import type { BatchOptions, BatchResult, Item, Outcome } from './job.ts';

/** One thing to do. `run` resolves to undefined if the name was taken and such files are to be skipped. */
export type Work<Value> = {
  path: string;
  /** Bytes, for the progress. */
  size: number;
  run(options: RunOptions): Promise<Value | undefined>;
};

export type Works<Value> = AsyncGenerator<Work<Value>, void, undefined>;

/**
 * Files under way at once. Segments are worked on by the pool's few threads whatever this is; more files under way hide
 * the waiting for a KMS and for fsync.
 */
const AT_ONCE = 32;

/** An EnvelopeError as it is, a failed system call by its code. Anything else is a bug, not an outcome. */
function coded(error: unknown): EnvelopeError {
  const known = fromSystem(error, 'source');
  if (known instanceof EnvelopeError) return known;
  throw error;
}

/** What every path the user gave comes to; one that cannot be looked at is a work that fails. */
export async function* worksOfAll<Value>(
  paths: readonly string[],
  worksOf: (input: Input) => Works<Value>,
): Works<Value> {
  for (const path of paths) {
    try {
      yield* worksOf(await readInput(path));
    } catch (error) {
      yield { path, size: 0, run: async () => await Promise.reject(coded(error)) };
    }
  }
}

async function runOne<Value>(
  work: Work<Value>,
  item: Item,
  { signal, onEvent }: BatchOptions<Value>,
): Promise<Outcome<Value>> {
  onEvent?.({ type: 'started', item });
  try {
    const value = await work.run({
      signal,
      onProgress: (bytes) => {
        onEvent?.({ type: 'progress', item, bytes });
      },
    });
    return value === undefined ? { state: 'skipped', name: item.path } : { state: 'done', value };
  } catch (error) {
    return { state: 'failed', error: coded(error).toRecord() };
  }
}

/**
 * Does all of `works`, {@link AT_ONCE} at a time, taken as places come free so that a million of them is never held.
 * A failed one does not stop the others. After a cancel no new one is begun, and those under way end as `cancelled`.
 */
export async function runBatch<Value>(
  works: Works<Value>,
  options: BatchOptions<Value>,
): Promise<BatchResult> {
  const { signal, onEvent } = options;
  const result = { done: 0, skipped: 0, failed: 0, bytes: 0 };
  let count = 0;
  const takeTurns = async (): Promise<void> => {
    while (signal?.aborted !== true) {
      const next = await works.next();
      if (next.done === true) return;
      const item = { index: count++, path: next.value.path, size: next.value.size };
      const outcome = await runOne(next.value, item, options);
      result[outcome.state] += 1;
      if (outcome.state === 'done') result.bytes += item.size;
      onEvent?.({ type: 'ended', item, outcome });
    }
  };
  // All settled, so that a bug in one turn does not leave the others writing behind our back.
  const turns = await Promise.allSettled(Array.from({ length: AT_ONCE }, takeTurns));
  await works.return();
  const bug = turns.find((turn) => turn.status === 'rejected');
  if (bug !== undefined) throw bug.reason;
  return { ...result, cancelled: signal?.aborted === true };
}
