import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from './journal-entry.ts';
import { Journal } from './journal.ts';
import { BODY, ENVELOPE, OTHER, PLAIN, Wreck } from './recover.fixture.ts';
import { recover } from './recover.ts';

let wreck: Wreck;

beforeEach(async () => {
  wreck = await Wreck.create();
});
afterEach(async () => {
  await wreck.remove();
});

describe('a journal that this program cannot have written', () => {
  it.each<[string, () => JournalEntry]>([
    ['any file', () => ({ job: 'o', kind: 'open', partial: wreck.at('kept') })],
    ['a temporary of another kind', () => ({ job: 'o', kind: 'open', partial: wreck.at(BODY) })],
    [
      'a path that is not plain',
      () => ({ job: 'o', kind: 'open', partial: `${wreck.folder}/../target/${PLAIN}` }),
    ],
    ['a temporary of another pair', () => wreck.seal({ job: OTHER })],
    ['temporaries in another folder', () => wreck.seal({ folder: wreck.root })],
    ['a stem of two components', () => wreck.seal({ stem: '../target/kept' })],
    [
      'an envelope elsewhere',
      () => ({ job: 'r', kind: 'rewrap', partial: wreck.at(ENVELOPE), envelope: '/kept' }),
    ],
  ])('naming %s: nothing is touched, and it is told once', async (_, entry) => {
    const names = ['kept', 'kept.enc', 'kept.envelope', BODY, ENVELOPE, PLAIN].sort();
    for (const name of names) await writeFile(wreck.at(name), name);
    await wreck.crash(entry());
    expect(await recover(wreck.journals)).toMatchObject([
      { did: 'failed', error: { code: 'journal-untrusted' } },
    ]);
    expect(await wreck.names()).toEqual(names);
    expect(await recover(wreck.journals)).toEqual([]);
  });

  it('by where it is, a folder others may write to, is ignored and told', async () => {
    await wreck.crash({ job: 'o', kind: 'open', partial: wreck.at(PLAIN) });
    await writeFile(wreck.at(PLAIN), 'secret');
    await chmod(wreck.journals, 0o770);
    expect(await recover(wreck.journals)).toMatchObject([
      { did: 'failed', error: { code: 'journal-untrusted', details: { path: wreck.journals } } },
    ]);
    expect(await wreck.names()).toEqual([PLAIN]);
    await chmod(wreck.journals, 0o700);
    expect(await recover(wreck.journals)).toMatchObject([{ did: 'removed' }]);
  });
});

it('a temporary that a living run names too is its own', async () => {
  await wreck.crash({ job: 'o', kind: 'open', partial: wreck.at(PLAIN) });
  await using living = Journal.open(wreck.journals);
  await living.note({ job: 'p', kind: 'open', partial: wreck.at(PLAIN) });
  await writeFile(wreck.at(PLAIN), 'being written');
  expect(await recover(wreck.journals)).toEqual([]);
  expect(await wreck.names()).toEqual([PLAIN]);
  await living.done('p');
});

describe('a folder that is gone, not its disk', () => {
  it.each(['removed', 'a file now'])('%s: nothing is left of the job', async (how) => {
    const folder = path.join(wreck.root, 'deep', 'er');
    await mkdir(folder, { recursive: true });
    await wreck.crash({ job: 'o', kind: 'open', partial: path.join(folder, PLAIN) });
    await rm(path.join(wreck.root, 'deep'), { recursive: true });
    if (how === 'a file now') await writeFile(path.join(wreck.root, 'deep'), '');
    expect(await recover(wreck.journals)).toEqual([]);
    expect(await wreck.left()).toEqual([]);
  });
});
