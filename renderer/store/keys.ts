/** @file Keys that the user can choose: those of this computer, and those of every connection that answers. */
import type { ConnectionKeys, ListedKey } from '../../shared/desktop.ts';
import { client } from '../client.ts';
import { noticeError } from './notices.ts';
import { settings } from './settings.ts';
import { createStore } from './store.ts';

export type KeyList = {
  local: readonly ListedKey[];
  connections: readonly ConnectionKeys[];
  /** Names of connections that have not answered yet. */
  waiting: readonly string[];
};

export const keys = createStore<KeyList>({ local: [], connections: [], waiting: [] });

export async function loadLocalKeys(): Promise<void> {
  const result = await client().localKeys();
  if (result.ok) keys.update((all) => ({ ...all, local: result.value }));
  else noticeError(result.error);
}

/** Asks one connection for its keys. */
export async function loadConnection(connection: string): Promise<void> {
  const result = await client().kmsKeys(connection);
  const answer = result.ok ? result.value : { connection, keys: [], error: result.error };
  keys.update((all) => ({
    ...all,
    connections: [...all.connections.filter((one) => one.connection !== connection), answer],
    waiting: all.waiting.filter((one) => one !== connection),
  }));
}

/** Asks again for all keys; a connection that does not answer leaves the others alone. */
export async function loadKeys(): Promise<void> {
  const names = settings.get()?.settings.connections.map((one) => one.name) ?? [];
  keys.update((all) => ({
    ...all,
    connections: all.connections.filter((one) => names.includes(one.connection)),
    waiting: names,
  }));
  await Promise.all([loadLocalKeys(), ...names.map(loadConnection)]);
}
