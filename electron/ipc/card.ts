/** @file The envelope card: what an envelope says. Nothing of it is verified, and nobody is asked for it. */
import path from 'node:path';
import type { Card, CardKey } from '../../shared/desktop.ts';
import type { FileContent, KeyEntry } from '../../shared/envelope.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { decodeBase64url } from '../envelope/base64url.ts';
import { findBody, findEnvelope } from '../envelope/locate.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import { BODY_SUFFIX } from '../files/stem.ts';
import type { NameOf } from '../jobs/deed.ts';
import { parseKeyArn } from '../keys/aws/key-arn.ts';
import { bodyLength, plaintextLength } from '../stream/sizes.ts';

/** The envelope at `file`, or of the body at `file`. Errors of {@link readEnvelopeFile} and {@link findEnvelope}. */
export async function readPaired(file: string): Promise<EnvelopeFile> {
  return file.toLowerCase().endsWith(BODY_SUFFIX) ? await findEnvelope(file) : await readEnvelopeFile(file);
}

/** `waiting`: keys that are still to be added to it, by the program's own record. */
export async function cardOf(
  grant: string,
  file: EnvelopeFile,
  nameOf: NameOf,
  waiting: readonly string[] = [],
): Promise<Card> {
  const { header, keys } = file.envelope;
  const content = 'hidden' in header.content ? undefined : header.content;
  return {
    grant,
    file: path.basename(file.path),
    id: header.id,
    created: header.created,
    cipher: header.cipher,
    ...(content === undefined ? {} : { content }),
    labels: header.context,
    keys: keys.map((entry) => cardKey(entry, nameOf)),
    ...(waiting.length === 0 ? {} : { waiting: waiting.map(nameOf) }),
    body: await bodyOf(file, content),
    salt: Buffer.from(decodeBase64url(header.stream)).toString('hex'),
  };
}

function cardKey(entry: KeyEntry, nameOf: NameOf): CardKey {
  const { state, provider } = entry;
  if (state !== 'known') return { state, provider };
  const { key, wrapped } = entry;
  const name = nameOf(key);
  const { region, account } = (provider === 'aws-kms' ? parseKeyArn(key) : undefined) ?? {};
  return {
    state,
    provider,
    key,
    wrappedBytes: wrapped.length,
    ...(name === key ? {} : { name }),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  };
}

/** FORMAT.md section 3, step 2. */
async function bodyOf(file: EnvelopeFile, content: FileContent | undefined): Promise<Card['body']> {
  try {
    const { path: found, handle, length } = await findBody(file);
    await handle.close();
    const size = content?.size ?? plaintextLength(length);
    const expected = size === undefined ? undefined : bodyLength(size);
    if (expected === length) return { state: 'found', name: path.basename(found), size: length };
    const code = expected !== undefined && length > expected ? 'body-altered' : 'body-cut-short';
    throw new EnvelopeError(code, 'the body has not the length that its envelope demands', {
      body: found,
      length,
      expected,
    });
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { state: 'wrong', error: error.toRecord() };
  }
}
