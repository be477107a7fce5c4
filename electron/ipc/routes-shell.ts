/** @file The calls that are about the window and the system: the shell's part of the routes. */
import path from 'node:path';
import { app, shell } from 'electron';
import type { AppInfo, KeyStoreState } from '../../shared/desktop.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { LinkId } from '../../shared/contract.ts';
import type { Arrivals } from '../app/arrivals.ts';
import type { Dialogs } from '../app/dialogs.ts';
import { isElevated } from '../app/elevated.ts';
import { links } from '../app/links.ts';
import type { Grants } from './grants.ts';
import type { ShellRoutes } from './services.ts';

export type ShellRoutesOptions = {
  arrivals: Arrivals;
  dialogs: Dialogs;
  grants: Grants;
  keyStore: KeyStoreState;
};

export function makeShellRoutes({ arrivals, dialogs, grants, keyStore }: ShellRoutesOptions): ShellRoutes {
  return {
    appInfo: async () => await readAppInfo(keyStore),
    takeArrivals: () => arrivals.take(),
    openLink,
    pick: async (kind) => await grants.grant(await dialogs.pick(kind)),
  };
}

/** Opens a page of the table in the system's browser, or a document of ours in its program. */
export async function openLink(id: LinkId): Promise<void> {
  const link = links[id];
  // SECURITY: nothing but the table's addresses ever gets here.
  if ('url' in link) await shell.openExternal(link.url);
  else if ((await shell.openPath(path.join(documentsFolder(), link.document))) !== '')
    throw new EnvelopeError('io-failed', 'no program opened it');
}

/** Outside the archive of a packaged program: what opens them is another program. */
const documentsFolder = (): string =>
  path.join(app.isPackaged ? process.resourcesPath : import.meta.dirname, 'documents');

async function readAppInfo(keyStore: KeyStoreState): Promise<AppInfo> {
  return {
    version: app.getVersion(),
    platform: process.platform,
    locale: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
    keyStore,
    sandboxOff: app.commandLine.hasSwitch('no-sandbox'),
    elevated: await isElevated(),
  };
}
