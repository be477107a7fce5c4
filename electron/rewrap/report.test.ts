import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { first, type KmsEngine, makeKmsEngine, second } from '../envelope/rewrap.fixture.ts';
import { failure } from '../keys/keyring-fixture.ts';
import { RunRecord } from './record.ts';
import { prove } from './proof.ts';
import { choiceOf, headOf, runAgain, runNew, sealMany } from './rewrap-many.fixture.ts';
import { reportWordsEn } from './words-en.ts';
import { writeReport } from './write-report.ts';

let engine: KmsEngine;

beforeEach(async () => {
  engine = await makeKmsEngine();
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
});

const words = reportWordsEn({
  explain: ({ code }) => [`sentence of ${code}`],
  note: ({ code }) => code,
  printable: (text) => text.replaceAll('\u001b', '?'),
});
const nameOf = (key: string): string => (key === second.key ? 'Second' : key);

/** A run in which one envelope fails, and then, unless it `stays`, does not. */
async function ranWithFailure(stays: boolean) {
  const { folder, envelopes } = await sealMany(engine, 3, [first, engine.local]);
  const [bad = ''] = envelopes;
  const good = await readFile(bad);
  await writeFile(bad, 'not an envelope');
  const choice = choiceOf({ replace: [{ from: first.key, to: second }] });
  const ran = await runNew(engine, path.join(engine.folder, 'changes'), headOf([folder], choice));
  if (!stays) {
    await writeFile(bad, good);
    await runAgain(engine, ran);
  }
  await using record = await RunRecord.reopen(ran.file, ran.head);
  await record.proof(await prove(engine.keyring, [folder], [first.key]));
  await record.ended(true);
  return { ...ran, folder, bad };
}

describe('a report', () => {
  it('as JSON has everything a program asks for', async () => {
    const { file, head, bad } = await ranWithFailure(true);
    const target = path.join(engine.folder, 'report.json');
    await writeReport(file, target, words, nameOf);
    const report = JSON.parse(await readFile(target, 'utf8'));
    expect(report).toMatchObject({
      report: 'envelope/access-report/1',
      id: head.id,
      work: 'rewrap',
      choice: { replace: [{ from: first.key, to: second }] },
      complete: true,
      counts: { changed: 2, already: 0, failed: 1 },
      proof: { envelopes: 2, named: { count: 0 }, unread: { count: 1, first: [bad] } },
      files: [
        { path: bad, state: 'failed', error: { code: 'envelope-invalid' } },
        { state: 'changed', added: [second.key], removed: [first.key], verified: true },
        { state: 'changed' },
      ],
    });
  });

  it('as text tells failures first, what was proved, and what this does not do', async () => {
    const { file, bad, folder } = await ranWithFailure(true);
    const target = path.join(engine.folder, 'report.txt');
    await writeReport(file, target, words, nameOf);
    const text = await readFile(target, 'utf8');
    const order = [
      'Who can open: report of a change',
      `replaced ${first.key} by Second`,
      folder,
      '2 changed, 0 as they should be already, 1 failed.',
      'None of them names a removed key any more.',
      'Whoever kept an old copy of an envelope',
      'Failed (1)',
      `\n  ${bad}\n    sentence of envelope-invalid`,
      'Changed (2)',
      'holds “001.txt”',
      'added: Second',
    ].map((part) => text.indexOf(part));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBe(0);
    expect(text).not.toContain('not verified');
    expect(text).not.toContain('As they should be already (');
  });

  it('forgets a failure that was mended since, and tells each envelope once', async () => {
    const { file, bad } = await ranWithFailure(false);
    const target = path.join(engine.folder, 'report.json');
    await writeReport(file, target, words, nameOf);
    const { counts, files } = JSON.parse(await readFile(target, 'utf8'));
    expect(counts).toEqual({ changed: 3, already: 0, failed: 0 });
    expect(files).toHaveLength(3);
    expect(files.filter((one: { path: string }) => one.path === bad)).toMatchObject([{ state: 'changed' }]);
  });

  it('replaces nothing unasked, and leaves nothing half-written', async () => {
    const { file } = await ranWithFailure(true);
    const target = path.join(engine.folder, 'report.txt');
    await writeFile(target, 'mine');
    expect((await failure(writeReport(file, target, words, nameOf))).code).toBe('name-taken');
    expect(await readFile(target, 'utf8')).toBe('mine');
    await writeReport(file, target, words, nameOf, { replace: true });
    expect(await readFile(target, 'utf8')).toContain('Failed (1)');
    const gone = writeReport(path.join(engine.folder, 'no.jsonl'), target, words, nameOf, { replace: true });
    await failure(gone);
    expect(await readFile(target, 'utf8')).toContain('Failed (1)');
    expect((await readdir(engine.folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('names what the KMS alone has changed as not verified', async () => {
    const { folder } = await sealMany(engine, 1, [first]);
    engine.kms.inside = true;
    const choice = choiceOf({ replace: [{ from: first.key, to: second }] });
    const ran = await runNew(engine, path.join(engine.folder, 'changes'), headOf([folder], choice));
    const target = path.join(engine.folder, 'report.txt');
    await writeReport(ran.file, target, words, nameOf);
    const text = await readFile(target, 'utf8');
    expect(text).toContain('holds “000.txt” (not verified)');
    expect(text).toContain(`KMS request rewrap-${second.key}`);
  });
});
