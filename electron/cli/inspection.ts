/** @file What an envelope says, without any key and without the network. Nothing of it is verified. */
import type { Envelope, FileContent, KeyEntry } from '../../shared/envelope.ts';
import { type EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { checkBodyLength } from '../envelope/body-length.ts';
import { findBody, findEnvelope } from '../envelope/locate.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import { givenPath } from '../files/given-path.ts';
import { ENVELOPE_SUFFIX, hasSuffix } from '../files/stem.ts';
import { plaintextLength } from '../stream/sizes.ts';
import type { NameOf } from './key-names.ts';

/** `name`: what this computer calls the key, if it knows it. */
export type InspectedKey =
  | { state: 'known'; provider: string; key: string; name?: string }
  | { state: 'damaged' | 'unknown'; provider: string };

export type InspectedBody =
  { state: 'complete'; path: string; length: number } | { state: 'wrong'; error: EnvelopeError };

export type Inspection = {
  path: string;
  envelope: Envelope;
  /** Undefined if it is hidden. */
  content: FileContent | undefined;
  keys: InspectedKey[];
  body: InspectedBody;
};

/** Plaintext bytes: as the envelope says or, if that is hidden, as the body's length tells. */
export function sizeOf({ content, body }: Inspection): number | undefined {
  return content?.size ?? (body.state === 'complete' ? plaintextLength(body.length) : undefined);
}

/**
 * Reads one envelope, given itself or its body.
 * @throws EnvelopeError `source-missing`, `source-unreadable`, `source-special`, `envelope-invalid`, `envelope-newer`,
 *   `envelope-missing`. What is wrong with the body is part of the result.
 */
export async function inspect(given: string, nameOf: NameOf): Promise<Inspection> {
  const file = await readGiven(await givenPath(given, 'source'));
  const { content } = file.envelope.header;
  const clear = 'hidden' in content ? undefined : content;
  return {
    path: file.path,
    envelope: file.envelope,
    content: clear,
    keys: file.envelope.keys.map((entry) => inspectKey(entry, nameOf)),
    body: await inspectBody(file),
  };
}

/** Whatever is not named like an envelope may be one all the same, or a body. */
async function readGiven(file: string): Promise<EnvelopeFile> {
  if (hasSuffix(file, ENVELOPE_SUFFIX)) return await readEnvelopeFile(file);
  try {
    return await readEnvelopeFile(file);
  } catch (error) {
    if (!isEnvelopeError(error, 'envelope-invalid')) throw error;
    return await findEnvelope(file);
  }
}

function inspectKey(entry: KeyEntry, nameOf: NameOf): InspectedKey {
  const { state, provider } = entry;
  if (state !== 'known') return { state, provider };
  const name = nameOf(entry.key);
  return { state, provider, key: entry.key, ...(name === undefined ? {} : { name }) };
}

async function inspectBody(file: EnvelopeFile): Promise<InspectedBody> {
  try {
    const { path, handle, length } = await findBody(file);
    await handle.close();
    checkBodyLength(file.envelope.header, { path, length });
    return { state: 'complete', path, length };
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { state: 'wrong', error };
  }
}
