import { describe, expect, it } from 'vitest';
import { createPages, PAGES_KEPT } from './pages.ts';

const SIZE = 4;
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

/** Numbers in order; `fails`: what is answered with nothing. */
function list(fails = new Set<number>()) {
  const asked: number[] = [];
  let loaded = 0;
  const load = (offset: number, count: number): Promise<number[] | undefined> => {
    asked.push(offset);
    return Promise.resolve(
      fails.has(offset) ? undefined : Array.from({ length: count }, (_, n) => offset + n),
    );
  };
  const pages = createPages(SIZE, load, () => {
    loaded += 1;
  });
  return { pages, asked, loaded: () => loaded };
}

describe('pages of a long list', () => {
  it('come once each, as they come into sight', async () => {
    const { pages, asked, loaded } = list();
    pages.need(2, 5);
    expect(pages.at(2)).toBeUndefined();
    pages.need(3, 6);
    await settle();
    expect([asked, loaded()]).toEqual([[0, 4], 2]);
    expect([pages.at(2), pages.at(7), pages.at(8)]).toEqual([2, 7, undefined]);
  });

  it('are let go when others have come, and come again', async () => {
    const { pages, asked } = list();
    for (let page = 0; page <= PAGES_KEPT; page += 1) pages.need(page * SIZE, page * SIZE);
    await settle();
    expect([pages.at(0), pages.at(SIZE)]).toEqual([undefined, SIZE]);
    pages.need(0, 0);
    await settle();
    expect([pages.at(0), asked.filter((offset) => offset === 0)]).toEqual([0, [0, 0]]);
  });

  it('stay while they are in sight, though they came first', async () => {
    const { pages } = list();
    for (let page = 1; page <= PAGES_KEPT; page += 1) pages.need(page * SIZE, page * SIZE);
    await settle();
    pages.need(SIZE - 1, SIZE);
    await settle();
    expect([pages.at(SIZE - 1), pages.at(SIZE), pages.at(2 * SIZE)]).toEqual([SIZE - 1, SIZE, undefined]);
  });

  it('that failed are asked for again', async () => {
    const fails = new Set([0]);
    const { pages, asked, loaded } = list(fails);
    pages.need(0, 1);
    await settle();
    expect([pages.at(0), loaded()]).toEqual([undefined, 0]);
    fails.clear();
    pages.need(0, 1);
    await settle();
    expect([pages.at(0), asked]).toEqual([0, [0, 0]]);
  });
});
