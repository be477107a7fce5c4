import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { giveName } from './atomic.ts';
import { kill, startFixture } from './child.fixture.ts';
import type { JournalEntry } from './journal-entry.ts';
import { Journal } from './journal.ts';
import { OTHER, PLAIN, Wreck } from './recover.fixture.ts';
import { recover } from './recover.ts';

let wreck: Wreck;

beforeEach(async () => {
  wreck = await Wreck.create();
});
afterEach(async () => {
  await wreck.remove();
});

describe('what is not treated', () => {
  it('is everything that no journal names', async () => {
    await wreck.crash({ job: 'o', kind: 'open', partial: wreck.at(PLAIN) });
    const strays = [`.${OTHER}.plain.partial`, `.${OTHER}.enc.partial`, `.${OTHER}.envelope.partial`];
    for (const stray of strays) await writeFile(wreck.at(stray), 'not ours');
    expect(await recover(wreck.journals)).toEqual([]);
    expect(await wreck.names()).toEqual([...strays].sort());
  });

  it('waits for a disk that is not there', async () => {
    const away = path.join(wreck.root, 'stick');
    const partial = path.join(away, PLAIN);
    await wreck.crash(
      { job: 'o', kind: 'open', partial },
      { job: 'p', kind: 'open', partial: wreck.at(PLAIN) },
    );
    await writeFile(wreck.at(PLAIN), 'secret');
    expect(await recover(wreck.journals)).toMatchObject([
      { did: 'waits', paths: [away] },
      { did: 'removed', paths: [wreck.at(PLAIN)] },
    ]);
    await mkdir(away);
    await writeFile(partial, 'secret');
    expect(await recover(wreck.journals)).toMatchObject([{ did: 'removed', paths: [partial] }]);
    expect(await wreck.left()).toEqual([]);
  });

  it('is a journal of another version', async () => {
    await wreck.crash({ job: 'o', kind: 'open', partial: wreck.at(PLAIN) });
    const file = (await wreck.left()).find((name) => name.endsWith('.jsonl')) ?? '';
    await appendFile(path.join(wreck.journals, file), '{"job":"x","kind":"later"}\n{"job":"torn');
    await writeFile(wreck.at(PLAIN), 'secret');
    expect(await recover(wreck.journals)).toHaveLength(1);
    expect(await recover(wreck.journals)).toEqual([]);
    expect(await wreck.left()).toContain(file);
  });

  it('is a job that was treated, though the journal ended in half a line', async () => {
    const away = path.join(wreck.root, 'stick', PLAIN);
    await wreck.crash(
      { job: 'o', kind: 'open', partial: wreck.at(PLAIN) },
      { job: 'p', kind: 'open', partial: away },
    );
    const file = (await wreck.left()).find((name) => name.endsWith('.jsonl')) ?? '';
    await appendFile(path.join(wreck.journals, file), '{"job":"torn');
    await writeFile(wreck.at(PLAIN), 'secret');
    await recover(wreck.journals);
    await writeFile(wreck.at(PLAIN), 'somebody else, later');
    expect(await recover(wreck.journals)).toMatchObject([{ did: 'waits' }]);
    expect(await wreck.names()).toEqual([PLAIN]);
  });

  it('is the journal of a process that lives, until it is killed', async () => {
    const entry = { job: 'o', kind: 'open', partial: wreck.at(PLAIN) };
    const living = await startFixture('crash.fixture.ts', wreck.journals, JSON.stringify(entry));
    await writeFile(wreck.at(PLAIN), 'secret');
    expect(await recover(wreck.journals)).toEqual([]);
    expect(await wreck.names()).toEqual([PLAIN]);
    await kill(living);
    expect(await recover(wreck.journals)).toMatchObject([{ did: 'removed' }]);
    expect(await wreck.names()).toEqual([]);
    expect(await wreck.left()).toEqual([]);
  });

  it('is this process’s own journal, and what another start treats at the same time', async () => {
    await wreck.crash({ job: 'o', kind: 'open', partial: wreck.at(PLAIN) });
    await using own = Journal.open(wreck.journals);
    await own.note({ job: 'p', kind: 'open', partial: wreck.at('own.partial') });
    await writeFile(wreck.at(PLAIN), 'secret');
    await writeFile(wreck.at('own.partial'), 'being written');
    const both = await Promise.all([recover(wreck.journals), recover(wreck.journals)]);
    expect(both.flat()).toHaveLength(1);
    expect(await wreck.names()).toEqual(['own.partial']);
    await own.done('p');
  });
});

it('many processes that start at once: none treats what another one holds', async () => {
  const starts = Array.from(
    { length: 4 },
    async () => await startFixture('start.fixture.ts', wreck.journals, wreck.folder, '25'),
  );
  for (const { line } of await Promise.all(starts)) expect(line).toBe('unharmed');
  await recover(wreck.journals);
  expect(await wreck.names()).toEqual([]);
  expect(await wreck.left()).toEqual([]);
});

it('treats each of a hundred open jobs once', async () => {
  const jobs = Array.from({ length: 100 }, () => `.${randomUUID()}.plain.partial`);
  await wreck.crash(
    ...jobs.map((name): JournalEntry => ({ job: name, kind: 'open', partial: wreck.at(name) })),
  );
  await Promise.all(jobs.map(async (name) => await writeFile(wreck.at(name), 'secret')));
  await giveName(wreck.at(jobs[0] ?? ''), wreck.at('final'));
  const reported: string[] = [];
  await recover(wreck.journals, ({ entry }) => reported.push(entry?.job ?? ''));
  expect(reported).toHaveLength(99);
  expect(await wreck.names()).toEqual(['final']);
});
