/** @file The 40 bytes that pair an envelope and a body by content (FORMAT.md section 2), read from either. */
import { decodeBase64url } from '../envelope/base64url.ts';
import { MAX_ENVELOPE_BYTES, parseEnvelope } from '../envelope/codec.ts';
import { isEnvelopeError } from '../../shared/errors.ts';
import { ioErrors } from './io-error.ts';
import { readStart } from './read-start.ts';
import { openSource } from './source.ts';

/** Bytes. */
const HEADER = 40;

/**
 * The first 40 bytes of a regular file; undefined if there is none, or it is shorter.
 * @throws EnvelopeError `source-unreadable`, `io-failed`
 */
export async function bodyHeader(file: string): Promise<Uint8Array | undefined> {
  return await readRegular(file, HEADER, (bytes) => (bytes.length === HEADER ? bytes : undefined));
}

/**
 * The 40 bytes in `stream` of an envelope; undefined if there is none, or it is incomplete or damaged.
 * @throws EnvelopeError `source-unreadable`, `io-failed`
 */
export async function envelopeHeader(file: string): Promise<Uint8Array | undefined> {
  return await readRegular(file, MAX_ENVELOPE_BYTES + 1, (bytes) => {
    try {
      return decodeBase64url(parseEnvelope(bytes).header.stream);
    } catch (error) {
      if (isEnvelopeError(error)) return undefined;
      throw error;
    }
  });
}

/** The first KiB of a regular file as text, empty if there is none. Errors as {@link bodyHeader}. */
export async function startOf(file: string): Promise<string> {
  return (await readRegular(file, 1024, (bytes) => new TextDecoder().decode(bytes))) ?? '';
}

/** Whether both are there and equal. */
export function isOnePair(envelope: Uint8Array | undefined, body: Uint8Array | undefined): boolean {
  return envelope !== undefined && body !== undefined && Buffer.compare(envelope, body) === 0;
}

/** At most `limit` bytes of a regular file, no link followed. */
async function readRegular<T>(
  file: string,
  limit: number,
  use: (bytes: Uint8Array) => T | undefined,
): Promise<T | undefined> {
  try {
    const { handle, identity } = await openSource(file, { noFollow: true });
    await using open = handle;
    const length = Math.min(limit, Number(identity.size));
    return use(await ioErrors('source', file, async () => await readStart(open, length)));
  } catch (error) {
    if (isEnvelopeError(error, 'source-missing', 'source-special')) return undefined;
    throw error;
  }
}
