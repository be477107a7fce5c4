/** @file What an error of a pair is told beside its code: whose the wrong body is, and whether a copy is kept. */
import { EnvelopeError, type ErrorCode, isEnvelopeError } from '../../shared/errors.ts';
import type { Copy } from '../copies/copy-file.ts';
import type { CopyKeeper } from '../copies/copies.ts';
import { decodeBase64url } from '../envelope/base64url.ts';
import { firstBytes } from '../envelope/locate.ts';
import type { EnvelopeFile } from '../envelope/read.ts';
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
 * `error` with what may help to mend it: `details.belongs` and `details.wanted` (wrong-pair.ts) or `details.copy`, the
 * facts of a kept copy that differs from the envelope at hand. Anything else comes back as it is.
 */
export async function mendable(error: unknown, file: EnvelopeFile, who: WhoKnows): Promise<unknown> {
  if (isEnvelopeError(error, 'body-foreign')) return await nameWrongPair(error, file, who);
  if (!isEnvelopeError(error, ...ofTheEnvelope)) return error;
  const stream = decodeBase64url(file.envelope.header.stream);
  return await withCopy(error, stream, who.copies, file.bytes);
}

/** The same for an envelope that is not there or cannot be read; `file`: the body, or the envelope that stands there. */
export async function mendableOf(
  error: unknown,
  file: string,
  copies: Pick<CopyKeeper, 'find'>,
): Promise<unknown> {
  if (!isEnvelopeError(error, ...ofTheEnvelope)) return error;
  const body = swapSuffix(file, ENVELOPE_SUFFIX, BODY_SUFFIX);
  const stream = await firstBytes(error.code === 'envelope-missing' ? file : body).catch(() => undefined);
  return stream === undefined ? error : await withCopy(error, stream, copies);
}

async function withCopy(
  error: EnvelopeError,
  stream: Uint8Array,
  copies: Pick<CopyKeeper, 'find'>,
  atHand?: Uint8Array,
): Promise<EnvelopeError> {
  const copy: Copy | undefined = await copies.find(stream).catch(() => undefined);
  if (copy === undefined || (atHand !== undefined && Buffer.compare(copy.bytes, atHand) === 0)) return error;
  const details = { ...error.details, copy: copyFacts(copy, () => undefined) };
  return new EnvelopeError(error.code, error.message, details, error);
}
