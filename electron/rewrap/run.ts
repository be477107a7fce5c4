/** @file Going through a selection: as many at once as is good, one bad file stopping no other, all of it recorded. */
import { type EnvelopeError, type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import type { AccessResult } from '../../shared/rewrap.ts';
import type { Engine } from '../envelope/engine.ts';
import { FolderIndex } from '../envelope/folder-index.ts';
import { ENVELOPE_SUFFIX } from '../files/stem.ts';
import { failure, runBatch } from '../jobs/batch.ts';
import type { BatchEvent, Item } from '../jobs/job.ts';
import { total } from '../jobs/total.ts';
import type { WorkSource } from '../jobs/works.ts';
import type { ApproveAccount } from '../keys/accounts.ts';
import { mendableAt } from '../locate/mendable.ts';
import type { WhoKnows } from '../locate/wrong-pair.ts';
import type { RunOptions as StreamOptions } from '../stream/job.ts';
import { envelopesIn } from './envelopes.ts';
import type { Gate } from './gate.ts';
import { Openers } from './openers.ts';
import type { RunRecord } from './record.ts';
import { type Changed, rewrapOne } from './rewrap-one.ts';

export type RunEvent =
  /** How many envelopes there are, and bytes of bodies, before the first is begun. */
  | { type: 'total'; envelopes: number; bytes: number }
  /** Bytes done in all; only where bodies are written. */
  | { type: 'progress'; bytes: number }
  | { type: 'result'; result: AccessResult };

export type RunOptions = {
  signal?: AbortSignal | undefined;
  /** Closed, no further envelope is begun. */
  gate?: Gate | undefined;
  approveAccount?: ApproveAccount | undefined;
  onEvent?: ((event: RunEvent) => void) | undefined;
  /** Asked about each failure; with true the envelope is tried once more. */
  again?: ((error: EnvelopeError, path: string, tries: number) => Promise<boolean>) | undefined;
  /** Paths that an earlier run of the same record has done. */
  done?: ReadonlySet<string> | undefined;
};

/** How a run ended. `undone`: not begun, or cancelled. */
export type RunResult = { changed: number; already: number; failed: number; cancelled: boolean };

/** What is done with one envelope. `size`: bytes of its body, where those are worked on. */
export type Act = {
  run: (path: string, options: StreamOptions) => Promise<Changed>;
  sizeOf?: (path: string) => Promise<number>;
  /** How many at once, if not as many as usual. */
  atOnce?: number;
};

/**
 * Rewraps what `record` says. Envelopes that are as they should be are left alone, so it may be run again and again until
 * nothing is left.
 * @throws EnvelopeError those of the record's disk; everything else fails its envelope only
 */
export async function runRewrap(
  engine: Pick<Engine, 'keyring' | 'journal' | 'copies'>,
  record: RunRecord,
  options: RunOptions = {},
): Promise<RunResult> {
  const openers = new Openers(engine.keyring);
  const { choice, leaveUntried } = record.head;
  const { approveAccount } = options;
  return await runAll(engine, record, options, {
    run: async (path, { signal }) =>
      await rewrapOne(engine, path, choice, { openers, signal, leaveUntried, approveAccount }),
  });
}

/** Does `act` with every envelope of the record's selection. Errors as {@link runRewrap}. */
export async function runAll(
  { copies }: Pick<Engine, 'copies'>,
  record: RunRecord,
  options: RunOptions,
  act: Act,
): Promise<RunResult> {
  const { paths } = record.head;
  const { signal, onEvent, again } = options;
  const ahead = await total(paths, { signal, suffix: ENVELOPE_SUFFIX });
  onEvent?.({ type: 'total', envelopes: ahead.files, bytes: act.sizeOf === undefined ? 0 : ahead.bytes });
  const counts = { changed: 0, already: 0, failed: 0 };
  const writes = new Set<Promise<void>>();
  const tell = (result: AccessResult): void => {
    counts[result.state] += 1;
    onEvent?.({ type: 'result', result });
    // What an earlier run has changed is not told to have been so already.
    if (result.state === 'already' && options.done?.has(result.path) === true) return;
    const write = record.result(result).finally(() => writes.delete(write));
    write.catch(() => undefined);
    writes.add(write);
  };
  const who: WhoKnows = { index: new FolderIndex(), copies };
  const progress = new Bytes((bytes) => onEvent?.({ type: 'progress', bytes }));
  const { cancelled } = await runBatch<Changed>(worksOf(paths, options, mending(act, who)), {
    signal,
    ...(again === undefined
      ? {}
      : {
          again: async (error: EnvelopeError, { path }: Item, tries: number) =>
            await again(error, path, tries),
        }),
    atOnce: act.atOnce,
    onEvent: (event) => {
      if (event.type === 'progress' || event.type === 'ended') progress.take(event);
      const result = resultOf(event);
      if (result !== undefined) tell(result);
    },
  });
  await Promise.all(writes);
  await record.ended(!cancelled);
  return { ...counts, cancelled };
}

/** The same, which tells with what fails what may mend it. */
const mending = (act: Act, who: WhoKnows): Act => ({
  ...act,
  run: async (path, own) => {
    try {
      return await act.run(path, own);
    } catch (error) {
      throw await mendableAt(error, path, who);
    }
  },
});

/** Bytes done of all that is under way, and of what is over. */
class Bytes {
  readonly #tell: (bytes: number) => void;
  readonly #underWay = new Map<number, number>();
  #over = 0;

  constructor(tell: (bytes: number) => void) {
    this.#tell = tell;
  }

  take(event: Extract<BatchEvent<Changed>, { type: 'progress' | 'ended' }>): void {
    const { index, size } = event.item;
    if (size === 0) return;
    if (event.type === 'progress') this.#underWay.set(index, event.bytes);
    else {
      this.#underWay.delete(index);
      this.#over += size;
    }
    let sum = this.#over;
    for (const bytes of this.#underWay.values()) sum += bytes;
    this.#tell(sum);
  }
}

/** Undefined if it is not over, or was cancelled: then it is not done, and no failure. */
function resultOf(event: BatchEvent<Changed>): AccessResult | undefined {
  if (event.type !== 'ended' || event.outcome.state === 'skipped') return undefined;
  if (event.outcome.state === 'done') {
    const { size: _, ...result } = event.outcome.value;
    return result;
  }
  const { error } = event.outcome;
  return error.code === 'cancelled' ? undefined : failed(event.item.path, error);
}

const failed = (path: string, error: ErrorRecord): AccessResult => ({ path, state: 'failed', error });

async function* worksOf(
  paths: readonly string[],
  { signal, gate }: RunOptions,
  act: Act,
): WorkSource<Changed> {
  try {
    for await (const { path, error } of envelopesIn(paths, signal)) {
      await gate?.pass(signal);
      if (signal?.aborted === true) return;
      const run = async (own: StreamOptions) => await act.run(path, own);
      if (error === undefined) yield { path, size: (await act.sizeOf?.(path)) ?? 0, to: undefined, run };
      else yield failure({ path, to: undefined }, error);
    }
  } catch (error) {
    if (!isEnvelopeError(error, 'cancelled')) throw error;
  }
}
