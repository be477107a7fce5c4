/** @file The order in which the desktop program starts, and nothing else. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { APP_ID } from './app/app-id.ts';
import { registerAppScheme } from './app/app-protocol.ts';
import { Desktop } from './app/desktop.ts';
import { endAfterWork, fail, listenForFiles, takeInstance } from './app/lifecycle.ts';
import { installSecurity } from './app/security.ts';
import { openWork } from './ipc/work.ts';
import { findPlaces } from './settings/places.ts';

// 1. Who we are: a folder of our own, by which a second instance knows the first.
const places = findPlaces();
const chromiumFolder = path.join(places.desktopFolder, 'chromium');
mkdirSync(chromiumFolder, { recursive: true, mode: 0o700 });
app.setName('Envelope');
// As the installer's shortcut has it: without that Windows shows no notification of ours.
if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
app.setPath('userData', places.desktopFolder);
app.setPath('sessionData', chromiumFolder);

// 2. What no page may ever do.
registerAppScheme();
installSecurity();

// 3. One instance, with one window. A second one has handed over its files, and ends.
const own = takeInstance();
if (own === undefined) {
  app.quit();
} else {
  const desktop = new Desktop({ places, openWork });
  listenForFiles(desktop, own);
  endAfterWork(desktop);
  // Not awaited: `ready` comes only after this module has ended (electron/electron#40719).
  app
    .whenReady()
    .then(async () => await desktop.open())
    .catch(fail);
}
