import { chmod, lstat, readdir, rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf, ioErrors } from './io-error.ts';

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
  await chmod(target, 0o700);
  for (const name of await readdir(target)) await removeAll(path.join(target, name));
  await rmdir(target);
}
