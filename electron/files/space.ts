import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import { errnoOf, fromSystem } from './io-error.ts';
import { stat, statfs } from './fs.ts';

/**
 * Asks about the folder itself or, if it is still to be made, about the nearest one above it that exists. If that one is
 * a file, the error names the file.
 */
async function askAt<T>(folder: string, ask: (existing: string) => Promise<T>): Promise<T> {
  let below: unknown;
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    try {
      const answer = await ask(at);
      if (below === undefined) return answer;
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === 'ENOTDIR') below = error;
      if ((errno === 'ENOENT' || errno === 'ENOTDIR') && path.dirname(at) !== at) continue;
      throw fromSystem(error, 'target', at);
    }
    throw fromSystem(below, 'target', at);
  }
}

/**
 * Bytes this user may still write on the disk of `folder`, which need not exist yet. Infinity where the disk does not
 * say (some network disks report a size of zero).
 * @throws EnvelopeError `target-missing`, `target-unwritable`, `io-failed`
 */
export async function freeBytes(folder: string): Promise<number> {
  const stats = await askAt(folder, async (at) => await statfs(at, { bigint: true }));
  return stats.blocks === 0n ? Infinity : Number(stats.bavail * stats.bsize);
}

/**
 * Checks before a job that its `bytes` fit into `folder`, which need not exist yet.
 * @throws EnvelopeError `disk-full` with `details` {folder, needed, free} in bytes
 */
export async function needSpace(folder: string, bytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (bytes <= free) return;
  throw new EnvelopeError('disk-full', 'not enough space', { folder, needed: bytes, free });
}

/** Bytes that go to a folder. */
export type SpaceNeed = { folder: string; bytes: number };

/** What goes to folders on one disk, added up: each disk once, by one of its folders. Errors as {@link freeBytes}. */
export async function needsByDisk(needs: readonly SpaceNeed[]): Promise<SpaceNeed[]> {
  const byDevice = new Map<bigint, SpaceNeed>();
  for (const { folder, bytes } of needs) {
    const device = await askAt(folder, async (at) => (await stat(at, { bigint: true })).dev);
    const sum = byDevice.get(device);
    byDevice.set(device, { folder: sum?.folder ?? folder, bytes: bytes + (sum?.bytes ?? 0) });
  }
  return [...byDevice.values()];
}

/** {@link needSpace} for a whole batch. */
export async function needSpaceForAll(needs: readonly SpaceNeed[]): Promise<void> {
  for (const { folder, bytes } of await needsByDisk(needs)) await needSpace(folder, bytes);
}
