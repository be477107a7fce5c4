/** @file Files that wait for a KMS key. */
import type { Services } from '../app/services.ts';
import type { WorkRoutes } from './services.ts';

export function waitingRoutes({
  waiting,
}: Services): Pick<WorkRoutes, 'waiting' | 'addWaiting' | 'dropWaiting'> {
  return {
    waiting: async () => await waiting.view(),
    addWaiting: async () => await waiting.now(),
    dropWaiting: async (ids) => await waiting.drop(ids),
  };
}
