/** @file For tests of rewrapping many: pairs in a folder, and runs with a record of their own. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AccessResult } from '../../shared/rewrap.ts';
import { freshFolder, sealRequest, type TestEngine } from '../envelope/engine.fixture.ts';
import { seal } from '../envelope/seal.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { Choice } from './choice.ts';
import { donePaths } from './records.ts';
import { RunRecord } from './record.ts';
import type { RecordHead } from './record-line.ts';
import type { RunOptions, RunResult } from './run.ts';
import { runWork } from './work.ts';

export const choiceOf = (more: Partial<Choice>): Choice => ({ add: [], remove: [], replace: [], ...more });

/** `count` pairs of small files in a new folder, each sealed with `keys`; their envelopes, in order. */
export async function sealMany(
  engine: TestEngine,
  count: number,
  keys: readonly KeyRef[] = [engine.local],
): Promise<{ folder: string; envelopes: string[] }> {
  const folder = await freshFolder(engine);
  const envelopes: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const file = path.join(folder, `${String(index).padStart(3, '0')}.txt`);
    await writeFile(file, `file ${index}`);
    const sealed = await seal(engine, sealRequest(engine, file, { keys, binOriginal: true }));
    if (sealed === undefined) throw new Error('nothing was sealed');
    envelopes.push(sealed.envelope);
  }
  return { folder, envelopes };
}

export function headOf(paths: string[], choice: Choice, more: Partial<RecordHead> = {}): RecordHead {
  const started = new Date().toISOString();
  return {
    version: 1,
    id: randomUUID(),
    work: 'rewrap',
    started,
    paths,
    choice,
    leaveUntried: false,
    ...more,
  };
}

export type Ran = { result: RunResult; results: AccessResult[]; file: string; head: RecordHead };

/** One run with a new record in `folder`. */
export async function runNew(
  engine: TestEngine,
  folder: string,
  head: RecordHead,
  options: RunOptions = {},
): Promise<Ran> {
  await using record = await RunRecord.create(folder, head);
  return await runWith(engine, record, options);
}

/** The rest of a run, as after a restart. */
export async function runAgain(
  engine: TestEngine,
  { file, head }: Pick<Ran, 'file' | 'head'>,
  options: RunOptions = {},
): Promise<Ran> {
  const done = await donePaths(file);
  await using record = await RunRecord.reopen(file, head);
  return await runWith(engine, record, { ...options, done });
}

async function runWith(engine: TestEngine, record: RunRecord, options: RunOptions): Promise<Ran> {
  const results: AccessResult[] = [];
  const result = await runWork(engine, record, {
    ...options,
    onEvent: (event) => {
      options.onEvent?.(event);
      if (event.type === 'result') results.push(event.result);
    },
  });
  return { result, results, file: record.file, head: record.head };
}
