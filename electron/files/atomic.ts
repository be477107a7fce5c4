/** @file The one writer: how a temporary comes to be, gets its final name, or replaces (FORMAT.md section 5). */
import { randomUUID } from 'node:crypto';
import { lstatSync, renameSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fsyncFolder } from './fsync-folder.ts';
import { identityOf, sameFile } from './identity.ts';
import { errnoOf, ioErrors } from './io-error.ts';
import { nameErrors } from './name-errors.ts';
import { setPermissions } from './permissions.ts';
import type { FileHandle } from './file-handle.ts';
import { link, lstat, lstatIfThere, open, rename, unlink } from './fs.ts';

/**
 * Creates a temporary, open for reading and writing, readable by its owner only. Exclusive: nothing is overwritten and
 * no link followed.
 * @throws EnvelopeError `name-taken`, `target-missing`, `target-unwritable`, `name-impossible`, `disk-full`
 */
export async function createPartial(partial: string): Promise<FileHandle> {
  return await ioErrors('target', partial, async () => await open(partial, 'wx+', 0o600));
}

/** Creates the private folder that an archive is extracted into. Errors as {@link createPartial}. */
export async function createPartialFolder(partial: string): Promise<void> {
  await ioErrors('target', partial, async () => await mkdir(partial, 0o700));
}

/** Whether anything stands under `file`: a dangling link counts. */
export async function exists(file: string): Promise<boolean> {
  return await ioErrors('target', file, async () => (await lstatIfThere(file)) !== undefined);
}

/** Removes a file, or link, that may be gone already; never a folder. */
export async function removeFile(file: string): Promise<void> {
  await ioErrors('target', file, async () => {
    try {
      await unlink(file);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  });
}

/** A final name that was taken, so far beside (`linked`) or instead of (`renamed`) the temporary's own. */
export type Claim = { partial: string; final: string; how: 'linked' | 'renamed' };

/** What file systems answer that have no hard links; EISDIR is exFAT on Windows (nodejs/node#65817). */
const noHardLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EISDIR']);

/**
 * Takes `final` for the temporary `partial` without ever replacing anything. Where there are hard links the file system
 * decides, also about case and Unicode forms, and the temporary keeps its own name until {@link settleClaim}.
 * Folders have no hard links; a rename replaces no folder with anything in it.
 * @returns undefined if the name is taken
 * @throws EnvelopeError `target-missing`, `target-unwritable`, `name-impossible`, `io-failed`
 */
export async function claimName(
  partial: string,
  final: string,
  system: { link: typeof link } = { link },
): Promise<Claim | undefined> {
  return await nameErrors(final, async () => {
    try {
      await system.link(partial, final);
      return { partial, final, how: 'linked' };
    } catch (error) {
      const errno = errnoOf(error) ?? '';
      if (errno === 'EEXIST') {
        // A link made twice is one link: a crash came before settling, or a network disk repeated the request.
        return (await areOneFile(partial, final)) ? { partial, final, how: 'linked' } : undefined;
      }
      if (!noHardLinks.has(errno)) throw error;
    }
    // In one turn, so that two jobs of this process cannot both find the name free.
    if (lstatSync(final, { throwIfNoEntry: false }) !== undefined) return undefined;
    renameSync(partial, final);
    return { partial, final, how: 'renamed' };
  });
}

/** False too if one of them is gone meanwhile. */
export async function areOneFile(a: string, b: string): Promise<boolean> {
  try {
    return sameFile(
      identityOf(await lstat(a, { bigint: true })),
      identityOf(await lstat(b, { bigint: true })),
    );
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Gives a claimed name back: the file is a temporary again. A name that somebody else replaced meanwhile is theirs. */
export async function dropClaim({ partial, final, how }: Claim): Promise<void> {
  await ioErrors('target', final, async () => {
    if (how === 'renamed') await rename(final, partial);
    else if (await areOneFile(partial, final)) await unlink(final);
  });
}

/** Ends a claim: the final name is the only one. */
export async function settleClaim({ partial, how }: Claim): Promise<void> {
  if (how === 'linked') await removeFile(partial);
}

/**
 * Gives a finished, fsynced temporary its final name. The caller fsyncs the folder.
 * @returns false if the name is taken
 * @throws EnvelopeError as {@link claimName}
 */
export async function giveName(partial: string, final: string): Promise<boolean> {
  const claim = await claimName(partial, final);
  if (claim === undefined) return false;
  await settleClaim(claim);
  return true;
}

const busyErrnos = new Set(['EPERM', 'EBUSY', 'EACCES']);
/** Milliseconds between attempts, 3 seconds in all: longer than a virus scanner looks at a file. */
const backOff = [10, 20, 50, 100, 200, 400, 800, 1600];

/**
 * Renames `partial` over whatever file is under `final`. On Windows that fails while a virus scanner or indexer holds
 * either of them, so there it is tried again for 3 seconds. Not cancellable: from step 4 on a cancel is not obeyed.
 * @throws EnvelopeError `target-missing`, `target-unwritable`, `io-failed`
 */
export async function replaceName(
  partial: string,
  final: string,
  system = { rename, sleep, platform: process.platform as string },
): Promise<void> {
  await nameErrors(final, async () => {
    for (const wait of system.platform === 'win32' ? backOff : []) {
      try {
        await system.rename(partial, final);
        return;
      } catch (error) {
        if (!busyErrnos.has(errnoOf(error) ?? '')) throw error;
        await system.sleep(wait);
      }
    }
    await system.rename(partial, final);
  });
}

/**
 * Writes a small new file for this user alone, without making it durable: a power failure may leave it short or empty.
 * @returns false if the name is taken, also by a link
 * @throws EnvelopeError `target-missing`, `target-unwritable`, `disk-full`, `io-failed`
 */
export async function writeNew(file: string, bytes: Uint8Array): Promise<boolean> {
  return await ioErrors('target', file, async () => {
    let handle: FileHandle;
    try {
      handle = await open(file, 'wx', 0o600);
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false;
      throw error;
    }
    try {
      await using open = handle;
      await open.writeFile(bytes);
      return true;
    } catch (error) {
      await unlink(file).catch(() => {});
      throw error;
    }
  });
}

/** `mode`: permission bits. `durable`: on disk, not only handed to the system, when this returns. */
type WholeOptions = { mode?: number; durable?: boolean };

/**
 * Writes a small file of the program (settings, keys) so that its old or its new bytes are there, never less. A link is
 * followed and kept.
 * @throws EnvelopeError `target-missing`, `target-unwritable`, `disk-full`, `io-failed`
 */
export async function writeWhole(
  file: string,
  bytes: Uint8Array | string,
  options: WholeOptions = {},
): Promise<void> {
  const real = await ioErrors('target', file, async () =>
    (await exists(file)) ? await realpath(file) : path.resolve(file),
  );
  await writeOver(real, bytes, options);
}

/** The same, but a link in the place of `file` is replaced and not followed. Errors as {@link writeWhole}. */
export async function writeOver(
  file: string,
  bytes: Uint8Array | string,
  { mode = 0o600, durable = true }: WholeOptions = {},
): Promise<void> {
  const folder = path.dirname(file);
  const partial = path.join(folder, `.${randomUUID()}.partial`);
  const handle = await createPartial(partial);
  try {
    await ioErrors('target', file, async () => {
      await using open = handle;
      await open.writeFile(bytes);
      await setPermissions(open, mode);
      if (durable) await open.sync();
    });
    await replaceName(partial, file);
  } catch (error) {
    await removeFile(partial);
    throw error;
  }
  if (durable) await fsyncFolder(folder);
}
