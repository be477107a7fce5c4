import { mkdtemp, open as openFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type JournalEntry, readEntries } from './journal-entry.ts';
import { Journal } from './journal.ts';
import { takeAbandoned } from './journal-folder.ts';

let root: string;
let folder: string;
const entry = (job: string): JournalEntry => ({ job, kind: 'open', partial: `/tmp/.${job}.plain.partial` });
const long = (job: string): JournalEntry => ({ job, kind: 'open', partial: `/${'x'.repeat(400_000)}` });
const names = async () => await readdir(folder).catch(() => []);
const text = async () => {
  const journal = (await names()).find((name) => name.endsWith('.jsonl'));
  return journal === undefined ? '' : await readFile(path.join(folder, journal), 'utf8');
};
const openJobs = async () => readEntries(await text()).open.map(({ job }) => job);

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'journal-'));
  folder = path.join(root, 'journals');
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

describe('Journal', () => {
  it('costs nothing until it is used', async () => {
    await using journal = Journal.open(folder);
    await journal.done('unknown');
    expect(await readdir(root)).toEqual([]);
  });

  it('refuses a path that is not absolute: a bug', async () => {
    await using journal = Journal.open(folder);
    await expect(journal.note({ job: 'a', kind: 'open', partial: 'relative' })).rejects.toThrow(/absolute/);
  });

  it('fails where it cannot write, so that no temporary is made', async () => {
    await writeFile(folder, 'a file in its place');
    await using journal = Journal.open(folder);
    await expect(journal.note(entry('a'))).rejects.toMatchObject({ name: 'EnvelopeError' });
    await rm(folder);
    await journal.note(entry('a'));
    expect(await openJobs()).toEqual(['a']);
    await journal.done('a');
  });

  it('has the entry on disk when note settles, readable by its owner only', async () => {
    await using journal = Journal.open(folder);
    const seal: JournalEntry = { job: 's', kind: 'seal', folder: '/f', body: '/f/b', envelope: '/f/e' };
    await journal.note(seal);
    await journal.note({ ...seal, stem: 'report.pdf' });
    expect(readEntries(await text()).open).toEqual([{ ...seal, stem: 'report.pdf' }]);
    const file = (await names()).find((name) => name.endsWith('.jsonl')) ?? '';
    expect((await stat(path.join(folder, file))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('writes a note that says nothing new once', async () => {
    await using journal = Journal.open(folder);
    await journal.note(entry('a'));
    const before = await text();
    await journal.note(entry('a'));
    expect(await text()).toBe(before);
  });

  it('removes its files when everything is done', async () => {
    const journal = Journal.open(folder);
    await journal.note(entry('a'));
    await journal.done('a');
    await journal.close();
    expect(await names()).toEqual(['door.lock']);
    await expect(journal.note(entry('b'))).rejects.toThrow(/closed/);
  });

  it('leaves an open job to the next start, and nothing to others while it lives', async () => {
    const journal = Journal.open(folder);
    await journal.note(entry('a'));
    await journal.note(entry('b'));
    await journal.done('a');
    expect(takeAbandoned(folder)).toEqual([]);
    await journal.close();
    expect(await openJobs()).toEqual(['b']);
    const taken = takeAbandoned(folder);
    expect(taken).toHaveLength(1);
    // Two processes that start at once: the second finds it locked.
    expect(takeAbandoned(folder)).toEqual([]);
    for (const { lock } of taken) lock.release();
  });

  it('knows a sealed job until it is on the disk that its temporaries are gone', async () => {
    const sealed = (job: string, at: string): JournalEntry => {
      const [body, envelope] = [
        path.join(at, `.${job}.enc.partial`),
        path.join(at, `.${job}.envelope.partial`),
      ];
      return { job, kind: 'seal', folder: at, body, envelope };
    };
    const journal = Journal.open(folder);
    await journal.note(sealed('a', root));
    await journal.note(sealed('b', path.join(root, 'pulled')));
    await journal.done('a');
    await journal.done('b');
    // Killed now, the next start would look.
    expect(await openJobs()).toEqual(['a', 'b']);
    await journal.close();
    // Where nothing can be brought to the disk it still looks.
    expect(await openJobs()).toEqual(['b']);
  });

  it('says so of many at a time, in a run without an end', async () => {
    await using journal = Journal.open(folder);
    const jobs = Array.from({ length: 300 }, (_, index) => `job-${index}`);
    for (const job of jobs) {
      const [body, envelope] = [
        path.join(root, `.${job}.enc.partial`),
        path.join(root, `.${job}.envelope.partial`),
      ];
      await journal.note({ job, kind: 'seal', folder: root, body, envelope });
      await journal.done(job);
    }
    expect(await openJobs()).toEqual(jobs.slice(256));
  });

  it('has many notes on disk with few fsyncs, and no note without one', async () => {
    await using probe = await openFile(root, 'r');
    const datasync = vi.spyOn(Object.getPrototypeOf(probe), 'datasync');
    const jobs = Array.from({ length: 2000 }, (_, index) => `job-${index}`);
    await using journal = Journal.open(folder);
    await journal.note(entry('first'));
    expect(datasync).toHaveBeenCalledTimes(1);
    await Promise.all(jobs.map(async (job) => await journal.note(entry(job))));
    expect(datasync).toHaveBeenCalledTimes(2);
    expect((await openJobs()).sort()).toEqual(['first', ...jobs].sort());
    await Promise.all(jobs.map(async (job) => await journal.done(job)));
    expect(datasync).toHaveBeenCalledTimes(2);
    expect(await openJobs()).toEqual(['first']);
    await journal.done('first');
    datasync.mockRestore();
  });

  it('starts over beyond 1 MiB, but only when no job is open', async () => {
    await using journal = Journal.open(folder);
    for (const job of ['a', 'b', 'c', 'd']) await journal.note(long(job));
    for (const job of ['a', 'b', 'c']) await journal.done(job);
    expect(await openJobs()).toEqual(['d']);
    expect((await text()).length).toBeGreaterThan(1_600_000);
    await journal.done('d');
    expect((await text()).length).toBeLessThan(100);
    await journal.note(entry('e'));
    expect(await openJobs()).toEqual(['e']);
    await journal.done('e');
  });

  it('two live in one folder', async () => {
    await using one = Journal.open(folder);
    await using other = Journal.open(folder);
    await Promise.all([one.note(entry('a')), other.note(entry('b'))]);
    expect((await names()).filter((name) => name.endsWith('.jsonl'))).toHaveLength(2);
    await one.done('a');
    await other.done('b');
  });
});

describe('readEntries', () => {
  it('skips what is torn, at the end and anywhere', () => {
    const lines = [JSON.stringify(entry('a')), '{"job":"b","ki', JSON.stringify(entry('c')), '{"done":"'];
    expect(readEntries(lines.join('\n'))).toEqual({ open: [entry('a'), entry('c')], foreign: false });
  });

  it('leaves what another version wrote alone', () => {
    const relative = JSON.stringify({ job: 'a', kind: 'open', partial: 'relative' });
    for (const line of ['{"job":"a","kind":"later"}', relative, '[]', '1', 'null']) {
      expect(readEntries(line)).toEqual({ open: [], foreign: true });
    }
  });

  it('survives a cut at every byte: an entry whose line is whole is never lost', () => {
    const job = fc.constantFrom('a', 'b', 'c');
    const line = fc.oneof(
      job.map((job) => JSON.stringify(entry(job))),
      job.map((done) => JSON.stringify({ done })),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.nat(), (lines, cut) => {
        const whole = lines.map((one) => `${one}\n`).join('');
        const kept = whole.slice(0, cut % (whole.length + 1));
        const complete = kept.slice(0, kept.lastIndexOf('\n') + 1);
        const rest = kept.slice(complete.length);
        const expected = lines.includes(rest) ? `${complete}${rest}\n` : complete;
        expect(readEntries(kept)).toEqual(readEntries(expected));
      }),
    );
  });
});

describe('takeAbandoned', () => {
  it('is nothing where there is no folder', async () => {
    expect(takeAbandoned(folder)).toEqual([]);
    expect(await readdir(root)).toEqual([]);
  });

  it('removes locks without a journal, and takes a journal without a lock', async () => {
    const journal = Journal.open(folder);
    await journal.note(entry('a'));
    await journal.close();
    const lock = (await names()).find((name) => name.endsWith('.lock') && name !== 'door.lock') ?? '';
    await rm(path.join(folder, lock));
    await writeFile(path.join(folder, 'stray.lock'), '');
    const taken = takeAbandoned(folder);
    expect(taken).toHaveLength(1);
    for (const { lock } of taken) lock.release();
    expect(await names()).not.toContain('stray.lock');
  });
});
