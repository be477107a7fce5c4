/** @file Newer versions of the program, with who may say no to them. */
import { log, traceOf } from '../ipc/log.ts';
import type { Shell } from '../ipc/services.ts';
import { Updates } from '../updates/updates.ts';
import type { Home } from './home.ts';

export function updatesFor(home: Home, isBusy: () => boolean, shell: Shell): Updates {
  return new Updates({
    updater: async () => await shell.openUpdater(),
    // What cannot be read may say no.
    isManaged: async () =>
      await home.managed.load().then(
        (laid) => laid?.updates === 'off',
        () => true,
      ),
    looksByItself: async () => (await home.settings.load()).lookForUpdates,
    isBusy,
    tell: (state) => shell.send('updatesChanged', state),
    onError: (error) => log(traceOf(error)),
  });
}
