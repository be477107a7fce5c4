/** @file The rule of `name` (FORMAT.md section 2): one path component. */

/** The most bytes of UTF-8 in a name. */
const MAX_NAME_BYTES = 255;

/** Controls, separators of paths, marks that reorder or isolate text, and halves of surrogate pairs. */
const OFFENDING = /[\u0000-\u001F\u007F/\\\u202A-\u202E\u2066-\u2069\p{Surrogate}]/u;
const ALL_OFFENDING = new RegExp(OFFENDING, 'gu');

/** Whether a reader accepts `name`. */
export function isName(name: string): boolean {
  if (name === '' || name === '.' || name === '..') return false;
  return !OFFENDING.test(name) && Buffer.byteLength(name) <= MAX_NAME_BYTES;
}

/**
 * The name a writer gives: each offending character or undecodable sequence becomes `_`, and what is longer than 255
 * bytes is cut at a character boundary. A name that is fine comes back as it is, without normalisation.
 * `systemName` is one path component, as bytes where the system may hold names that are not UTF-8.
 */
export function toName(systemName: string | Uint8Array): string {
  const text = typeof systemName === 'string' ? systemName : decode(systemName);
  if (text === '.' || text === '..') return '_'.repeat(text.length);
  return cut(text.replace(ALL_OFFENDING, '_')) || '_';
}

const REPLACEMENT = '\uFFFD';
const REPLACEMENT_IN_LATIN1 = Buffer.from(REPLACEMENT).toString('latin1');

/**
 * UTF-8 with `_` for every undecodable sequence. The decoder marks these by U+FFFD, which may also stand in the name
 * itself; so the bytes are decoded between the genuine ones, where every U+FFFD is a mark.
 */
function decode(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return Buffer.from(bytes)
    .toString('latin1')
    .split(REPLACEMENT_IN_LATIN1)
    .map((part) => decoder.decode(Buffer.from(part, 'latin1')).replaceAll(REPLACEMENT, '_'))
    .join(REPLACEMENT);
}

function cut(text: string): string {
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_NAME_BYTES) break;
    kept += character;
  }
  return kept;
}
