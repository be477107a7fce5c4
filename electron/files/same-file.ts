import { realpath } from 'node:fs/promises';
import { EnvelopeError } from '../../shared/errors.ts';
import { type FileIdentity, identityOf, sameFile } from './identity.ts';
import { errnoOf, ioErrors } from './io-error.ts';
import { stat } from './fs.ts';

/**
 * Refuses to write over what is being read, also through links and `x/../x`: two are one file if device and file number
 * agree (FORMAT.md section 5). An `output` that does not exist yet is another file.
 * @throws EnvelopeError `same-file`, `source-missing`, `source-unreadable`
 */
export async function refuseSameFile(output: string, inputs: readonly string[]): Promise<void> {
  for (const input of inputs) {
    if (!(await isSameFile(input, output))) continue;
    throw new EnvelopeError('same-file', 'input and output are the same file', { input, output });
  }
}

async function isSameFile(input: string, output: string): Promise<boolean> {
  if (input === output) return true;
  const from = await identityAt(input);
  const to = await identityAt(output);
  if (from === undefined || to === undefined) return false;
  // Some network disks number no files; there the resolved paths must do.
  if (from.inode === 0n) return (await realpath(input)) === (await realpath(output));
  return sameFile(from, to);
}

async function identityAt(file: string): Promise<FileIdentity | undefined> {
  return await ioErrors('source', file, async () => {
    try {
      return identityOf(await stat(file, { bigint: true }));
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  });
}
