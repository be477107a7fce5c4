/** @file Finding the other half of a pair, by content (FORMAT.md section 2, Names on disk). Nothing is opened by a
 *  path read from an envelope. */
import { constants } from 'node:fs';
import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { exists } from '../files/atomic.ts';
import { errnoOf, fromSystem, ioErrors } from '../files/io-error.ts';
import { openSource } from '../files/source.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, swapSuffix } from '../files/stem.ts';
import { readStart } from '../files/read-start.ts';
import { HEADER_BYTES } from '../stream/header.ts';
import { plaintextLength } from '../stream/sizes.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { FolderIndex, readStream } from './folder-index.ts';
import { type EnvelopeFile, readEnvelopeFile } from './read.ts';
import type { FileHandle } from '../files/file-handle.ts';
import { open } from '../files/fs.ts';

/** An open body whose first 40 bytes are the envelope's `stream`. `length` is F. The holder closes it. */
export type Body = { path: string; handle: FileHandle; length: number };

/** Whether a regular file begins with `stream`: its length, or undefined. */
async function lengthOfBody(handle: FileHandle, stream: Uint8Array): Promise<number | undefined> {
  const stats = await handle.stat();
  if (!stats.isFile()) return undefined;
  const first = await readStart(handle, HEADER_BYTES);
  return Buffer.compare(first, stream) === 0 ? stats.size : undefined;
}

/** Opens `file` if it is a body that begins with `stream`; otherwise undefined. */
async function openIfBody(file: string, stream: Uint8Array): Promise<Body | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw fromSystem(error, 'source', file);
  }
  try {
    const length = await lengthOfBody(handle, stream);
    if (length !== undefined) return { path: file, handle, length };
  } catch (error) {
    await handle.close();
    throw fromSystem(error, 'source', file);
  }
  await handle.close();
  return undefined;
}

/**
 * The body of an envelope: `T.enc` beside it if that begins with `stream`, else any `*.enc` beside it that does.
 * With `given` (the user's answer) only that file is looked at. `index`: of the batch.
 * @throws EnvelopeError `body-missing`; `body-foreign` if there is a `T.enc`, or a given file, of another envelope ·
 *   `source-unreadable`, `source-special`, `io-failed` if that cannot be read
 */
export async function findBody(file: EnvelopeFile, given?: string, index = new FolderIndex()): Promise<Body> {
  const stream = decodeBase64url(file.envelope.header.stream);
  const expected = given ?? swapSuffix(file.path, ENVELOPE_SUFFIX, BODY_SUFFIX);
  // What cannot be read in the place of the body is told only if no other file fits.
  let unreadable: EnvelopeError | undefined;
  const direct = await openIfBody(expected, stream).catch((error: unknown) => {
    if (!isEnvelopeError(error)) throw error;
    unreadable = error;
    return undefined;
  });
  if (direct !== undefined) return direct;

  if (given === undefined) {
    const other = (await index.bodies(path.dirname(file.path))).get(file.envelope.header.stream);
    const found = other === undefined ? undefined : await openIfBody(other, stream).catch(() => undefined);
    if (found !== undefined) return found;
  }
  if (unreadable !== undefined) throw unreadable;
  if (await exists(expected)) {
    throw new EnvelopeError('body-foreign', 'the file in the place of the body is none of this envelope', {
      envelope: file.path,
      body: expected,
    });
  }
  throw new EnvelopeError('body-missing', 'the body is not where the envelope is', {
    envelope: file.path,
    expected,
  });
}

/**
 * The envelope of a body: `T.envelope` beside it if its `stream` is how the body begins, else any `*.envelope` beside
 * it that fits. Envelopes that do not parse are passed over. `index`: of the batch.
 * @throws EnvelopeError `envelope-missing`; `source-…` if the body cannot be read
 */
export async function findEnvelope(body: string, index = new FolderIndex()): Promise<EnvelopeFile> {
  const expected = swapSuffix(body, BODY_SUFFIX, ENVELOPE_SUFFIX);
  const first = await firstBytes(body);
  if (first !== undefined) {
    const own = await readIfFits(expected, first);
    if (own !== undefined) return own;
    const other = (await index.envelopes(path.dirname(body))).get(encodeBase64url(first));
    const found = other === undefined ? undefined : await readIfFits(other, first);
    if (found !== undefined) return found;
  }
  throw new EnvelopeError('envelope-missing', 'no envelope beside this file belongs to it', {
    body,
    expected,
  });
}

/** The envelope at `file` if it is one and of the body that begins with `first`. */
async function readIfFits(file: string, first: Uint8Array): Promise<EnvelopeFile | undefined> {
  const found = await readEnvelopeFile(file).catch(() => undefined);
  if (found === undefined) return undefined;
  return Buffer.compare(decodeBase64url(found.envelope.header.stream), first) === 0 ? found : undefined;
}

/**
 * The first 40 bytes of a regular file, a link followed; undefined if it is shorter, or begins as no body does.
 * @throws EnvelopeError `source-missing`, `source-unreadable`, `source-special`, `io-failed`
 */
export async function firstBytes(file: string): Promise<Uint8Array | undefined> {
  const { handle } = await openSource(file);
  await using open = handle;
  const stream = await ioErrors('source', file, async () => await readStream(open));
  return stream === undefined ? undefined : decodeBase64url(stream);
}

/**
 * Whether `file` can be a body by its first byte, which every body has, and its length (FORMAT.md section 1). One file
 * in 256 of other programs has that byte too.
 * @throws EnvelopeError `source-…`
 */
export async function looksLikeBody(file: string): Promise<boolean> {
  const { handle, identity } = await openSource(file, { noFollow: true });
  await using open = handle;
  const first = new Uint8Array(1);
  await ioErrors('source', file, async () => await open.read(first, 0, 1, 0));
  return first[0] === HEADER_BYTES && plaintextLength(Number(identity.size)) !== undefined;
}
