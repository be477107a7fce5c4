import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { createPartial } from '../files/atomic.ts';
import { ioErrors } from '../files/io-error.ts';
import type { Journal } from '../files/journal.ts';
import { type NamedPair, namePair, removePartials } from '../files/pair.ts';
import { setPermissions } from '../files/permissions.ts';
import { readStart } from '../files/read-start.ts';
import { numberedStem } from '../files/stem.ts';
import { umask } from '../files/umask.ts';
import type { Collision } from '../../shared/settings.ts';
import type { FileHandle } from '../files/file-handle.ts';
import { open } from '../files/fs.ts';

/** What cannot be taken away is left to the next start, and does not stand before what failed. */
async function areRemoved(paths: { body: string; envelope: string }): Promise<boolean> {
  try {
    await removePartials(paths);
    return true;
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return false;
  }
}

/** Permission bits, and whose it is if that is not left to the system. */
export type Owned = { mode: number; uid?: number; gid?: number };

async function setOwned(file: FileHandle, { mode, uid, gid }: Owned): Promise<void> {
  // Only an administrator may give a file away, and to whom else it belongs is not worth an error.
  if (uid !== undefined && gid !== undefined) await file.chown(uid, gid).catch(() => {});
  await setPermissions(file, mode & 0o777);
}

/**
 * A pair under its temporary names, from the journal's note to the final names (FORMAT.md section 5, Seal, steps 2 to
 * 5). Disposed before it has its final names, it takes everything away again.
 */
export class PartialPair implements AsyncDisposable {
  readonly body: FileHandle;
  readonly #journal: Journal;
  readonly #id: string;
  readonly #folder: string;
  readonly #paths: { body: string; envelope: string };
  /** Whether the temporaries are nobody's any more: named, or left to the next start. */
  #over: 'no' | 'settled' | 'left-to-recovery' = 'no';

  private constructor(
    journal: Journal,
    id: string,
    folder: string,
    paths: PartialPair['paths'],
    body: FileHandle,
  ) {
    this.#journal = journal;
    this.#id = id;
    this.#folder = folder;
    this.#paths = paths;
    this.body = body;
  }

  /** Absolute paths of the two temporaries. */
  get paths(): { body: string; envelope: string } {
    return this.#paths;
  }

  /**
   * Notes both paths in the journal, then creates the body.
   * @throws EnvelopeError `target-missing`, `target-unwritable`, `disk-full`
   */
  static async create(journal: Journal, folder: string, id: string): Promise<PartialPair> {
    const paths = {
      body: path.join(folder, `.${id}.enc.partial`),
      envelope: path.join(folder, `.${id}.envelope.partial`),
    };
    await journal.note({ job: id, kind: 'seal', folder, ...paths });
    try {
      return new PartialPair(journal, id, folder, paths, await createPartial(paths.body));
    } catch (error) {
      await journal.done(id);
      throw error;
    }
  }

  /**
   * Body to disk, then the envelope written and to disk (steps 2 and 3). Both may be read by whoever may read the
   * original, less the umask: what is in them is not secret, but who may have it is the user's choice. `like`: the pair
   * that is replaced, whose owner and permissions are kept.
   * @throws EnvelopeError `disk-full`, `target-…`, `io-failed`
   */
  async finishWriting(
    envelope: Uint8Array,
    originalMode: number,
    like?: { body: Owned; envelope: Owned },
  ): Promise<void> {
    const own: Owned = { mode: ((originalMode & 0o666) | 0o600) & ~umask };
    await ioErrors('target', this.#paths.body, async () => {
      await setOwned(this.body, like?.body ?? own);
      await this.body.sync();
    });
    await using file = await createPartial(this.#paths.envelope);
    await ioErrors('target', this.#paths.envelope, async () => {
      await file.writeFile(envelope);
      await setOwned(file, like?.envelope ?? own);
      await file.sync();
    });
  }

  /** Reads the envelope back. @throws EnvelopeError `io-failed` unless it is `expected` to the byte */
  async confirmEnvelope(expected: Uint8Array): Promise<void> {
    const found = await ioErrors('target', this.#paths.envelope, async () => {
      await using file = await open(this.#paths.envelope, 'r');
      return await readStart(file, expected.length + 1);
    });
    if (Buffer.compare(found, expected) !== 0) {
      throw new EnvelopeError('io-failed', 'the disk gave back another envelope than was written', {
        path: this.#paths.envelope,
      });
    }
  }

  /**
   * Steps 4 and 5, with `first` as the first choice of a stem; not cancellable once begun.
   * @returns undefined if the name is taken and `collision` is `skip`
   * @throws EnvelopeError those of {@link namePair}; `cancelled` before anything was named
   */
  async giveNames(first: string, collision: Collision, signal?: AbortSignal): Promise<NamedPair | undefined> {
    if (signal?.aborted === true)
      throw new EnvelopeError('cancelled', 'cancelled before the pair got its names');
    try {
      const named = await namePair({
        folder: this.#folder,
        ...this.#paths,
        collision,
        stem: (n) => numberedStem(first, n, this.#id),
        onStem: async (stem) => {
          await this.#journal.note({
            job: this.#id,
            kind: 'seal',
            folder: this.#folder,
            ...this.#paths,
            stem,
            replace: collision === 'replace',
          });
        },
      });
      if (named !== undefined) this.#over = named.settled ? 'settled' : 'left-to-recovery';
      return named;
    } catch (error) {
      if (error instanceof EnvelopeError && error.details.unfinished === true)
        this.#over = 'left-to-recovery';
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.body.close();
    if (this.#over === 'left-to-recovery') return;
    if (this.#over === 'no' && !(await areRemoved(this.#paths))) return;
    await this.#journal.done(this.#id);
  }
}
