/** @file From the app's folder to `ready`: its code runs, Chromium starts, files that the system opened are handed over. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { browser } from './browser.ts';
import { preventable } from './event.ts';
import { fromPartition } from './session.ts';
import { windows } from './windows.ts';

type Manifest = { name: string; productName?: string; version: string; main?: string };

export type Place = {
  /** The app's folder, or a file in it that is its entry. */
  place: string;
  isPackaged: boolean;
};

export async function start(
  { place, isPackaged }: Place,
  announce: (devTools: string) => void,
): Promise<void> {
  const isFolder = statSync(place).isDirectory();
  const folder = isFolder ? place : path.dirname(place);
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
  app.adopt(folder, manifest, isPackaged);
  process.on('SIGINT', () => app.quit());
  process.on('SIGTERM', () => app.quit());

  await loadMain(isFolder ? path.join(place, manifest.main ?? 'index.js') : place);
  // A second instance has quit by now, and needs no Chromium.
  if (app.isQuitting) return;
  openFilesBeforeReady();
  const { url, version } = await browser.start('1040,720');
  if (app.isQuitting) return;
  Object.defineProperty(process.versions, 'chrome', { value: version, enumerable: true });
  console.error(`stand-in: this is not Electron but its stand-in (e2e/stand-in), over Chromium ${version}`);
  followPages();
  await browser.cdp.browser.send('Target.setDiscoverTargets', { discover: true });
  announce(url);
  app.once('will-finish-launching', () => fromPartition(''));
  app.becomeReady();
}

/**
 * Runs the app's main module. It is through when it has ended, or when it waits for `ready`, which is ours to make: a
 * module may await it at its top level.
 */
async function loadMain(file: string): Promise<void> {
  const whenReady = app.whenReady.bind(app);
  const waits = new Promise<void>((resolve) => {
    app.whenReady = async () => {
      resolve();
      await whenReady();
    };
  });
  const ended = import(pathToFileURL(file).href).catch((error: unknown) => {
    console.error('App threw an error during load', error);
    app.exit(1);
  });
  await Promise.race([ended, waits]);
}

/** What macOS does when a file is double-clicked and the app does not run yet. Paths, one a line. */
function openFilesBeforeReady(): void {
  for (const file of process.env.STANDIN_OPEN_FILES?.split('\n') ?? []) {
    app.emit('open-file', preventable(), file);
  }
}

/** A page that ends by itself, or by Playwright, takes its window with it. */
function followPages(): void {
  browser.cdp.browser.on('Target.targetDestroyed', ({ targetId }) => {
    for (const window of windows.values()) if (window.webContents.hasTarget(targetId)) window.destroy();
  });
}
