/** @file Keeping copies of envelopes that were there before, or came from elsewhere. */
import { stat } from 'node:fs/promises';
import { type EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { CopyReason } from '../../shared/notes.ts';
import { decodeBase64url } from '../envelope/base64url.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import { ioErrors } from '../files/io-error.ts';
import { ENVELOPE_SUFFIX, hasSuffix } from '../files/stem.ts';
import { walk } from '../files/walk.ts';
import type { CopyKeeper } from './copies.ts';

/** What became of one envelope: kept, there already as it is, or why it is not kept. */
export type Added =
  | { path: string; state: 'kept' | 'there' }
  | { path: string; state: 'failed'; why: CopyReason | EnvelopeError };

/**
 * Keeps a copy of the envelope at `given`, or of every envelope in that folder. One of the same body that is there
 * already gives way: what is on disk counts.
 * @throws EnvelopeError `source-…` of `given`; `cancelled`
 */
export async function* addCopiesOf(
  given: string,
  copies: Pick<CopyKeeper, 'keep' | 'find'>,
  signal?: AbortSignal,
): AsyncGenerator<Added, void, undefined> {
  if (!(await ioErrors('source', given, async () => await stat(given))).isDirectory()) {
    yield await addOne(given, copies);
    return;
  }
  for await (const found of walk(given, { signal })) {
    if (found.kind !== 'file' || typeof found.source !== 'string') continue;
    if (hasSuffix(found.source, ENVELOPE_SUFFIX)) yield await addOne(found.source, copies);
  }
}

async function addOne(file: string, copies: Pick<CopyKeeper, 'keep' | 'find'>): Promise<Added> {
  try {
    const { envelope, bytes } = await readEnvelopeFile(file);
    const stream = decodeBase64url(envelope.header.stream);
    const copy = await copies.find(stream);
    if (copy !== undefined && Buffer.compare(copy.bytes, bytes) === 0) return { path: file, state: 'there' };
    const why = await copies.keep(stream, bytes);
    return why === undefined ? { path: file, state: 'kept' } : { path: file, state: 'failed', why };
  } catch (error) {
    if (!isEnvelopeError(error) || error.code === 'settings-invalid') throw error;
    return { path: file, state: 'failed', why: error };
  }
}
