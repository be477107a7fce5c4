/** @file A list too long to be held, which comes a page at a time as it comes into sight. */

/** Pages that are kept: a list that was scrolled through from end to end holds no more than these. */
export const PAGES_KEPT = 10;

export type Pages<Item> = {
  /** The item at an index, or undefined until it is there. */
  readonly at: (index: number) => Item | undefined;
  /** What is in sight: its pages are asked for, each once for as long as it is kept. */
  readonly need: (first: number, last: number) => void;
};

/** Undefined if it failed; it is asked for again when it comes into sight again. */
export type LoadPage<Item> = (offset: number, count: number) => Promise<readonly Item[] | undefined>;

/** `size`: items of a page. `onLoaded`: called for each page that has come. */
export function createPages<Item>(size: number, load: LoadPage<Item>, onLoaded: () => void): Pages<Item> {
  const pages = new Map<number, readonly Item[]>();
  const asked = new Set<number>();
  const take = async (page: number): Promise<void> => {
    const items = await load(page * size, size);
    if (items === undefined) {
      asked.delete(page);
      return;
    }
    pages.set(page, items);
    const [oldest] = pages.keys();
    if (pages.size > PAGES_KEPT && oldest !== undefined) {
      pages.delete(oldest);
      asked.delete(oldest);
    }
    onLoaded();
  };
  return {
    at: (index) => pages.get(Math.floor(index / size))?.[index % size],
    need: (first, last) => {
      for (let page = Math.floor(first / size); page * size <= last; page += 1) {
        const kept = pages.get(page);
        if (kept !== undefined) {
          // What is in sight goes last of all, however long ago it came.
          pages.delete(page);
          pages.set(page, kept);
        }
        if (asked.has(page)) continue;
        asked.add(page);
        void take(page);
      }
    },
  };
}
