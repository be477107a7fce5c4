/** @file How far looking for a newer version is, as the main process tells it. */
import type { UpdateState } from '../../shared/updates.ts';
import { client, orNotice } from '../client.ts';
import { createStore } from './store.ts';

/** Undefined until the main process has answered. */
export const updates = createStore<UpdateState | undefined>(undefined);

export async function loadUpdates(): Promise<void> {
  const state = await orNotice(client().updates());
  if (state !== undefined) updates.set(state);
}
