/** @file Other envelopes of the same bodies, beside a selection: old copies, whose keys open those bodies as ever. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import { ENVELOPE_SUFFIX, hasSuffix } from '../files/stem.ts';

/** Folders that are looked into, and in each of them what the selection has there. */
export class Siblings {
  readonly #folders = new Map<string, { paths: Set<string>; streams: Set<string> }>();

  add({ path: file, envelope }: EnvelopeFile): void {
    const folder = path.dirname(file);
    const known = this.#folders.get(folder) ?? { paths: new Set(), streams: new Set() };
    this.#folders.set(folder, known);
    known.paths.add(file);
    known.streams.add(envelope.header.stream);
  }

  [Symbol.iterator]() {
    return this.#folders.entries();
  }
}

/**
 * Envelopes in the same folders that are not of the selection but belong to a body of it. What cannot be read is passed
 * over: it opens nothing as it is.
 * @throws EnvelopeError `cancelled`
 */
export async function* otherEnvelopes(
  siblings: Siblings,
  signal?: AbortSignal,
): AsyncGenerator<EnvelopeFile, void, undefined> {
  for (const [folder, { paths, streams }] of siblings) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const file = path.join(folder, name);
      if (!hasSuffix(name, ENVELOPE_SUFFIX) || paths.has(file)) continue;
      if (signal?.aborted === true) throw new EnvelopeError('cancelled', 'the proof was cancelled');
      const found = await readEnvelopeFile(file).catch(() => undefined);
      if (found !== undefined && streams.has(found.envelope.header.stream)) yield found;
    }
  }
}
