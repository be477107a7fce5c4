/** @file What an error of a pair is told beside its code: whose the wrong body is, and whether a copy is kept. */
import { EnvelopeError, type ErrorCode, isEnvelopeError } from '../../shared/errors.ts';
import type { Copy } from '../copies/copy-file.ts';
import type { CopyKeeper } from '../copies/copies.ts';
import { decodeBase64url } from '../envelope/base64url.ts';
import { firstBytes } from '../envelope/locate.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, swapSuffix } from '../files/stem.ts';
import { copyFacts } from './copy-facts.ts';
import { nameWrongPair, type WhoKnows } from './wrong-pair.ts';

/** Errors that another envelope of the same body may mend. */
const ofTheEnvelope: readonly ErrorCode[] = [
  'envelope-missing',
  'envelope-invalid',
  'envelope-newer',
  'envelope-altered',
  'no-key-opens',
];

/**
 * `failure` with what may help to mend it: `details.belongs` and `details.wanted` (wrong-pair.ts) or `details.copy`, the
 * facts of a kept copy that differs from the envelope at hand. Anything else comes back as it is.
 */
export async function mendable(failure: unknown, file: EnvelopeFile, who: WhoKnows): Promise<unknown> {
  if (isEnvelopeError(failure, 'body-foreign')) return await nameWrongPair(failure, file, who);
  if (!isEnvelopeError(failure, ...ofTheEnvelope)) return failure;
  const stream = decodeBase64url(file.envelope.header.stream);
  return await withCopy(failure, stream, who.copies, file.bytes);
}

/** The same for an envelope that is not there or cannot be read; `file`: the body, or the envelope that stands there. */
export async function mendableOf(
  failure: unknown,
  file: string,
  copies: Pick<CopyKeeper, 'find'>,
): Promise<unknown> {
  if (!isEnvelopeError(failure, ...ofTheEnvelope)) return failure;
  const body = swapSuffix(file, ENVELOPE_SUFFIX, BODY_SUFFIX);
  const stream = await firstBytes(failure.code === 'envelope-missing' ? file : body).catch(() => undefined);
  return stream === undefined ? failure : await withCopy(failure, stream, copies);
}

/** The same for an envelope of which nothing is at hand but where it is. */
export async function mendableAt(failure: unknown, envelope: string, who: WhoKnows): Promise<unknown> {
  if (!isEnvelopeError(failure, 'body-foreign', ...ofTheEnvelope)) return failure;
  const file = await readEnvelopeFile(envelope).catch(() => undefined);
  return file === undefined
    ? await mendableOf(failure, envelope, who.copies)
    : await mendable(failure, file, who);
}

async function withCopy(
  failure: EnvelopeError,
  stream: Uint8Array,
  copies: Pick<CopyKeeper, 'find'>,
  atHand?: Uint8Array,
): Promise<EnvelopeError> {
  const copy: Copy | undefined = await copies.find(stream).catch(() => undefined);
  if (copy === undefined || (atHand !== undefined && Buffer.compare(copy.bytes, atHand) === 0))
    return failure;
  const details = { ...failure.details, copy: copyFacts(copy, () => undefined) };
  return new EnvelopeError(failure.code, failure.message, details, failure);
}
