import path from 'node:path';
import { isEnvelopeError } from '../../shared/errors.ts';
import { fsyncFolder } from './fsync-folder.ts';
import { removeTree } from './remove-tree.ts';

/**
 * Takes a temporary of plaintext away, a file or a folder, so that no power failure brings it back.
 * @returns false if the disk does not let it: then it is for the next start, by its entry in the journal
 */
export async function takePlaintextAway(partial: string): Promise<boolean> {
  try {
    await removeTree(partial);
    await fsyncFolder(path.dirname(partial));
    return true;
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return false;
  }
}
