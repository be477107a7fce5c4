import { constants } from 'node:fs';
import { chmod, lstat, open, readdir, rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf, ioErrors } from './io-error.ts';
import { setPermissions } from './permissions.ts';

/**
 * Removes `target`, a file or a folder with everything in it, that may be gone already. Links are removed, never
 * followed. Meant for private folders of our own: what an archive made read-only in them goes too.
 * @throws EnvelopeError `target-unwritable`, `io-failed`
 */
export async function removeTree(target: string): Promise<void> {
  await ioErrors('target', target, async () => {
    try {
      await removeAll(target);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  });
}

async function removeAll(target: string): Promise<void> {
  if (!(await lstat(target)).isDirectory()) {
    await unlink(target);
    return;
  }
  await makeOurs(target);
  for (const name of await readdir(target)) await removeAll(path.join(target, name));
  await rmdir(target);
}

/** Opens by path without a right to read (Linux; Node has no name for it). */
const O_PATH = 0x20_0000;

/** Lets us into a folder, by a descriptor: a link that was put in its place meanwhile is not followed. */
async function makeOurs(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const flags = constants.O_DIRECTORY | constants.O_NOFOLLOW;
  try {
    await using opened = await open(folder, constants.O_RDONLY | flags);
    await setPermissions(opened, 0o700);
  } catch (error) {
    if (errnoOf(error) !== 'EACCES' || process.platform !== 'linux') throw error;
    await using opened = await open(folder, O_PATH | flags);
    await chmod(`/proc/self/fd/${opened.fd}`, 0o700);
  }
}
