/** @file What electron-builder is told. One value; each system's part is in a file of its own. */
import { createRequire } from 'node:module';
import type { Configuration } from 'electron-builder';
import { afterPack, withoutDefaultApp } from './after-pack.ts';
import { APP_ID } from '../../electron/app/app-id.ts';
import type { Feed } from '../../electron/updates/feed.ts';
import { PRODUCT } from './identity.ts';
import { linux } from './linux.ts';
import { mac } from './mac.ts';
import type { Runtimes } from './runtime.ts';
import { windows } from './windows.ts';

const load = createRequire(import.meta.url);
export const { version: electronVersion } = load('electron/package.json') as { version: string };
export const { version: programVersion } = load('../../package.json') as { version: string };

export type Making = {
  /** Where packages go. */
  output: string;
  /** A folder with Electron's runtime, unpacked, or those that were fetched. */
  runtime: string | Runtimes;
  /** For specs only (fuses.ts). */
  inspectable?: boolean | undefined;
  /** Where the program looks for newer versions. Without one it never does. */
  feed?: Feed | undefined;
};

export function configuration({ output, runtime, inspectable = false, feed }: Making): Configuration {
  return {
    appId: APP_ID,
    productName: PRODUCT,
    copyright: 'MIT licence',
    electronVersion,
    electronDist: typeof runtime === 'string' ? runtime : (stage) => runtime.folderOf(stage),
    directories: { app: 'out', output, buildResources: 'build/icons' },
    // SECURITY: only what we bundled: no node_modules, no sources, no tests. The command line is a package of its own.
    files: ['**/*', '!cli.js', '!.compiled/**', '!documents/**'],
    // What people are shown is opened by other programs, which cannot look into the archive.
    extraResources: [
      { from: 'out/documents', to: 'documents' },
      { from: 'LICENSE', to: 'documents/LICENSE.txt' },
    ],
    asar: true,
    // There are no modules to rebuild, collect or pack: `false` says that they are somebody else's matter.
    beforeBuild: async () => await Promise.resolve(false),
    // Names of files say what they are for.
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    // Nothing is published by a build. Of this, electron-updater wants to know the name of its folder; where it looks, and
    // whom it believes, stands in the manifest inside the archive.
    publish: feed === undefined ? null : { provider: 'generic', url: feed.url },
    ...(feed === undefined ? {} : { extraMetadata: { updates: feed } }),
    afterExtract: withoutDefaultApp,
    afterPack: afterPack(inspectable),
    ...linux,
    ...mac,
    ...windows,
  };
}
