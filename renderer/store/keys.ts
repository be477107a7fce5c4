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

/** As the main process tells them. */
const told = createStore<KeyList>({ local: [], connections: [], waiting: [] });
/** The same, each called what the page calls it. */
export const keys = createStore<KeyList>(told.get());

let nameOf = (name: string): string => name;

const named = (key: ListedKey): ListedKey => ({ ...key, name: nameOf(key.name) });

function rename(): void {
  const { local, connections, waiting } = told.get();
  keys.set({
    local: local.map(named),
    connections: connections.map((one) => ({ ...one, keys: one.keys.map(named) })),
    waiting,
  });
}
told.subscribe(rename);

/** From now on keys are called what `keyName` makes of their names: the language is another. */
export function callKeys(keyName: (name: string) => string): void {
  nameOf = keyName;
  rename();
}

export async function loadLocalKeys(): Promise<void> {
  const result = await client().localKeys();
  if (result.ok) told.update((all) => ({ ...all, local: result.value }));
  else noticeError(result.error);
}

/** Asks one connection for its keys. */
export async function loadConnection(connection: string): Promise<void> {
  const result = await client().kmsKeys(connection);
  const answer = result.ok ? result.value : { connection, keys: [], error: result.error };
  told.update((all) => ({
    ...all,
    connections: [...all.connections.filter((one) => one.connection !== connection), answer],
    waiting: all.waiting.filter((one) => one !== connection),
  }));
}

/** Asks again for all keys; a connection that does not answer leaves the others alone. */
export async function loadKeys(): Promise<void> {
  const names = settings.get()?.settings.connections.map((one) => one.name) ?? [];
  told.update((all) => ({
    ...all,
    connections: all.connections.filter((one) => names.includes(one.connection)),
    waiting: names,
  }));
  await Promise.all([loadLocalKeys(), ...names.map(loadConnection)]);
}
