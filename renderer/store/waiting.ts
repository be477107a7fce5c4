/** @file Files that were sealed without a KMS key, as the main process tells it. */
import type { WaitingView } from '../../shared/waiting.ts';
import { client, orNotice } from '../client.ts';
import { createStore } from './store.ts';

export const waiting = createStore<WaitingView>({ files: [], trying: false });

export async function loadWaiting(): Promise<void> {
  const view = await orNotice(client().waiting());
  if (view !== undefined) waiting.set(view);
}
