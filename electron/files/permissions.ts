/** @file Permission bits of new files, on disks that have none too. */
import { errnoOf } from './io-error.ts';

/**
 * What is answered where there are no such bits, or where every file belongs to whom the disk was mounted for: USB sticks,
 * shares, folders of other machines.
 */
const refusals = new Set(['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

/**
 * Gives a new file its permission bits where the disk has any. A refusal is not worth an error: the file was made for its
 * owner alone, or on a disk that knows no owners.
 * @throws the system's error if the disk fails
 */
export async function setPermissions(
  file: { chmod: (mode: number) => Promise<void> },
  mode: number,
): Promise<void> {
  try {
    await file.chmod(mode);
  } catch (error) {
    if (!refusals.has(errnoOf(error) ?? '')) throw error;
  }
}
