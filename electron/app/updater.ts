/** @file What really loads and installs newer versions: electron-updater, told where to look and whom to believe. */
import path from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import { type Feed, readFeed } from '../updates/feed.ts';
import type { System } from '../updates/manifest.ts';
import type { Updater } from '../updates/updates.ts';

/** Why nothing updates this program, or what does. Loaded when it is first asked for, and only where there is a feed. */
export async function openUpdater(): Promise<Updater | 'no-feed' | 'package'> {
  const feed = app.isPackaged ? await readFeed(path.join(import.meta.dirname, 'package.json')) : undefined;
  if (feed === undefined) return 'no-feed';
  const system = systemHere();
  return system === undefined ? 'package' : updaterOf(await makeUpdater(feed, system));
}

/** The system whose packages replace themselves. Those of deb and rpm belong to the system's own tools. */
function systemHere(): System | undefined {
  if (process.platform === 'win32') return 'win';
  if (process.platform === 'darwin') return 'mac';
  return process.env['APPIMAGE'] === undefined ? undefined : 'linux';
}

async function makeUpdater(feed: Feed, system: System): Promise<AppUpdater> {
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater');
  const updater = new { linux: AppImageUpdater, mac: MacUpdater, win: NsisUpdater }[system]();
  const { SignedProvider } = await import('./signed-provider.ts');
  updater.setFeedURL({ provider: 'custom', updateProvider: SignedProvider, signed: { feed, system } });
  // It writes addresses and paths.
  updater.logger = null;
  // Nothing is loaded or installed but by a click, and never an older version.
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  // The whole package or none: what a difference is made from is not signed.
  updater.disableDifferentialDownload = true;
  // SECURITY: security.ts denies every session the network. This one, which no page uses, may speak with the feed alone.
  await updater.netSession.setProxy({ mode: 'system' });
  updater.netSession.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !url.startsWith(feed.url) }),
  );
  return updater;
}

function updaterOf(updater: AppUpdater): Updater {
  // What fails is told by the promises; an event without a listener would end the program.
  updater.on('error', () => {});
  return {
    look: async () => {
      const found = await updater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : undefined;
    },
    load: async (onProgress) => {
      const tell = ({ percent }: { percent: number }): void => onProgress(percent / 100);
      updater.on('download-progress', tell);
      try {
        await updater.downloadUpdate();
      } finally {
        updater.off('download-progress', tell);
      }
    },
    install: () => updater.quitAndInstall(false, true),
  };
}
