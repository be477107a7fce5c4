import { allowAtOnce } from '../files/at-once.ts';
import { isOnLocalDisk } from '../files/local-disk.ts';
import type { Home } from './home.ts';

/**
 * Lets calls to the file system be made at once (`files/at-once.ts`) if all of `paths` and the program's own folders lie on
 * disks of this machine. On a share that hangs, the second Ctrl-C must still end the program.
 */
export async function waitForLocalDisks(
  { places, copies }: Pick<Home, 'places' | 'copies'>,
  paths: readonly (string | undefined)[],
): Promise<void> {
  // Settings that cannot be read are told by whoever needs them.
  const own = await copies.config().catch(() => undefined);
  if (own === undefined) return;
  for (const file of [places.journalFolder, places.settingsFile, own.folder, ...paths]) {
    if (file !== undefined && !(await isOnLocalDisk(file))) return;
  }
  allowAtOnce();
}
