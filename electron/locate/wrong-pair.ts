/** @file Naming a wrong pair: to whom the body in an envelope's place belongs, and which body the envelope is of. */
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import type { CopyKeeper } from '../copies/copies.ts';
import { encodeBase64url } from '../envelope/base64url.ts';
import type { FolderIndex } from '../envelope/folder-index.ts';
import { firstBytes } from '../envelope/locate.ts';
import type { EnvelopeFile } from '../envelope/read.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, stemFor } from '../files/stem.ts';

export type WhoKnows = { index: FolderIndex; copies: Pick<CopyKeeper, 'find'> };

/** The name that sealing gave the half of a pair, if the envelope says it. */
function recordedName({ header }: EnvelopeFile['envelope'], suffix: string): string | undefined {
  return 'hidden' in header.content ? undefined : stemFor(header.content.name, header.id) + suffix;
}

/**
 * `failure`, if it is `body-foreign`, with `details.belongs`: the name of the envelope that the foreign body belongs to,
 * found beside it, else as the program's copies remember it; `details.namesake`: that this is what `file` is called, too;
 * and `details.wanted`: the name of the body that the envelope is of, found beside the envelope, else as the envelope says.
 * Each only if it is known.
 */
export async function nameWrongPair(
  failure: unknown,
  file: EnvelopeFile,
  { index, copies }: WhoKnows,
): Promise<unknown> {
  if (!(failure instanceof EnvelopeError) || failure.code !== 'body-foreign') return failure;
  const { body } = failure.details;
  if (typeof body !== 'string') return failure;
  const belongs = await envelopeOf(body, { index, copies }).catch(() => undefined);
  const wanted = await bodyOf(file, index).catch(() => undefined);
  const details = {
    ...failure.details,
    ...(belongs === undefined ? {} : { belongs }),
    ...(belongs === path.basename(file.path) ? { namesake: true } : {}),
    ...(wanted === undefined || wanted === path.basename(body) ? {} : { wanted }),
  };
  return new EnvelopeError(failure.code, failure.message, details, failure);
}

async function envelopeOf(body: string, { index, copies }: WhoKnows): Promise<string | undefined> {
  const first = await firstBytes(body);
  if (first === undefined) return undefined;
  const beside = (await index.envelopes(path.dirname(body))).get(encodeBase64url(first));
  if (beside !== undefined) return path.basename(beside);
  const copy = await copies.find(first);
  return copy === undefined ? undefined : recordedName(copy.envelope, ENVELOPE_SUFFIX);
}

async function bodyOf(
  { path: file, envelope }: EnvelopeFile,
  index: FolderIndex,
): Promise<string | undefined> {
  const { stream } = envelope.header;
  const beside = (await index.bodies(path.dirname(file))).get(stream);
  return beside === undefined ? recordedName(envelope, BODY_SUFFIX) : path.basename(beside);
}
