import type { Routes } from '../../shared/contract.ts';
import type { Events } from './events.ts';
import { sampleWaiting } from './sample-waiting.ts';

type Scene = { params: URLSearchParams; events: Events };

/** Files that wait, if the scene has any; trying is in vain. */
export function waitingRoutes({ params, events }: Scene) {
  let files = params.has('waiting') ? sampleWaiting : [];
  return {
    waiting: () => ({ files, trying: false }),
    addWaiting: () => events.tell('waitingChanged', { files, trying: false }),
    dropWaiting: (ids) => {
      files = files.filter(({ id }) => !ids.includes(id));
      events.tell('waitingChanged', { files, trying: false });
    },
  } satisfies Partial<Routes>;
}
