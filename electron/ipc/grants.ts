/** @file Paths the user has handed over. The page knows them by ids that mean nothing elsewhere. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Grant, Granted } from '../../shared/desktop.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { ioErrors } from '../files/io-error.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX } from '../files/stem.ts';

/** Files asked about at once: a drop of ten thousand must not open ten thousand. */
const AT_ONCE = 32;

/** Lives as long as the program: an id stays good until then. */
export class Grants {
  readonly #paths = new Map<string, string>();

  /**
   * Makes a grant of each absolute path, in their order. What is not there, cannot be looked at, or is neither file nor
   * folder, is among the refused: `source-missing`, `source-unreadable`, `source-special`.
   */
  async grant(paths: readonly string[]): Promise<Granted> {
    const granted: Granted = { grants: [], refused: [] };
    for (let from = 0; from < paths.length; from += AT_ONCE) {
      const some = paths.slice(from, from + AT_ONCE);
      for (const outcome of await Promise.all(some.map(async (file) => await this.#grantOne(file)))) {
        if ('error' in outcome) granted.refused.push(outcome);
        else granted.grants.push(outcome);
      }
    }
    return granted;
  }

  /** @throws EnvelopeError `usage` if `id` was never given out */
  pathOf(id: string): string {
    const file = this.#paths.get(id);
    if (file === undefined) throw new EnvelopeError('usage', 'no such grant');
    return file;
  }

  async #grantOne(file: string): Promise<Grant | Granted['refused'][number]> {
    const name = path.basename(file) || file;
    try {
      const { kind, size } = await describe(file);
      const id = randomUUID();
      this.#paths.set(id, file);
      return { id, name, kind, size };
    } catch (error) {
      if (!isEnvelopeError(error)) throw error;
      return { name, error: error.toRecord() };
    }
  }
}

/** By its name alone: what a file really is, is read when it is opened or sealed. */
async function describe(file: string): Promise<Pick<Grant, 'kind' | 'size'>> {
  const stats = await ioErrors('source', file, async () => await stat(file));
  if (stats.isDirectory()) return { kind: 'folder', size: 0 };
  if (!stats.isFile()) throw new EnvelopeError('source-special', 'neither file nor folder', { path: file });
  const suffix = path.extname(file).toLowerCase();
  const kind = suffix === ENVELOPE_SUFFIX ? 'envelope' : suffix === BODY_SUFFIX ? 'body' : 'file';
  return { kind, size: stats.size };
}
