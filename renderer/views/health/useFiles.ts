import { useCallback, useEffect, useRef, useState } from 'react';
import type { HealthFile } from '../../../shared/health.ts';
import { HEALTH_PAGE } from '../../../shared/health-view.ts';
import { client, orNotice } from '../../client.ts';

/** Pages that are kept: a list that was scrolled through from end to end holds no more than these. */
const PAGES_KEPT = 10;

/**
 * Files of a group as they come into sight, a page at a time.
 * @returns `at`: the file at an index, or undefined until it is there; `need`: those that are in sight
 */
export function useFiles(look: string, group: string) {
  const pages = useRef(new Map<number, readonly HealthFile[]>());
  const asked = useRef(new Set<number>());
  const [, setCount] = useState(0);
  useEffect(() => {
    pages.current.clear();
    asked.current.clear();
  }, [look, group]);
  const need = useCallback(
    (first: number, last: number): void => {
      for (let page = Math.floor(first / HEALTH_PAGE); page * HEALTH_PAGE <= last; page += 1) {
        if (asked.current.has(page)) continue;
        asked.current.add(page);
        void (async () => {
          const files = await orNotice(client().healthFiles(group, page * HEALTH_PAGE, HEALTH_PAGE));
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
    [group],
  );
  const at = (index: number): HealthFile | undefined =>
    pages.current.get(Math.floor(index / HEALTH_PAGE))?.[index % HEALTH_PAGE];
  return { at, need };
}
