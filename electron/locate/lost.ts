/** @file A half of a pair, and whether the other one is beside it. */
import type { ErrorRecord } from '../../shared/errors.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { encodeBase64url } from '../envelope/base64url.ts';
import type { FolderIndex } from '../envelope/folder-index.ts';
import { findBody, findEnvelope, firstBytes } from '../envelope/locate.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, hasSuffix, swapSuffix } from '../files/stem.ts';
import { bodyLength } from '../stream/sizes.ts';
import { nameWrongPair, type WhoKnows } from './wrong-pair.ts';

/** `path`: as given. `stream`: of the pair. `length`: F of a body that is missing, if the envelope tells. */
export type Half = {
  half: 'envelope' | 'body';
  path: string;
  stream: string;
  length?: number | undefined;
  /** The other half, beside it. */
  beside?: string | undefined;
  /** Why there is none: `body-missing`, `body-foreign`, `envelope-missing`, `envelope-invalid`, `envelope-newer`. */
  missing?: ErrorRecord | undefined;
};

/**
 * Looks at a file that is an envelope or a body, whatever its name is. An envelope that cannot be read stands for the
 * body of its name, whose envelope is missing then.
 * @throws EnvelopeError `source-…` if it cannot be read; `envelope-invalid`, `envelope-newer` if there is no such body;
 *   `envelope-missing` if it cannot be a body
 */
export async function readHalf(file: string, who: WhoKnows): Promise<Half> {
  let envelope: EnvelopeFile;
  try {
    envelope = await readEnvelopeFile(file);
  } catch (error) {
    if (!isEnvelopeError(error, 'envelope-invalid', 'envelope-newer')) throw error;
    if (!hasSuffix(file, ENVELOPE_SUFFIX)) return await bodyHalf(file, who.index);
    return await bodyOfDamaged(file, error);
  }
  return await envelopeHalf(envelope, who);
}

async function envelopeHalf(file: EnvelopeFile, who: WhoKnows): Promise<Half> {
  const { stream, content } = file.envelope.header;
  const length = 'hidden' in content ? undefined : bodyLength(content.size);
  const common = { half: 'envelope', path: file.path, stream, length } as const;
  try {
    const { path: beside, handle } = await findBody(file, undefined, who.index);
    await handle.close();
    return { ...common, beside };
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    const named = await nameWrongPair(error, file, who);
    return { ...common, missing: (named instanceof EnvelopeError ? named : error).toRecord() };
  }
}

async function bodyHalf(file: string, index: FolderIndex): Promise<Half> {
  const stream = await streamOf(file);
  const common = { half: 'body', path: file, stream } as const;
  try {
    return { ...common, beside: (await findEnvelope(file, index)).path };
  } catch (error) {
    if (!isEnvelopeError(error, 'envelope-missing')) throw error;
    return { ...common, missing: error.toRecord() };
  }
}

async function bodyOfDamaged(envelope: string, why: EnvelopeError): Promise<Half> {
  const body = swapSuffix(envelope, ENVELOPE_SUFFIX, BODY_SUFFIX);
  const stream = await streamOf(body).catch((error: unknown) => {
    throw isEnvelopeError(error) ? why : error;
  });
  return { half: 'body', path: body, stream, missing: why.toRecord() };
}

async function streamOf(body: string): Promise<string> {
  const first = await firstBytes(body);
  if (first !== undefined) return encodeBase64url(first);
  throw new EnvelopeError('envelope-missing', 'this is neither an envelope nor a body', { body });
}
