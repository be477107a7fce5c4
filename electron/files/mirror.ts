import { chmod, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { exists } from './atomic.ts';
import { errnoOf } from './io-error.ts';
import { nameErrors } from './name-errors.ts';
import { setModifiedByPath } from './times.ts';
import { umask } from './umask.ts';

/** A folder as the original has it. */
export type MirroredFolder = { /** Permission bits. */ mode: number; modifiedMs: number };

/**
 * The folders of a tree, made again elsewhere. They get the originals' permissions and times once everything is in
 * them: writing into a folder changes its time, and needs a permission that the original may lack.
 */
export class Mirror {
  readonly #made = new Map<string, MirroredFolder>();

  /**
   * Makes `folder` in a folder that exists, unless it is there. One that was there already keeps what it has.
   * @throws EnvelopeError `target-unwritable`, `target-missing`, `name-impossible`, `disk-full`
   */
  async make(folder: string, original: MirroredFolder): Promise<void> {
    if (await makeFolder(folder, 0o700)) this.#made.set(folder, original);
  }

  /** Sets permissions (less the umask) and times, deepest first. What the system refuses is left as it is. */
  async finish(): Promise<void> {
    const deepestFirst = [...this.#made].sort(
      ([a], [b]) => b.split(path.sep).length - a.split(path.sep).length,
    );
    for (const [folder, { mode, modifiedMs }] of deepestFirst) {
      await chmod(folder, mode & ~umask).catch(() => undefined);
      try {
        setModifiedByPath(folder, modifiedMs);
      } catch {
        // A file system without such times.
      }
    }
  }
}

/**
 * Makes `folder`, and what is above it, unless it is there. Step by step: Node's own recursive mkdir never ends where a
 * system answers "no such folder" for one that can not be made (`/proc`).
 * @returns whether it was made
 * @throws EnvelopeError `target-missing`, `target-unwritable`, `name-taken` by a file, `name-impossible`, `disk-full`
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<boolean> {
  return await nameErrors(folder, async () => {
    try {
      await mkdir(folder, mode);
      return true;
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === 'EEXIST' && (await stat(folder)).isDirectory()) return false;
      if (errno !== 'ENOENT' || (await exists(path.dirname(folder)))) throw error;
    }
    await makeFolder(path.dirname(folder), mode);
    await mkdir(folder, mode);
    return true;
  });
}
