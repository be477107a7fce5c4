import { describe, expect, it } from 'vitest';
import { sampleBatch, sampleRow } from '../../double/sample-rows.ts';
import { createFormat } from '../../text/format.ts';
import { texts } from '../../text/text.ts';
import { announcementOf, batchFacts, batchTitle, placeFact, rowFacts } from './row-facts.ts';

const noted = ({ code }: { code: string }): string => code;
const en = { text: texts.en, format: createFormat('en'), noted };
const zh = { text: texts['zh-CN'], format: createFormat('zh-CN'), noted };
const row = (more: object) => sampleRow('b', 'b1', 'a.txt', { size: 58_000_000_000, ...more });

describe('rowFacts', () => {
  it('says what is being done, how far, how fast and how long', () => {
    const running = row({ state: 'running', done: 21_400_000_000, speed: 210_000_000 });
    expect(rowFacts(running, en)).toEqual([
      'Sealing',
      '21.4 GB of 58.0 GB',
      '210 MB/s',
      'about 3 minutes left',
    ]);
    expect(rowFacts(running, zh)).toContain('大约还需3分钟');
  });

  it('says no speed and no time while there is none', () => {
    expect(rowFacts(row({ state: 'running' }), en)).toEqual(['Sealing', '0 bytes of 58.0 GB']);
  });

  it('says that it finishes when all bytes are through', () => {
    expect(rowFacts(row({ state: 'running', done: 58_000_000_000, speed: 1 }), en)).toEqual(['Finishing…']);
    // An empty file is not finishing before it began.
    expect(rowFacts(row({ state: 'running', size: 0 }), en)[0]).toBe('Sealing');
  });

  it('says what became of the original, a note, or how many there are, and alone also when', () => {
    const notes = [{ code: 'time-not-restored' }, { code: 'permissions-not-restored' }];
    const done = row({ state: 'done', binned: true, notes });
    expect(rowFacts(done, en)).toEqual(['Sealed', '58.0 GB', 'Original moved to the bin', '2 notes']);
    expect(rowFacts({ ...done, notes: done.notes.slice(1) }, en).at(-1)).toBe('permissions-not-restored');
    const ended = '2026-11-23T16:21:12.000Z';
    expect(rowFacts({ ...done, ended }, en, true)[2]).toMatch(/Nov 2[34], 2026/);
  });

  it('says what an interrupted run has left, of which nobody knows the size', () => {
    const left = row({ state: 'cancelled', size: 0, notes: [{ code: 'run-removed' }] });
    expect(rowFacts(left, en)).toEqual(['Cancelled', 'run-removed']);
  });
});

describe('placeFact', () => {
  const placed = (place: string, more: object = {}) => placeFact(row({ state: 'done', place, ...more }), en);

  it('names the folder, and the result where its name is not plain', () => {
    expect(placed('/home/kim/a.txt.envelope')).toBe('in /home/kim');
    expect(placed('/home/kim/a (2).txt.envelope')).toBe('as “a (2).txt.envelope” in /home/kim');
    expect(placed('/a.txt.envelope')).toBe('in /');
    expect(placed('C:\\Docs\\a.txt.envelope')).toBe('in C:\\Docs');
    expect(placed('C:\\a.txt.envelope')).toBe('in C:\\');
  });

  it('of what was opened says which envelope it came from, if that is not plain', () => {
    const opened = { operation: 'open', from: 'a.txt.envelope' };
    expect(placed('/home/a.txt', opened)).toBe('in /home');
    expect(placed('/home/a.txt', { ...opened, from: '7f31.envelope' })).toBe('from 7f31.envelope · in /home');
  });

  it('is nothing before there is a result', () => {
    expect(placeFact(row({ state: 'failed', place: '/x' }), en)).toBeUndefined();
    expect(placeFact(row({ state: 'done' }), en)).toBeUndefined();
  });
});

describe('a batch', () => {
  const rows = [row({ state: 'done', done: 10 }), row({ state: 'failed' }), row({ state: 'skipped' })];

  it('counts in the singular and the plural', () => {
    expect(batchTitle(sampleBatch('b', rows.slice(0, 1)), en)).toBe('1 file sealed');
    expect(batchTitle(sampleBatch('b', rows, { state: 'running', files: 10_000 }), en)).toBe(
      'Sealing 10,000 files',
    );
    expect(batchTitle(sampleBatch('b', rows.slice(0, 1)), zh)).toBe('已封存 1 个文件');
  });

  it('says plainly how it ended, whatever became of its files', () => {
    const said = (counts: object): string[] =>
      [en, zh].map((words) => batchTitle(sampleBatch('b', [], { operation: 'open', ...counts }), words));
    expect(said({ failedFiles: 2 })).toEqual(['2 files could not be opened', '2 个文件未能打开']);
    expect(said({ doneFiles: 10, failedFiles: 2 })).toEqual([
      '10 files opened, 2 could not be opened',
      '已打开 10 个文件，2 个未能打开',
    ]);
    expect(said({ doneFiles: 1, failedFiles: 1, skippedFiles: 3 })[0]).toBe(
      '1 file opened, 1 could not be opened, 3 skipped',
    );
    expect(said({ skippedFiles: 3 })).toEqual(['3 files skipped', '已跳过 3 个文件']);
    expect(said({ failedFiles: 1, skippedFiles: 2 })[0]).toBe('1 file could not be opened, 2 skipped');
    expect(said({})).toEqual(['Nothing was opened', '没有打开任何文件']);
    const cancelled = { state: 'cancelled', files: 24 };
    expect(said({ ...cancelled, doneFiles: 3 })).toEqual([
      'Cancelled: 3 of 24 files opened',
      '已取消：打开了 24 个文件中的 3 个',
    ]);
    expect(said({ ...cancelled, doneFiles: 3, failedFiles: 1 })[0]).toBe(
      'Cancelled: 3 of 24 files opened, 1 could not be opened',
    );
    expect(said(cancelled)).toEqual(['Cancelled before anything was opened', '已取消，没有打开任何文件']);
  });

  it('says what was left out, and of bytes only those that were done', () => {
    expect(batchFacts(sampleBatch('b', rows, { leftOut: 2 }), en)).toContain('2 left out');
    const failed = batchFacts(sampleBatch('b', rows.slice(1, 2)), en);
    expect(failed).toHaveLength(1);
  });

  it('says while it runs what failed and was skipped', () => {
    const running = batchFacts(sampleBatch('b', rows, { state: 'running' }), en);
    expect(running).toEqual(expect.arrayContaining(['1 failed', '1 skipped']));
  });

  it('says that it waits for a person', () => {
    expect(batchFacts(sampleBatch('b', rows, { state: 'waiting' }), en)[0]).toBe('Waiting for your answer');
  });

  it('is announced with how it ended', () => {
    expect(announcementOf(sampleBatch('b', rows), en)).toBe(
      'Finished: 1 file sealed, 1 could not be sealed, 1 skipped.',
    );
    expect(announcementOf(sampleBatch('b', rows.slice(0, 1)), en)).toBe('Finished: 1 file sealed.');
    expect(announcementOf(sampleBatch('b', rows.slice(0, 1), { state: 'cancelled', files: 2 }), en)).toBe(
      'Cancelled: 1 of 2 files sealed.',
    );
  });
});
