import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import { errnoOf, ioErrors } from './io-error.ts';

/** The folder itself or, if it is still to be made, the nearest one above it that exists. */
async function existing(folder: string): Promise<{ folder: string; device: bigint }> {
  return await ioErrors('target', folder, async () => {
    for (let at = path.resolve(folder); ; at = path.dirname(at)) {
      try {
        return { folder: at, device: (await stat(at, { bigint: true })).dev };
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT' || path.dirname(at) === at) throw error;
      }
    }
  });
}

/**
 * Bytes this user may still write on the disk of `folder`, which need not exist yet. Infinity where the disk does not
 * say (some network disks report a size of zero).
 * @throws EnvelopeError `target-missing`, `target-unwritable`, `io-failed`
 */
export async function freeBytes(folder: string): Promise<number> {
  const { folder: at } = await existing(folder);
  const stats = await ioErrors('target', folder, async () => await statfs(at, { bigint: true }));
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

/** The same for a whole batch: what goes to folders on one disk is added up. */
export async function needSpaceForAll(needs: readonly { folder: string; bytes: number }[]): Promise<void> {
  const byDevice = new Map<bigint, { folder: string; bytes: number }>();
  for (const { folder, bytes } of needs) {
    const { device } = await existing(folder);
    const sum = byDevice.get(device);
    byDevice.set(device, { folder: sum?.folder ?? folder, bytes: bytes + (sum?.bytes ?? 0) });
  }
  for (const { folder, bytes } of byDevice.values()) await needSpace(folder, bytes);
}
