import { useCallback, useRef, useState } from 'react';
import { ACCESS_PAGE, type AccessState } from '../../../shared/access-view.ts';
import type { AccessResult } from '../../../shared/rewrap.ts';
import { client, orNotice } from '../../client.ts';

/** Pages that are kept: a list that was scrolled through from end to end holds no more than these. */
const PAGES_KEPT = 10;

/**
 * Results of one state as they come into sight, a page at a time. For another state, or another run, another list.
 * @returns `at`: the one at an index, or undefined until it is there; `need`: those that are in sight
 */
export function useResults(state: AccessState) {
  const pages = useRef(new Map<number, readonly AccessResult[]>());
  const asked = useRef(new Set<number>());
  const [, setCount] = useState(0);
  const need = useCallback(
    (first: number, last: number): void => {
      for (let page = Math.floor(first / ACCESS_PAGE); page * ACCESS_PAGE <= last; page += 1) {
        if (asked.current.has(page)) continue;
        asked.current.add(page);
        void (async () => {
          const files = await orNotice(client().accessFiles(state, page * ACCESS_PAGE, ACCESS_PAGE));
          if (files === undefined) return;
          pages.current.set(page, files);
          const [oldest] = pages.current.keys();
          if (pages.current.size > PAGES_KEPT && oldest !== undefined) {
            pages.current.delete(oldest);
            asked.current.delete(oldest);
          }
          setCount((count) => count + 1);
        })();
      }
    },
    [state],
  );
  const at = (index: number): AccessResult | undefined =>
    pages.current.get(Math.floor(index / ACCESS_PAGE))?.[index % ACCESS_PAGE];
  return { at, need };
}
