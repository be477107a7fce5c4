/** @file The settings as the main process keeps them, and what the program says of itself. */
import type { SettingsChange, SettingsView } from '../../shared/contract.ts';
import type { AppInfo } from '../../shared/desktop.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { client, orNotice } from '../client.ts';
import { createStore } from './store.ts';

/** Undefined until the main process has answered. */
export const settings = createStore<SettingsView | undefined>(undefined);
export const appInfo = createStore<AppInfo | undefined>(undefined);

const fallback: SettingsView = {
  settings: defaultSettings,
  secrets: {},
  keyStore: { kind: 'none' },
  policies: [],
};

export async function loadSettings(): Promise<void> {
  const [view, info] = await Promise.all([orNotice(client().settings()), orNotice(client().appInfo())]);
  // Without them the page could not even say what is wrong with them.
  settings.set(view ?? fallback);
  if (info !== undefined) appInfo.set(info);
}

export async function changeSettings(change: SettingsChange): Promise<void> {
  const view = await orNotice(client().changeSettings(change));
  if (view !== undefined) settings.set(view);
}
