/** @file The last step of opening: plaintext that passed every check gets its final name (FORMAT.md section 5, Open). */
import path from 'node:path';
import { isEnvelopeError } from '../../shared/errors.ts';
import { exists, giveName, replaceName } from '../files/atomic.ts';
import { refuseSameFile } from '../files/same-file.ts';
import { numbered, systemName } from '../files/stem.ts';
import type { Engine } from './engine.ts';
import type { OpenRequest } from './open.ts';
import type { Unlocked } from './unlock.ts';

/** An opening whose temporary is complete and on disk. */
export type Finishing = {
  engine: Engine;
  unlocked: Unlocked;
  request: OpenRequest;
  partial: string;
  /** As the system can hold it, or the disk. */
  name: string;
};

/**
 * Gives the partial its final name; where the disk cannot hold it, the one it would have on Windows: USB sticks are used on
 * both: `name` is then changed.
 * @returns the path, or undefined if it was taken and is to be skipped
 * @throws EnvelopeError `name-impossible`, `target-…`, `same-file`, `io-failed`
 */
export async function finish(opening: Finishing): Promise<string | undefined> {
  try {
    return await finishAs(opening);
  } catch (error) {
    const { name, changed } = systemName(opening.name, 'win32');
    if (!isEnvelopeError(error, 'name-impossible') || !changed) throw error;
    opening.name = name;
    if (opening.request.collision === 'replace') await refuseOwnPair(opening);
    return await finishAs(opening);
  }
}

/** @throws EnvelopeError `same-file` if the name is that of a half of the pair that is opened */
export async function refuseOwnPair({ unlocked: { file, body }, request, name }: Finishing): Promise<void> {
  await refuseSameFile(path.join(request.folder, name), [file.path, body.path]);
}

async function finishAs({
  engine,
  unlocked,
  request,
  partial,
  name,
}: Finishing): Promise<string | undefined> {
  const { folder, collision } = request;
  for (let n = 1; ; n += 1) {
    const target = path.join(folder, numbered(name, n));
    if (collision === 'replace') {
      // A folder is never merged into or deleted: the one that is there goes to the bin.
      if (unlocked.content.kind === 'folder' && (await exists(target))) await engine.moveToBin(target);
      await replaceName(partial, target);
      return target;
    }
    if (await giveName(partial, target)) return target;
    if (collision === 'skip') return undefined;
  }
}
