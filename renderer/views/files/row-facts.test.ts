import { describe, expect, it } from 'vitest';
import { sampleBatch, sampleRow } from '../../double/sample-rows.ts';
import { createFormat } from '../../text/format.ts';
import { texts } from '../../text/text.ts';
import { announcementOf, batchFacts, batchTitle, rowFacts } from './row-facts.ts';

const en = { text: texts.en, format: createFormat('en') };
const zh = { text: texts['zh-CN'], format: createFormat('zh-CN') };
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

  it('says where the result is and what became of the original', () => {
    const done = row({
      state: 'done',
      place: '/home',
      binned: true,
      notes: [{ code: 'time-not-restored' }, { code: 'permissions-not-restored' }],
    });
    expect(rowFacts(done, en)).toEqual([
      'Sealed',
      '58.0 GB',
      'in /home',
      'Original moved to the bin',
      '2 notes',
    ]);
  });
});

describe('a batch', () => {
  const rows = [row({ state: 'done', done: 10 }), row({ state: 'failed' }), row({ state: 'skipped' })];

  it('counts in the singular and the plural', () => {
    expect(batchTitle(sampleBatch('b', rows), en)).toBe('1 file sealed');
    expect(batchTitle(sampleBatch('b', rows, { state: 'running', files: 10_000 }), en)).toBe(
      'Sealing 10,000 files',
    );
    expect(batchTitle(sampleBatch('b', rows), zh)).toBe('已封存 1 个文件');
  });

  it('says what failed, was skipped and left out', () => {
    const facts = batchFacts(sampleBatch('b', rows, { leftOut: 2 }), en);
    expect(facts).toEqual(expect.arrayContaining(['1 failed', '1 skipped', '2 left out']));
  });

  it('says that it waits for a person', () => {
    expect(batchFacts(sampleBatch('b', rows, { state: 'waiting' }), en)[0]).toBe('Waiting for your answer');
  });

  it('is announced with how it ended', () => {
    expect(announcementOf(sampleBatch('b', rows), en)).toBe('Finished: 1 file sealed, 1 failed.');
    expect(announcementOf(sampleBatch('b', rows.slice(0, 1)), en)).toBe('Finished: 1 file sealed.');
    expect(announcementOf(sampleBatch('b', rows, { state: 'cancelled' }), en)).toBe(
      'Cancelled: 1 file sealed.',
    );
  });
});
