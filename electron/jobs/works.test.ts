import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Item } from './job.ts';
import { Works, type WorkSource } from './works.ts';

async function* source(count: number, taken: number[] = []): WorkSource<string> {
  for (let index = 0; index < count; index += 1) {
    await setImmediate();
    taken.push(index);
    yield { path: String(index), size: index, to: undefined, run: async () => await Promise.resolve('') };
  }
}

/** Takes all with `turns` at a time. */
async function takeAll(works: Works<string>, turns: number): Promise<number[]> {
  const indexes: number[] = [];
  const take = async (): Promise<void> => {
    for (let next = await works.take(); next !== undefined; next = await works.take()) {
      indexes.push(next.item.index);
    }
  };
  await Promise.all([works.listAhead(undefined), ...Array.from({ length: turns }, take)]);
  return indexes.sort((a, b) => a - b);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('works', () => {
  it.each([0, 1, 2, 31, 32, 33, 100])('are each taken once: %i of them', async (count) => {
    for (const limit of [0, 1, 32, 1000]) {
      const listed: Item[] = [];
      let ended = 0;
      const ahead = { limit, onListed: (item: Item) => listed.push(item), onEnd: () => (ended += 1) };
      expect(await takeAll(new Works(source(count), ahead), 32)).toEqual(upTo(count));
      expect(listed.map(({ index }) => index)).toEqual(upTo(count));
      expect(ended).toBe(1);
    }
  });

  it('are not looked up before their turn beyond the limit, nor at all unless somebody wants to know', async () => {
    const taken: number[] = [];
    const ahead = { limit: 5, onListed: () => {}, onEnd: () => {} };
    const works = new Works(source(100, taken), ahead);
    await works.listAhead(undefined);
    expect(taken).toHaveLength(5);
    await new Works(source(100, taken), undefined).listAhead(undefined);
    expect(taken).toHaveLength(5);
    await works.listAhead(AbortSignal.abort());
    expect(taken).toHaveLength(5);
  });
});
