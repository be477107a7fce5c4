/** @file The order in which the desktop program starts, and nothing else. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, dialog } from 'electron';
import { registerAppScheme } from './app/app-protocol.ts';
import { Desktop } from './app/desktop.ts';
import { absolutePaths, filesOf, readHandedOver } from './app/handed-over.ts';
import { installSecurity } from './app/security.ts';
import { textFor } from './app/text.ts';
import { log, traceOf } from './ipc/log.ts';
import { openWork } from './ipc/work.ts';
import { findPlaces } from './settings/places.ts';

// 1. Who we are: a folder of our own, by which a second instance knows the first.
const places = findPlaces();
const chromiumFolder = path.join(places.desktopFolder, 'chromium');
mkdirSync(chromiumFolder, { recursive: true, mode: 0o700 });
app.setName('Envelope');
app.setPath('userData', places.desktopFolder);
app.setPath('sessionData', chromiumFolder);

// 2. What no page may ever do.
registerAppScheme();
installSecurity();

// 3. One instance: a second one hands over what it was started with, and ends.
const desktop = new Desktop({ places, openWork });
const handedOver = { paths: filesOf(process.argv, app.isPackaged), cwd: process.cwd() };
if (app.requestSingleInstanceLock(handedOver)) start();
else app.quit();

function start(): void {
  // 4. Files: ours, those of later instances, and on macOS by event, which may come before `ready`.
  desktop.arrivals.add(absolutePaths(handedOver));
  app.on('open-file', (event, file) => {
    event.preventDefault();
    desktop.arrivals.add([file]);
    desktop.bringToFront();
  });
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const handed = readHandedOver(data);
    if (handed !== undefined) desktop.arrivals.add(absolutePaths(handed));
    desktop.bringToFront();
  });

  // 5. The window. Not awaited: `ready` comes only after this module has ended (electron/electron#40719).
  app
    .whenReady()
    .then(async () => await desktop.open(), fail)
    .catch(fail);

  // 6. The end: the work cleans up behind itself.
  app.once('will-quit', (event) => {
    event.preventDefault();
    void desktop
      .close()
      .catch(fail)
      .finally(() => app.exit());
  });
}

function fail(error: unknown): void {
  log(traceOf(error));
  const { title, detail } = textFor('system', app.getPreferredSystemLanguages()).broken;
  dialog.showErrorBox(title, detail);
  app.exit(1);
}
