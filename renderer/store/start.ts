/** @file Connects the stores with the main process. */
import { client } from '../client.ts';
import { loadAccess, takeAccess } from './access.ts';
import { arrive, loadArrivals } from './arrivals.ts';
import { health, loadHealth } from './health.ts';
import { loadJobs, takeChange } from './jobs.ts';
import { prompt } from './prompt.ts';
import { loadRecovery } from './recovery.ts';
import { loadSettings, settings } from './settings.ts';
import { loadSignIns, takeSignIn } from './sign-in.ts';
import { updates } from './updates.ts';
import { loadWaiting, waiting } from './waiting.ts';
import { keys, loadKeys, loadLocalKeys } from './keys.ts';

/** @returns the end of all subscriptions */
export function startStores(): () => void {
  const stops = [
    client().on('jobsChanged', (change) => {
      takeChange(change);
      // The first seal makes the key of this computer.
      if (keys.get().local.length === 0 && change.batches.some(({ state }) => state === 'ended'))
        void loadLocalKeys();
    }),
    client().on('promptChanged', prompt.set),
    client().on('settingsChanged', (view) => {
      settings.set(view);
      void loadSignIns();
      void loadRecovery();
    }),
    client().on('signInChanged', takeSignIn),
    client().on('waitingChanged', waiting.set),
    client().on('healthChanged', health.set),
    client().on('accessChanged', takeAccess),
    client().on('updatesChanged', updates.set),
    client().on('filesArrived', arrive),
  ];
  void loadJobs();
  void loadWaiting();
  void loadHealth();
  void loadAccess();
  void loadArrivals();
  void loadSettings().then(async () => await Promise.all([loadKeys(), loadSignIns()]));
  return () => {
    for (const stop of stops) stop();
  };
}
