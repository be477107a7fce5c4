/** @file One instance, files from the system in every way, and the end. */
import { app, dialog } from 'electron';
import { isEnvelopeError } from '../../shared/errors.ts';
import { log, traceOf } from '../ipc/log.ts';
import type { Desktop } from './desktop.ts';
import { absolutePaths, filesOf, type HandedOver, readHandedOver } from './handed-over.ts';
import { textFor } from './text.ts';

/**
 * What this instance was started with, if it is the only one. Else the first one gets it, by a value of its own: Chromium
 * changes the order of a second command line and adds to it.
 */
export function takeInstance(): HandedOver | undefined {
  const own = { paths: filesOf(process.argv, app.isPackaged), cwd: process.cwd() };
  return app.requestSingleInstanceLock(own) ? own : undefined;
}

/** Before `ready`: macOS may tell of a file before it. */
export function listenForFiles(desktop: Desktop, own: HandedOver): void {
  desktop.arrivals.add(absolutePaths(own));
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
}

/** The program ends with its window, on macOS too, once the work has cleaned up behind itself. */
export function endAfterWork(desktop: Desktop): void {
  let ending: Promise<void> | undefined;
  app.on('window-all-closed', () => app.quit());
  // Every time: who quits twice must not end it in the middle.
  app.on('will-quit', (event) => {
    event.preventDefault();
    ending ??= desktop
      .close()
      .then(() => app.exit())
      .catch(fail);
  });
}

/** Says why the program cannot go on, and ends it. */
export function fail(error: unknown): void {
  log(traceOf(error));
  const { title, detail } = textFor('system', app.getPreferredSystemLanguages()).broken;
  const file = isEnvelopeError(error) ? error.details['path'] : undefined;
  dialog.showErrorBox(title, detail(typeof file === 'string' ? file : undefined));
  app.exit(1);
}
