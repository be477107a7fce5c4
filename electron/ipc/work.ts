/** @file The work of the desktop: settings for now; queue and keys come to it. */
import { EnvelopeError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SettingsView } from '../../shared/contract.ts';
import { findPlaces } from '../settings/places.ts';
import { SettingsStore } from '../settings/store.ts';
import type { Shell, Work, WorkRoutes } from './services.ts';

const later = (): never => {
  throw new EnvelopeError('usage', 'not there yet');
};

export async function openWork(shell: Shell): Promise<Work> {
  const store = new SettingsStore(findPlaces().settingsFile);
  let settings = await store.load();
  const listeners = new Set<(settings: Settings) => void>();
  const view = (): SettingsView => ({ settings, secrets: {}, keyStore: { kind: 'none' } });
  const routes: WorkRoutes = {
    plan: later,
    start: later,
    cancelBatch: later,
    cancelRow: later,
    retry: later,
    jobs: () => ({ rows: [], batches: [], gone: [] }),
    clearHistory: later,
    showResult: later,
    openResult: later,
    verifyResult: later,
    card: later,
    canOpen: later,
    localKeys: () => [],
    kmsKeys: later,
    createLocalKey: later,
    renameKey: later,
    protectKey: later,
    backUpKey: later,
    restoreKey: later,
    createKmsKey: later,
    settings: view,
    changeSettings: async (change) => {
      settings = await store.update((old) => ({ ...old, ...change }));
      for (const listener of listeners) listener(settings);
      shell.send('settingsChanged', view());
      return view();
    },
    saveConnection: later,
    removeConnection: later,
    clearSecret: later,
    forgetAccount: later,
    profiles: () => [],
    testConnection: later,
    answerPrompt: later,
  };
  return {
    routes,
    keyStore: { kind: 'none' },
    get settings() {
      return settings;
    },
    isBusy: () => false,
    onJobs: () => () => {},
    onSettings: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async [Symbol.asyncDispose]() {},
  };
}
