import { useCallback } from 'react';
import { ACCESS_PAGE, type AccessState } from '../../../shared/access-view.ts';
import type { AccessResult } from '../../../shared/rewrap.ts';
import { client, orNotice } from '../../client.ts';
import type { Pages } from '../../store/pages.ts';
import { usePages } from '../parts/usePages.ts';

/** Results of one state as they come into sight. For another state, or another run, another list. */
export function useResults(state: AccessState): Pages<AccessResult> {
  const load = useCallback(
    async (offset: number, count: number) => await orNotice(client().accessFiles(state, offset, count)),
    [state],
  );
  return usePages(ACCESS_PAGE, load);
}
