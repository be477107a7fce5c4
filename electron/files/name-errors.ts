/** @file Names that the system allows and the disk does not: `10:30.txt` on a USB stick. */
import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { ioErrors } from './io-error.ts';
import { systemName } from './stem.ts';
import { lstat } from './fs.ts';

/**
 * Runs `work`, which gives something the name `file`. Some disks answer a name that they cannot hold with "no such file",
 * which would be told as a folder that is missing.
 * @throws EnvelopeError `name-impossible`, and those of {@link ioErrors}
 */
export async function nameErrors<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await ioErrors('target', file, work);
  } catch (error) {
    const name = path.basename(file);
    if (!isEnvelopeError(error, 'target-missing') || !systemName(name, 'win32').changed) throw error;
    const isFolderThere = await lstat(path.dirname(file)).then(
      () => true,
      () => false,
    );
    if (!isFolderThere) throw error;
    throw new EnvelopeError('name-impossible', error.message, { ...error.details, name }, error);
  }
}
