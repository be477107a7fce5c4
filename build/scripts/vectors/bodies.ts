/** @file Section 1: sizes, boundaries, and what is done to a body afterwards. */
import { hkdfSync } from 'node:crypto';
import { lcg32, sealSegment, type Vector } from '../../../e2e/vector.ts';
import { type Recipe, samplePlaintext, type Sealed, vector } from './make.ts';

const S = 1_048_576;
/** Plaintext bytes of a full segment 0, and of a full segment 1. */
const FIRST = S - 56;
const SECOND = S - 16;

const one = (name: string, what: string, expect: Vector['expect'], recipe?: Recipe): Vector =>
  vector(1, name, what, expect, recipe);

const sizes = [
  1,
  FIRST - 1,
  FIRST,
  FIRST + 1,
  FIRST + SECOND - 1,
  FIRST + SECOND,
  FIRST + SECOND + 1,
  3 * S + 7,
];

const generated = (length: number) => ({ plaintext: { seed: length, length } });

function flip(offset: number): Recipe {
  return {
    body: (body) => {
      const flipped = Uint8Array.from(body);
      const at = offset < 0 ? body.length + offset : offset;
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      return flipped;
    },
  };
}

/** A body of the given segments, each with the number and the flag that it is sealed under. */
function segments(
  parts: readonly { i: number; last: boolean; plaintext: Uint8Array }[],
): NonNullable<Recipe['body']> {
  return (_, { dataKey, id, stream }: Sealed) => {
    const fileKey = new Uint8Array(hkdfSync('sha256', dataKey, stream.subarray(1, 33), id, 32));
    const sealed = parts.map(({ i, last, plaintext }) => sealSegment(fileKey, stream, i, last, plaintext));
    return Buffer.concat([stream, ...sealed]);
  };
}

function opens(): Vector[] {
  return [
    one('body-empty', 'an empty plaintext: one empty segment, 56 bytes', 'ok', {
      plaintext: new Uint8Array(),
    }),
    one('body-small', 'one short segment', 'ok'),
    ...sizes.map((size) =>
      one(`body-${String(size)}`, `a plaintext of ${String(size)} bytes`, 'ok', generated(size)),
    ),
  ];
}

/** A body of `length` bytes is what is left of a longer one. */
function cut(length: number, what: string, expect: Vector['expect'], hide = false): Vector {
  const name = `body-cut-to-${String(length)}${hide ? '-hidden' : ''}`;
  return one(name, what, expect, { ...generated(2 * S), cut: length, hide });
}

function cutShort(): Vector[] {
  const none = 'no body has this length';
  return [
    cut(0, 'nothing of the body is left', 'body-foreign'),
    cut(39, 'not even the 40 bytes are left', 'body-foreign'),
    cut(40, none, 'body-cut-short'),
    cut(55, none, 'body-cut-short'),
    cut(56, 'an empty segment where more is demanded', 'body-cut-short'),
    cut(S - 1, 'cut within segment 0', 'body-cut-short'),
    cut(S, 'cut behind segment 0', 'body-cut-short'),
    cut(S + 1, `F mod S = 1: ${none}`, 'body-cut-short'),
    cut(S + 16, `F mod S = 16: ${none}`, 'body-cut-short'),
    cut(S + 17, 'F mod S = 17: possible, but shorter than size demands', 'body-cut-short'),
    cut(S + 1, `F mod S = 1: ${none}`, 'body-cut-short', true),
    cut(S + 16, `F mod S = 16: ${none}`, 'body-cut-short', true),
    cut(S + 17, 'F mod S = 17: what the hidden size says is known later', 'body-cut-short', true),
    cut(S, 'cut behind segment 0: what the hidden size says is known later', 'body-cut-short', true),
  ];
}

/** In a body of four segments, of which only the last is short. */
function alteredFurtherOn(): Vector[] {
  const four = generated(FIRST + 2 * SECOND + 1);
  const bad = (name: string, what: string, recipe: Recipe): Vector =>
    one(`body-${name}`, what, 'body-altered', { ...four, ...recipe });
  return [
    ...[false, true].map((hide) =>
      one(
        `body-ends-empty${hide ? '-hidden' : ''}`,
        'an empty last segment behind a full one, and a size that fits: no body has this length',
        'body-cut-short',
        { ...generated(FIRST), endsEmpty: true, hide },
      ),
    ),
    bad('flip-segment-0-tag', 'a bit of the tag of segment 0', { flip: S - 1 }),
    bad('flip-segment-1', 'a bit of segment 1', { flip: S }),
    bad('flip-segment-3', 'a bit of the last segment', { flip: 3 * S }),
    bad('segments-swapped', 'segments 1 and 2 in each other’s place', { segments: [0, 2, 1, 3] }),
    bad('segment-twice', 'segment 1 once more in the place of segment 2', { segments: [0, 1, 1, 3] }),
    bad('segment-left-out-hidden', 'without segment 2, the last one moved up', {
      segments: [0, 1, 3],
      content: { size: FIRST + SECOND + 1 },
      hide: true,
    }),
    bad('end-left-out-hidden', 'without its last segment, and a size that fits', {
      segments: [0, 1, 2],
      content: { size: FIRST + 2 * SECOND },
      hide: true,
    }),
  ];
}

function altered(): Vector[] {
  const hidden = { hide: true, ...generated(10) };
  return [
    one('body-flip-header-length', 'byte 0 is not 40', 'body-foreign', flip(0)),
    one('body-flip-salt', 'a bit of the salt', 'body-foreign', flip(1)),
    one('body-flip-prefix', 'a bit of the nonce prefix', 'body-foreign', flip(39)),
    one('body-flip-ciphertext', 'a bit of the ciphertext', 'body-altered', flip(40)),
    one('body-flip-tag', 'the last bit', 'body-altered', flip(-1)),
    one('body-appended', 'one byte behind the end', 'body-altered', {
      body: (body) => Buffer.concat([body, Uint8Array.of(0)]),
    }),
    one(
      'body-appended-hidden',
      'one byte behind the end: what the hidden size says is known later',
      'body-altered',
      {
        ...hidden,
        append: Uint8Array.of(0),
      },
    ),
    one('body-other', 'the body of another file', 'body-foreign', {
      body: () => Buffer.concat([Uint8Array.of(40), lcg32({ seed: 1, length: 39 + 7 + 16 })]),
    }),
    one('body-without-last-flag', 'the only segment is not sealed as the last', 'body-altered', {
      body: segments([{ i: 0, last: false, plaintext: samplePlaintext }]),
    }),
    one('body-segment-number', 'the only segment is sealed as number 1', 'body-altered', {
      body: segments([{ i: 1, last: true, plaintext: samplePlaintext }]),
    }),
    one('body-empty-segment-number', 'an empty last segment with number 1', 'body-altered', {
      plaintext: new Uint8Array(),
      body: segments([{ i: 1, last: true, plaintext: new Uint8Array() }]),
    }),
    one('size-too-small', 'size is less than the body holds', 'body-altered', { content: { size: 6 } }),
    one('size-too-large', 'size is more than the body holds', 'body-cut-short', { content: { size: 8 } }),
    one('size-huge', 'size is 2^53-1', 'body-cut-short', { content: { size: Number.MAX_SAFE_INTEGER } }),
    one('size-too-small-hidden', 'the hidden size is less than the body holds', 'body-altered', {
      hide: true,
      content: { size: 6 },
    }),
    one('size-too-large-hidden', 'the hidden size is more than the body holds', 'body-cut-short', {
      hide: true,
      content: { size: 8 },
    }),
  ];
}

export function bodies(): Vector[] {
  return [...opens(), ...cutShort(), ...altered(), ...alteredFurtherOn()];
}
