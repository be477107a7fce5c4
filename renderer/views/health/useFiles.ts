import { useCallback } from 'react';
import type { HealthFile } from '../../../shared/health.ts';
import { HEALTH_PAGE } from '../../../shared/health-view.ts';
import { client, orNotice } from '../../client.ts';
import type { Pages } from '../../store/pages.ts';
import { usePages } from '../parts/usePages.ts';

/** Files of a group as they come into sight. For another look, or another group, another list. */
export function useFiles(look: string, group: string): Pages<HealthFile> {
  const load = useCallback(
    async (offset: number, count: number) => await orNotice(client().healthFiles(group, offset, count)),
    [look, group],
  );
  return usePages(HEALTH_PAGE, load);
}
