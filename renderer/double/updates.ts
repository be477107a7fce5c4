import type { Routes } from '../../shared/contract.ts';
import type { UpdateState } from '../../shared/updates.ts';
import type { Events } from './events.ts';

type Scene = { params: URLSearchParams; events: Events };

const VERSION = '1.4.0';

const error = { code: 'update-untrusted', message: 'refused', details: {} } as const;
const scenes: Readonly<Record<string, UpdateState>> = {
  off: { kind: 'off', why: 'no-feed' },
  idle: { kind: 'idle' },
  newest: { kind: 'newest', looked: '2026-11-24T08:15:00.000Z' },
  found: { kind: 'found', version: VERSION },
  loading: { kind: 'loading', version: VERSION, fraction: 0.42 },
  ready: { kind: 'ready', version: VERSION },
  failed: { kind: 'failed', error },
};

const soon = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 600));
};

/** A newer version, found a moment after it is looked for. `updates`: what it begins with. */
export function updateRoutes({ params, events }: Scene) {
  const tell = (state: UpdateState): void => events.tell('updatesChanged', state);
  return {
    updates: () => scenes[params.get('updates') ?? 'off'] ?? { kind: 'idle' },
    lookForUpdate: async () => {
      tell({ kind: 'looking' });
      await soon();
      tell({ kind: 'found', version: VERSION });
    },
    loadUpdate: async () => {
      for (const fraction of [0, 0.4, 0.8]) {
        tell({ kind: 'loading', version: VERSION, fraction });
        await soon();
      }
      tell({ kind: 'ready', version: VERSION });
    },
    installUpdate: () => {},
  } satisfies Partial<Routes>;
}
