import { lstat } from 'node:fs/promises';
import { EnvelopeError, type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import { type FileIdentity, identityOf } from './identity.ts';
import { errnoOf, fromSystem, ioErrors } from './io-error.ts';
import { isStillThat } from './still-that.ts';

/** Moves one path to the system's bin. The desktop passes its own. */
export type Mover = (path: string) => Promise<void>;

/**
 * An original that was sealed. For a folder sealed as an archive, `files` is everything in it that was read: the folder
 * goes to the bin only if each is unchanged too.
 */
export type Original = {
  path: string;
  identity: FileIdentity;
  files?: readonly { path: string; identity: FileIdentity }[];
};

/** What became of each original, in order: `error` if it stayed where it is. */
export type Binned = { path: string; error?: ErrorRecord };

/**
 * Moves originals to the bin, each only if right before it still is what was sealed (FORMAT.md section 5: after step 5
 * and a verify that read the disk back, which is the caller's part). One that fails does not stop the others. A cancel
 * leaves the rest where it is.
 */
export async function moveToBin(
  originals: readonly Original[],
  { move = systemBin, signal }: { move?: Mover; signal?: AbortSignal | undefined } = {},
): Promise<Binned[]> {
  const results: Binned[] = [];
  for (const original of originals) {
    const { path } = original;
    try {
      if (signal?.aborted === true) throw new EnvelopeError('cancelled', 'cancelled before it was moved');
      for (const part of [...(original.files ?? []), original]) await confirmUnchanged(part);
      await move(path).catch((error: unknown) => {
        throw notMoved(error, path);
      });
      results.push({ path });
    } catch (error) {
      if (!isEnvelopeError(error)) throw error;
      results.push({ path, error: error.toRecord() });
    }
  }
  return results;
}

async function confirmUnchanged({ path, identity }: { path: string; identity: FileIdentity }): Promise<void> {
  // lstat: a link is not the file that was sealed, and binning it would leave that where it is.
  const now = await ioErrors('source', path, async () => identityOf(await lstat(path, { bigint: true })));
  if (isStillThat(identity, now, path)) return;
  throw new EnvelopeError('source-changed', 'no longer the file that was sealed', { path });
}

/** Whatever a mover throws is the system's answer, not a bug of ours. */
function notMoved(error: unknown, path: string): unknown {
  if (errnoOf(error) !== undefined || isEnvelopeError(error)) return fromSystem(error, 'source', path);
  return new EnvelopeError('io-failed', 'the bin did not take it', { path }, error);
}

/** The bin of this system: where a program without a desktop of its own puts things. */
export const systemBin: Mover = async (path) => {
  // Loaded only here: it brings helper programs along that nothing else needs.
  const { default: trash } = await import('trash');
  await trash([path], { glob: false });
};
