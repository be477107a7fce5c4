/** @file `header`: what never changes once sealed (FORMAT.md section 2). */
import type { Header, Labels } from '../../shared/envelope.ts';
import { readStreamHeader } from '../stream/header.ts';
import { readBase64url } from './base64url.ts';
import { readContent } from './content.ts';
import { labelProblem } from './context.ts';
import { invalid, newer } from './invalid.ts';
import type { JsonTree } from './json.ts';
import { exactMembers, isMembers, stringMember } from './members.ts';
import { isTime } from './time.ts';

/** The one cipher of version 1: Tink's streaming AEAD with segments of 1 MiB (section 1). */
export const CIPHER = 'AES256_GCM_HKDF_1MB';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Reads `header`, with exactly its members, each of its type.
 * @throws EnvelopeError `envelope-newer` for an unknown `cipher` or `kind`, else `envelope-invalid`
 */
export function readHeader(tree: JsonTree | undefined): Header {
  // A cipher of a newer version may well have other members, so it is judged before them.
  if (isMembers(tree) && isUnknown(tree.get('cipher'))) throw newer('cipher');
  const header = exactMembers(tree, ['id', 'created', 'cipher', 'stream', 'content', 'context'], 'header');
  if (header.get('cipher') !== CIPHER) throw invalid('its cipher is not a string');
  return {
    id: stringMember(header, 'id', (text) => ID.test(text)),
    created: stringMember(header, 'created', isTime),
    cipher: CIPHER,
    stream: stringMember(header, 'stream', isStream),
    content: readContent(header.get('content')),
    context: readLabels(header.get('context')),
  };
}

function isUnknown(cipher: JsonTree | undefined): boolean {
  return typeof cipher === 'string' && cipher !== CIPHER;
}

function isStream(text: string): boolean {
  const bytes = readBase64url(text);
  return bytes !== undefined && readStreamHeader(bytes) !== undefined;
}

function readLabels(tree: JsonTree | undefined): Labels {
  if (!isMembers(tree)) throw invalid('context is not an object');
  const labels: Labels = Object.fromEntries(
    Array.from(tree, ([label, value]) => {
      if (typeof value !== 'string') throw invalid('the value of a label is not a string');
      return [label, value];
    }),
  );
  const problem = labelProblem(labels);
  if (problem !== undefined) throw invalid(problem.reason);
  return labels;
}
