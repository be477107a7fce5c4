import { useMemo, useReducer } from 'react';
import { createPages, type LoadPage, type Pages } from '../../store/pages.ts';

/** The list that `load` loads, redrawn as its pages come. Another `load` is another list. `size`: items of a page. */
export function usePages<Item>(size: number, load: LoadPage<Item>): Pages<Item> {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  return useMemo(() => createPages(size, load, redraw), [size, load]);
}
