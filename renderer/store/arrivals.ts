/** @file What the system handed over (double-click, “Open with”) and nobody has looked at yet. */
import type { Granted } from '../../shared/desktop.ts';
import { client, orNotice } from '../client.ts';
import { createStore } from './store.ts';

export const arrivals = createStore<Granted>({ grants: [], refused: [] });

export function arrive({ grants, refused }: Granted): void {
  if (grants.length === 0 && refused.length === 0) return;
  arrivals.update((all) => ({ grants: [...all.grants, ...grants], refused: [...all.refused, ...refused] }));
}

/** Those that came before the page was there. */
export async function loadArrivals(): Promise<void> {
  const waiting = await orNotice(client().takeArrivals());
  if (waiting !== undefined) arrive(waiting);
}
