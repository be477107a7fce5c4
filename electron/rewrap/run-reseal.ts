/** @file Sealing a selection again. What was done before a crash is told by the ids that were noted: never done twice. */
import type { Engine } from '../envelope/engine.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import { reseal } from '../envelope/reseal.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, swapSuffix } from '../files/stem.ts';
import { sizeOf } from '../jobs/total.ts';
import type { RunOptions as StreamOptions } from '../stream/job.ts';
import { readRecord, type RunRecord } from './record.ts';
import { type Changed, inPlace } from './rewrap-one.ts';
import { runAll, type RunOptions, type RunResult } from './run.ts';

/** Each has a second body on disk while it is under way. */
const AT_ONCE = 4;

const bodyOf = (path: string): string => swapSuffix(path, ENVELOPE_SUFFIX, BODY_SUFFIX);

/** Seals again what `record` says. Errors as `runRewrap`. */
export async function runReseal(
  engine: Engine,
  record: RunRecord,
  options: RunOptions = {},
): Promise<RunResult> {
  const begun = await idsBegun(record.file);
  const { approveAccount } = options;
  const run = async (path: string, own: StreamOptions): Promise<Changed> => {
    const { envelope } = await readEnvelopeFile(path);
    // The record's line of what came of it was lost; that the pair is of that id says that it was done.
    if (begun.get(path)?.has(envelope.header.id) === true) {
      // Where the line is there, it is not told a second time.
      const state = options.done?.has(path) === true ? 'already' : 'changed';
      return { path, size: 0, state, verified: true };
    }
    try {
      const { name, added, removed, requestIds, notes } = await reseal(
        engine,
        path,
        {
          keys: record.head.choice.add,
          approveAccount,
          onReplace: async (ids) => {
            await record.begun({ path, ...ids });
          },
        },
        own,
      );
      return {
        path,
        size: 0,
        state: 'changed',
        name,
        verified: true,
        added,
        removed,
        requestIds,
        notes,
      };
    } catch (error) {
      throw inPlace(error);
    }
  };
  return await runAll(engine, record, options, {
    run,
    atOnce: AT_ONCE,
    sizeOf: async (path) => (options.done?.has(path) === true ? 0 : await sizeOf(bodyOf(path))),
  });
}

/** By path: the ids of pairs that were about to take the place of the old one. */
async function idsBegun(file: string): Promise<Map<string, Set<string>>> {
  const begun = new Map<string, Set<string>>();
  for await (const line of readRecord(file)) {
    if (!('begun' in line)) continue;
    const { path, to } = line.begun;
    begun.set(path, (begun.get(path) ?? new Set()).add(to));
  }
  return begun;
}
