import { EnvelopeError } from '../../shared/errors.ts';
import { fromSystem } from '../files/io-error.ts';
import type { RunOptions } from '../stream/job.ts';
import { type Input, placed, readInput } from './inputs.ts';
import type { BatchOptions, BatchResult, Given, Item, Outcome, Placed } from './job.ts';
import { Works, type Work, type WorkSource } from './works.ts';

/**
 * Files under way at once. Segments are worked on by the pool's few threads whatever this is; more files under way hide
 * the waiting for a KMS and for fsync.
 */
const AT_ONCE = 32;

const cancelled = new EnvelopeError('cancelled', 'cancelled before it was begun, or begun again');

/** An EnvelopeError as it is, a failed system call by its code. Anything else is a bug, not an outcome. */
function coded(error: unknown): EnvelopeError {
  const known = fromSystem(error, 'source');
  if (known instanceof EnvelopeError) return known;
  throw error;
}

/** A work that fails: what could not be done is told like everything else. */
export function failure({ path, to }: Placed, error: EnvelopeError): Work<never> {
  return { path, size: 0, to, run: async () => await Promise.reject(error) };
}

/** A folder in which there is nothing to do; that is an answer too, and not that all was done. */
export function nothingIn(path: string): Work<never> {
  const error = new EnvelopeError('nothing-to-do', 'there is nothing to do in the folder', { path });
  return failure({ path, to: undefined }, error);
}

/** What every path the user gave comes to; one that cannot be looked at is a work that fails. */
export async function* worksOfAll<Value>(
  given: readonly Given[],
  worksOf: (input: Input) => WorkSource<Value>,
): WorkSource<Value> {
  for (const one of given) {
    try {
      yield* worksOf(await readInput(one));
    } catch (error) {
      yield failure(placed(one), coded(error));
    }
  }
}

async function runOne<Value>(
  work: Work<Value>,
  item: Item,
  { signal: whole, signalOf, onEvent, again }: BatchOptions<Value>,
): Promise<Outcome<Value>> {
  const signal = signalOf?.(item) ?? whole;
  const isCancelled = (): boolean => signal?.aborted === true;
  if (isCancelled()) return { state: 'failed', error: cancelled.toRecord() };
  onEvent?.({ type: 'started', item });
  const options: RunOptions = {
    signal,
    onProgress: (bytes) => {
      onEvent?.({ type: 'progress', item, bytes });
    },
  };
  for (let tries = 1; ; tries += 1) {
    try {
      const value = await work.run(options);
      return value === undefined ? { state: 'skipped', name: item.path } : { state: 'done', value };
    } catch (error) {
      const known = coded(error);
      if ((await again?.(known, item, tries)) === true) continue;
      // Cancelled while it waited to be tried again: what it waited for is not why it ended.
      const reason = again !== undefined && isCancelled() ? cancelled : known;
      return { state: 'failed', error: reason.toRecord() };
    }
  }
}

/**
 * Does all of `works`, {@link AT_ONCE} at a time, taken as places come free so that a million of them is never held.
 * A failed one does not stop the others. After a cancel no new one is begun, and those under way end as `cancelled`.
 */
export async function runBatch<Value extends { size: number }>(
  source: WorkSource<Value>,
  options: BatchOptions<Value>,
): Promise<BatchResult> {
  const { signal, onEvent, ahead, atOnce = AT_ONCE } = options;
  const result = { done: 0, skipped: 0, failed: 0, bytes: 0 };
  const works = new Works(source, ahead);
  const takeTurns = async (): Promise<void> => {
    while (signal?.aborted !== true) {
      const next = await works.take();
      if (next === undefined) return;
      const { work, item } = next;
      const outcome = await runOne(work, item, options);
      result[outcome.state] += 1;
      if (outcome.state === 'done') result.bytes += outcome.value.size;
      onEvent?.({ type: 'ended', item, outcome });
    }
  };
  // All settled, so that a bug in one turn does not leave the others writing behind our back.
  const turns = await Promise.allSettled([
    works.listAhead(signal),
    ...Array.from({ length: Math.min(atOnce, AT_ONCE) }, takeTurns),
  ]);
  await source.return();
  const bug = turns.find((turn) => turn.status === 'rejected');
  if (bug !== undefined) throw bug.reason;
  return { ...result, cancelled: signal?.aborted === true };
}
