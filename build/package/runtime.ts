/** @file Electron's runtime for the packages, fetched and checked before anything is packed. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { downloadArtifact } from '@electron/get';
import { Lacking } from './lacking.ts';

const load = createRequire(import.meta.url);

/** npm's platform and processor names. */
export type System = { platform: 'linux' | 'darwin' | 'win32'; arch: string };

export type Runtimes = {
  /** The folder that holds `electron-v….zip`. */
  folderOf(system: { platformName: string; arch: string }): string;
};

const keyOf = (platform: string, arch: string): string => `${platform}-${arch}`;

/**
 * Takes each from the cache of Electron's own tools, or fetches it.
 * SECURITY: checked against the sums that came with the package `electron`, which the lock file pins.
 * @throws Lacking if one cannot be had
 */
export async function fetchRuntimes(version: string, systems: readonly System[]): Promise<Runtimes> {
  const checksums = load('electron/checksums.json') as Record<string, string>;
  const folders = new Map<string, string>();
  for (const { platform, arch } of systems) {
    try {
      const zip = await downloadArtifact({ version, platform, arch, artifactName: 'electron', checksums });
      folders.set(keyOf(platform, arch), path.dirname(zip));
    } catch (error) {
      throw new Lacking(
        `Electron’s runtime ${version} for ${keyOf(platform, arch)} is not here and cannot be fetched. ` +
          'A network that reaches GitHub’s releases has it, or --electron FOLDER names one that is unpacked.',
        error,
      );
    }
  }
  return {
    folderOf({ platformName, arch }) {
      const folder = folders.get(keyOf(platformName, arch));
      if (folder === undefined) throw new Error(`nobody fetched a runtime for ${keyOf(platformName, arch)}`);
      return folder;
    },
  };
}
