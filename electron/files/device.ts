import path from 'node:path';
import { errnoOf } from './io-error.ts';
import { stat } from './fs.ts';

/** The number that the system gives the disk of `folder`; undefined if there is no such folder, or it may not be seen. */
export async function deviceOf(folder: string): Promise<string | undefined> {
  return await stat(folder, { bigint: true }).then(
    ({ dev }) => String(dev),
    () => undefined,
  );
}

/**
 * Whether `folder` is gone from the disk `device`, on which it was: the next folder above it that is there lies on that
 * disk. Otherwise the disk itself may be away.
 */
export async function isGoneFrom(device: string | undefined, folder: string): Promise<boolean> {
  for (let at = folder; ; at = path.dirname(at)) {
    try {
      const stats = await stat(at, { bigint: true });
      return at !== folder && String(stats.dev) === device;
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '') || at === path.dirname(at)) return false;
    }
  }
}
