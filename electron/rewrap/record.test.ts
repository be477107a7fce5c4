import { appendFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KmsEngine, makeKmsEngine, second } from '../envelope/rewrap.fixture.ts';
import { failure } from '../keys/keyring-fixture.ts';
import { RunRecord } from './record.ts';
import { forgetOldRecords, listRecords, summarise } from './records.ts';
import { choiceOf, headOf, runAgain, runNew, sealMany } from './rewrap-many.fixture.ts';

let engine: KmsEngine;
let records: string;

beforeEach(async () => {
  engine = await makeKmsEngine();
  records = path.join(engine.folder, 'changes');
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
});

describe('records', () => {
  it('survive a torn line, know who lives, and say nothing of keys but their names', async () => {
    const { folder } = await sealMany(engine, 2, [engine.local]);
    const ran = await runNew(engine, records, headOf([folder], choiceOf({ add: [second] })));
    const text = await readFile(ran.file, 'utf8');
    expect(text).not.toMatch(/wrapped|master/);
    expect((await stat(ran.file)).mode & 0o777).toBe(0o600);
    await appendFile(ran.file, '{"result":{"path":"/x","sta');
    expect(await summarise(ran.file)).toMatchObject({ changed: 2, failed: 0, live: false });
    {
      await using _held = await RunRecord.reopen(ran.file, ran.head);
      expect(await summarise(ran.file)).toMatchObject({ live: true });
      const other = await failure(runAgain(engine, ran));
      expect(other.code).toBe('usage');
    }
    expect((await runAgain(engine, ran)).result.already).toBe(2);
    expect(await summarise(ran.file)).toMatchObject({ changed: 2, complete: true });
  });

  it('of another program, or without a beginning, are none', async () => {
    await runNew(engine, records, headOf([], choiceOf({ add: [second] })));
    await writeFile(path.join(records, 'x.jsonl'), '{"ended":{"at":"","complete":true}}\n');
    await writeFile(path.join(records, 'y.jsonl'), 'hello');
    expect(await listRecords(records)).toHaveLength(1);
    await rm(records, { recursive: true });
    expect(await listRecords(records)).toEqual([]);
  });

  it('of which nothing is left to do are kept for a while, the others for as long as it takes', async () => {
    const done = async (paths: string[], day: number) => {
      const started = new Date(Date.UTC(2026, 0, day)).toISOString();
      await runNew(engine, records, headOf(paths, choiceOf({ add: [second] }), { started }));
    };
    await done([path.join(engine.folder, 'gone.envelope')], 1);
    for (let day = 2; day < 15; day += 1) await done([], day);
    await forgetOldRecords(records);
    const left = await listRecords(records);
    expect(left).toHaveLength(11);
    expect(left.at(-1)).toMatchObject({ failed: 1, head: { started: '2026-01-01T00:00:00.000Z' } });
  });
});
