import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import path from 'node:path';
import { ioErrors } from '../files/io-error.ts';

/**
 * Whether the folder of a file, links followed, takes new files: a rewrite is a new file that takes the old one's name.
 * What the system says beforehand may be wrong; the writing itself decides.
 * @throws EnvelopeError `target-unwritable`, `source-missing`
 */
export async function checkFolder(file: string): Promise<void> {
  const folder = path.dirname(await ioErrors('source', file, async () => await realpath(file)));
  await ioErrors('target', folder, async () => {
    await access(folder, constants.W_OK | constants.X_OK);
  });
}
