/**
 * @file Makes e2e/vectors/envelope.json: for every section of FORMAT.md, pairs that open and pairs that must not. Always
 * the same bytes. `node build/scripts/vectors.ts [FILE]`.
 */
import { writeFileSync } from 'node:fs';
import type { Vector, VectorFile } from '../../e2e/vector.ts';
import { identity } from './vectors/age-wraps.ts';
import { archives } from './vectors/archives.ts';
import { bodies } from './vectors/bodies.ts';
import { fields } from './vectors/fields.ts';
import { hidden } from './vectors/hidden.ts';
import { keys } from './vectors/keys.ts';
import { base64url, master } from './vectors/make.ts';
import { opening } from './vectors/opening.ts';
import { texts } from './vectors/texts.ts';

const about =
  'Pairs of the envelope format, version 1, by section of FORMAT.md. A reader that has the one local master and the one ' +
  'age identity opens those that expect ok, with the content and the plaintext (SHA-256) that stand there, and refuses ' +
  'all others, for the reason given. attempts: how the entries fail, where no key opens; an entry for a key that the ' +
  'reader does not have is not among them. dataKey is what the body was sealed with. Where the body is not printed, seal its ' +
  'plaintext with dataKey, id and stream by section 1 (endsEmpty: its last segment as one before others, and an empty last one behind it); then, as far as it is said, put its segments into these places, ' +
  'flip the lowest bit of the byte at flip, cut, append. padTo: spaces are put behind the text of the envelope until it ' +
  'has so many bytes. Bytes are base64url.';

const generators = {
  pieces: 'base64url of bytes, or a number of zero bytes, one after the other',
  lcg32:
    'x0 = seed (uint32). For each byte: x = (x*1664525 + 1013904223) mod 2^32; byte = x >>> 24 (the high byte)',
};

function vectors(): Vector[] {
  const all = [bodies, texts, fields, hidden, archives, opening, keys].flatMap((make) => make());
  const names = new Set(all.map(({ name }) => name));
  if (names.size !== all.length) throw new Error('two vectors of one name');
  return all;
}

function serialise({ vectors, ...file }: VectorFile): string {
  const head = JSON.stringify(file, undefined, 1).slice(0, -2);
  // A line each, so that a change shows as the lines it concerns.
  const lines = vectors.map((vector) => `  ${JSON.stringify(vector)}`);
  return `${head},\n "vectors": [\n${lines.join(',\n')}\n ]\n}\n`;
}

const target = process.argv[2] ?? new URL('../../e2e/vectors/envelope.json', import.meta.url);
writeFileSync(
  target,
  serialise({ about, generators, master: base64url(master), identity, vectors: vectors() }),
);
