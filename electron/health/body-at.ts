/** @file The body of an envelope where it is expected: by its first 40 bytes and its length, and not a byte more. */
import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { decodeBase64url } from '../envelope/base64url.ts';
import { MAX_ENVELOPE_BYTES, parseEnvelope } from '../envelope/codec.ts';
import type { EnvelopeFile } from '../envelope/read.ts';
import { sizeInCloud } from '../files/in-cloud.ts';
import { peek } from '../files/peek.ts';
import type { Peek } from '../files/peeker.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, swapSuffix } from '../files/stem.ts';
import { HEADER_BYTES } from '../stream/header.ts';
import { plaintextLength } from '../stream/sizes.ts';
import type { BodyFound } from './judge.ts';
import { lstat } from '../files/fs.ts';

/** A body is not under its envelope's name: why, unless it is found under another. */
export type Odd = { path: string; stream: string; why: EnvelopeError };

export const bodyOf = (envelope: string): string => swapSuffix(envelope, ENVELOPE_SUFFIX, BODY_SUFFIX);
export const envelopeOf = (body: string): string => swapSuffix(body, BODY_SUFFIX, ENVELOPE_SUFFIX);

/**
 * An envelope that was come upon: a link is refused.
 * @throws EnvelopeError as `readEnvelopeFile` of envelope/read.ts
 */
export async function readWalked(file: string, look: Peek = peek): Promise<EnvelopeFile> {
  const { bytes, size } = await look(file, MAX_ENVELOPE_BYTES);
  if (size > MAX_ENVELOPE_BYTES) {
    const details = { path: file, reason: 'it is larger than 1 MiB' };
    throw new EnvelopeError('envelope-invalid', 'larger than an envelope can be', details);
  }
  return { path: file, envelope: parseEnvelope(bytes), bytes };
}

/** The body of an envelope under its name; or why that is none of it. */
export async function bodyBeside({ path: envelope, envelope: { header } }: EnvelopeFile, look: Peek = peek) {
  const file = bodyOf(envelope);
  const length = await sizeInCloud(file);
  if (length !== undefined) return { body: { path: file, length }, cloud: true } satisfies BodyFound;
  const details = { envelope, body: file };
  try {
    const { bytes, size } = await look(file, HEADER_BYTES, { follow: true });
    const stream = decodeBase64url(header.stream);
    if (Buffer.compare(bytes, stream) === 0)
      return { body: { path: file, length: size } } satisfies BodyFound;
    const isStart = size < HEADER_BYTES && Buffer.compare(bytes, stream.subarray(0, size)) === 0;
    const code = isStart ? 'body-cut-short' : 'body-foreign';
    return new EnvelopeError(code, 'what is in the place of the body is none', { ...details, length: size });
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    if (error.code === 'source-special') {
      return new EnvelopeError('body-foreign', 'in the place of the body is something else', details);
    }
    if (error.code !== 'source-missing') return error;
    if (await isPlaceholder(file)) return { cloud: true } satisfies BodyFound;
    const missing = { envelope, expected: file };
    return new EnvelopeError('body-missing', 'the body is not where the envelope is', missing);
  }
}

async function isPlaceholder(file: string): Promise<boolean> {
  const name = path.join(path.dirname(file), `.${path.basename(file)}.icloud`);
  return await lstat(name).then(
    () => true,
    () => false,
  );
}

/** The start of a file named like a body, as `stream` has it, and its length; undefined if it is shorter, or unread. */
export async function startOfBody(file: string): Promise<{ stream: string; length: number } | undefined> {
  if ((await sizeInCloud(file)) !== undefined) return undefined;
  const peeked = await peek(file, HEADER_BYTES, { follow: true }).catch((error: unknown) => {
    if (isEnvelopeError(error)) return undefined;
    throw error;
  });
  if (peeked?.bytes.length !== HEADER_BYTES) return undefined;
  return { stream: Buffer.from(peeked.bytes).toString('base64url'), length: peeked.size };
}

/** As far as its first byte and its length tell: one file in 256 of other programs begins so too. */
export function isLikeBody({ stream, length }: { stream: string; length: number }): boolean {
  return (
    Buffer.from(stream.slice(0, 2), 'base64url')[0] === HEADER_BYTES && plaintextLength(length) !== undefined
  );
}
