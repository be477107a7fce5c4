import { describe, expect, it } from 'vitest';
import type { Batch, JobsChange, Row } from '../../shared/desktop.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Engine } from '../envelope/engine.ts';
import type { Verified } from '../envelope/verify.ts';
import { runBatch } from './batch.ts';
import { Changes } from './changes.ts';
import type { Deed } from './deed.ts';
import { Prompts } from './prompts.ts';
import { QueuedBatch, ROWS_SHOWN } from './queued-batch.ts';
import { type SessionKeeper, Sessions } from './sessions.ts';
import type { WorkSource } from './works.ts';

const engine = {} as Engine;
/** Nobody's session can be renewed here. */
const keeper: SessionKeeper = {
  reset: () => {},
  renew: async () => await Promise.resolve(false),
  signsIn: async () => await Promise.resolve(false),
};
const verified: Verified = { envelope: '', body: '', name: '', size: 1, key: 'local:a', requestIds: [] };

/** `count` files of one byte; those whose number `fails` says fail. */
async function* files(count: number, fails: (index: number) => boolean): WorkSource<Verified> {
  for (let index = 0; index < count; index += 1) {
    const run = async (): Promise<Verified> => {
      if (fails(index)) throw new EnvelopeError('body-altered', 'altered', { offset: index });
      return await Promise.resolve(verified);
    };
    yield { path: `/docs/${index}`, size: 1, to: undefined, run };
  }
}

const nowhere = { add: () => {}, addBatch: () => {} };

function deed(run: Deed['run']): Deed {
  const done = { size: 1, place: '/docs', requestIds: [], keys: ['a'], binned: false, notes: [], leftOut: 0 };
  return { operation: 'verify', keys: [], run, done: () => done };
}

async function ran(count: number, fails: (index: number) => boolean = () => false) {
  const sent: JobsChange[] = [];
  const over: Row[] = [];
  const ended: Batch[] = [];
  using changes = new Changes((change) => sent.push(change));
  const sessions = new Sessions(new Prompts(), keeper);
  const works = deed(async (_, options) => await runBatch(files(count, fails), options));
  const history = { add: (row: Row) => over.push(row), addBatch: (one: Batch) => ended.push(one) };
  const batch = new QueuedBatch(works, { engine, changes, sessions, history });
  await batch.run();
  changes.flush();
  return { batch, sent, over, ended };
}

describe('a batch in the queue', () => {
  it('shows the first rows of very many and what failed after them, and counts all', async () => {
    const count = ROWS_SHOWN + 2_000;
    const { batch, over } = await ran(count, (index) => index === 3 || index === count - 1);
    expect(batch.tally.show(0)).toMatchObject({
      state: 'ended',
      files: count,
      bytes: count,
      doneBytes: count - 2,
      doneFiles: count - 2,
      failedFiles: 2,
    });
    expect(batch.rows.size).toBe(ROWS_SHOWN + 1);
    expect(batch.rows.get(count - 1)?.show(0)).toMatchObject({ name: `${count - 1}`, state: 'failed' });
    expect(over).toHaveLength(ROWS_SHOWN + 1);
  });

  it('holds a bounded number of rows though every file fails', async () => {
    const { batch } = await ran(ROWS_SHOWN + 3_000, () => true);
    expect(batch.rows.size).toBe(ROWS_SHOWN + 1_000);
    expect(batch.tally.show(0)).toMatchObject({ failedFiles: ROWS_SHOWN + 3_000 });
  });

  it('gives no row to two batches', async () => {
    const { batch, ended } = await ran(3, (index) => index > 0);
    const failed = [...batch.rows.values()].filter(({ state }) => state === 'failed');
    expect(batch.give(failed)).toBe(1);
    expect(batch.tally.show(0)).toMatchObject({
      files: 1,
      bytes: 1,
      doneBytes: 1,
      failedFiles: 0,
      doneFiles: 1,
    });
    expect([...batch.rows.values()].map(({ state }) => state)).toEqual(['done']);
    expect(ended.map(({ files, failedFiles }) => [files, failedFiles])).toEqual([
      [3, 2],
      [1, 0],
    ]);
  });

  it('that ends for a bug says that it ended, and lets the bug be seen', async () => {
    const sent: JobsChange[] = [];
    using changes = new Changes((change) => sent.push(change));
    const sessions = new Sessions(new Prompts(), keeper);
    const broken = deed(async () => await Promise.reject(new TypeError('a bug')));
    const batch = new QueuedBatch(broken, { engine, changes, sessions, history: nowhere });
    await expect(batch.run()).rejects.toThrow('a bug');
    expect(batch.tally.show(0)).toMatchObject({ state: 'ended', error: { code: 'bug' } });
    expect(JSON.stringify(batch.tally.show(0))).not.toContain('a bug');
  });

  it('that could not begin says why', async () => {
    using changes = new Changes(() => {});
    const sessions = new Sessions(new Prompts(), keeper);
    const error = new EnvelopeError('disk-full', 'not enough space', { needed: 2, free: 1 });
    const full = deed(async () => await Promise.reject(error));
    const batch = new QueuedBatch(full, { engine, changes, sessions, history: nowhere });
    await batch.run();
    expect(batch.tally.show(0)).toMatchObject({ state: 'ended', error: { code: 'disk-full' } });
  });
});
