/** @file Which tab of the Keys place is shown. */
import { place } from './place.ts';
import { createStore } from './store.ts';

export const keysTabs = ['list', 'access', 'health'] as const;
export type KeysTab = (typeof keysTabs)[number];

export const keysTab = createStore<KeysTab>('list');

/** Goes to a tab of Keys, from wherever. */
export function showKeys(tab: KeysTab): void {
  keysTab.set(tab);
  place.set('keys');
}
