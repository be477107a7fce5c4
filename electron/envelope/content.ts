/** @file `content`: what the body is (FORMAT.md section 2). */
import type { FileContent, HiddenContent } from '../../shared/envelope.ts';
import { readBase64url } from './base64url.ts';
import { invalid, newer } from './invalid.ts';
import type { JsonMembers, JsonTree } from './json.ts';
import { exactMembers, isMembers, stringMember } from './members.ts';
import { isMode } from './mode.ts';
import { isName } from './names.ts';
import { isTime } from './time.ts';

/** Bytes of P, hidden content before it is encrypted: the JCS of the content and spaces. */
export const HIDDEN_PLAINTEXT_BYTES = 1024;
/** Bytes of h: nonce(12) ‖ ciphertext of P ‖ tag(16). */
export const HIDDEN_BYTES = 12 + HIDDEN_PLAINTEXT_BYTES + 16;

/**
 * `content` of a header, hidden or not.
 * @throws EnvelopeError `envelope-newer` for an unknown `kind`, else `envelope-invalid`
 */
export function readContent(tree: JsonTree | undefined): FileContent | HiddenContent {
  if (!isMembers(tree) || !tree.has('hidden')) return readFileContent(tree);
  const hidden = stringMember(exactMembers(tree, ['hidden'], 'content'), 'hidden', isHidden);
  return { hidden };
}

function isHidden(text: string): boolean {
  return readBase64url(text)?.length === HIDDEN_BYTES;
}

/**
 * Content that is not hidden, or no longer.
 * @throws EnvelopeError `envelope-newer` for an unknown `kind`, else `envelope-invalid`
 */
export function readFileContent(tree: JsonTree | undefined): FileContent {
  // A kind of a newer version may well have other members, so it is judged before them.
  if (isMembers(tree) && isUnknown(tree.get('kind'))) throw newer('kind');
  const content = exactMembers(tree, ['kind', 'name', 'size', 'modified', 'mode'], 'content');
  return {
    kind: readKind(content),
    name: stringMember(content, 'name', isName),
    size: readSize(content),
    modified: stringMember(content, 'modified', isTime),
    mode: stringMember(content, 'mode', isMode),
  };
}

function isUnknown(kind: JsonTree | undefined): boolean {
  return typeof kind === 'string' && kind !== 'file' && kind !== 'folder';
}

function readKind(content: JsonMembers): FileContent['kind'] {
  const kind = content.get('kind');
  if (kind !== 'file' && kind !== 'folder') throw invalid('its kind is not as the format demands');
  return kind;
}

function readSize(content: JsonMembers): number {
  const size = content.get('size');
  if (typeof size !== 'number') throw invalid('its size is not a number');
  return size;
}
