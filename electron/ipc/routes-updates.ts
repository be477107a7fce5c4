/** @file The calls about newer versions of the program. */
import type { Services } from '../app/services.ts';
import type { WorkRoutes } from './services.ts';

export function updateRoutes({
  updates,
}: Services): Pick<WorkRoutes, 'updates' | 'lookForUpdate' | 'loadUpdate' | 'installUpdate'> {
  return {
    updates: async () => await updates.state(),
    lookForUpdate: async () => await updates.look(),
    loadUpdate: async () => await updates.load(),
    installUpdate: () => updates.install(),
  };
}
