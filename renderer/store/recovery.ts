/** @file The recovery key as the main process has it: its public half, its dates. Undefined until it has answered. */
import type { Result } from '../../shared/contract.ts';
import type { RecoveryView } from '../../shared/recovery-view.ts';
import { client, orNotice } from '../client.ts';
import { createStore } from './store.ts';

export const recovery = createStore<RecoveryView | undefined>(undefined);

/** What a call that changed it has answered. */
export async function takeRecovery(answer: Promise<Result<RecoveryView>>): Promise<void> {
  const view = await orNotice(answer);
  if (view !== undefined) recovery.set(view);
}

export async function loadRecovery(): Promise<void> {
  await takeRecovery(client().recovery());
}
