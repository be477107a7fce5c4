/** @file One vector of e2e/vectors/envelope.json, and how its two files are made from what stands there. */
import { createCipheriv, createHash, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FileContent } from '../shared/envelope.ts';
import type { ErrorCode } from '../shared/errors.ts';

/** A body that is not printed: how its plaintext is made, what it is sealed with, and what is done to it then. */
export type BodyRecipe = {
  /** `pieces`: base64url of bytes, or a number of zeros. */
  plaintext: { lcg32: { seed: number; length: number } } | { pieces: (string | number)[] };
  id: string;
  /** base64url of the body's 40 bytes. */
  stream: string;
  /** The last segment with bytes in it is sealed like one before others, and an empty last one follows. */
  endsEmpty?: boolean;
  /** Which of its own segments stands in each place. */
  segments?: readonly number[];
  /** The lowest bit of the byte here is flipped. */
  flip?: number;
  /** Only this many bytes are left. */
  cut?: number;
  /** base64url of bytes that are put behind it. */
  append?: string;
  /** Hexadecimal, of the finished body. */
  sha256: string;
};

export type Vector = {
  name: string;
  /** Of FORMAT.md. */
  section: 1 | 2 | 3 | 4;
  what: string;
  /** `ok`, or why opening the pair is refused. */
  expect: 'ok' | ErrorCode;
  /** Where no key opens: how the entries fail, those without network first. */
  attempts?: ErrorCode[];
  /** base64url of K. */
  dataKey: string;
  /** Where it opens: the content, hidden or not, and the plaintext's hash in hexadecimal. */
  content?: FileContent;
  plaintextSha256?: string;
  /** Spaces are put behind the envelope's text until it has so many bytes. */
  padTo?: number;
} & ({ envelope: string } | { envelopeBase64url: string }) &
  ({ bodyBase64url: string } | { bodyOf: BodyRecipe });

export type VectorFile = {
  about: string;
  generators: Record<string, string>;
  /** Of the one local key, base64url. */
  master: string;
  /** The one age identity. */
  identity: string;
  vectors: Vector[];
};

export const vectorFile = new URL('vectors/envelope.json', import.meta.url);

export function readVectors(): VectorFile {
  return JSON.parse(readFileSync(vectorFile, 'utf8')) as VectorFile;
}

const SEGMENT = 1_048_576;
const TAG = 16;
const HEADER = 40;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The generator named in e2e/vectors/tink.json. */
export function lcg32({ seed, length }: { seed: number; length: number }): Uint8Array {
  let x = seed >>> 0;
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = x >>> 24;
  }
  return bytes;
}

export type SealParts = { dataKey: Uint8Array; id: string; /** 40 bytes. */ stream: Uint8Array };

/** FORMAT.md section 1, written once more so that the vectors do not rest on electron/stream. */
export function sealBody(
  { dataKey, id, stream }: SealParts,
  plaintext: Uint8Array,
  endsEmpty = false,
): Uint8Array {
  const fileKey = new Uint8Array(hkdfSync('sha256', dataKey, stream.subarray(1, 33), id, 32));
  const full = Math.max(1, Math.ceil((plaintext.length + HEADER) / (SEGMENT - TAG)));
  const count = endsEmpty ? full + 1 : full;
  const parts: Uint8Array[] = [stream];
  for (let i = 0; i < count; i += 1) {
    const start = Math.max(0, i * (SEGMENT - TAG) - HEADER);
    const end = (i + 1) * (SEGMENT - TAG) - HEADER;
    parts.push(sealSegment(fileKey, stream, i, i === count - 1, plaintext.subarray(start, end)));
  }
  return Buffer.concat(parts);
}

/** One segment: AES-256-GCM under prefix ‖ uint32be(i) ‖ last flag. */
export function sealSegment(
  fileKey: Uint8Array,
  stream: Uint8Array,
  i: number,
  last: boolean,
  plaintext: Uint8Array,
): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.set(stream.subarray(33));
  nonce.writeUInt32BE(i, 7);
  nonce[11] = last ? 1 : 0;
  const cipher = createCipheriv('aes-256-gcm', fileKey, nonce);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** The bytes of `T.envelope`. */
export function envelopeOf(vector: Vector): Uint8Array {
  const text =
    'envelope' in vector ? Buffer.from(vector.envelope) : Buffer.from(vector.envelopeBase64url, 'base64url');
  return Buffer.concat([text, Buffer.alloc(Math.max(0, (vector.padTo ?? 0) - text.length), ' ')]);
}

/** The bytes of `T.enc`. */
export function bodyOf(vector: Vector): Uint8Array {
  if ('bodyBase64url' in vector) return Buffer.from(vector.bodyBase64url, 'base64url');
  const { bodyOf: recipe, dataKey } = vector;
  const body = makeBody(recipe, Buffer.from(dataKey, 'base64url'));
  if (sha256(body) !== recipe.sha256) throw new Error(`${vector.name}: the body's recipe gives another body`);
  return body;
}

function plaintextOf({ plaintext }: Pick<BodyRecipe, 'plaintext'>): Uint8Array {
  if ('lcg32' in plaintext) return lcg32(plaintext.lcg32);
  return Buffer.concat(
    plaintext.pieces.map((piece) =>
      typeof piece === 'number' ? Buffer.alloc(piece) : Buffer.from(piece, 'base64url'),
    ),
  );
}

export function makeBody(recipe: Omit<BodyRecipe, 'sha256'>, dataKey: Uint8Array): Uint8Array {
  const { id, stream, endsEmpty, segments, flip, cut, append = '' } = recipe;
  const parts = { dataKey, id, stream: Buffer.from(stream, 'base64url') };
  const sealed = sealBody(parts, plaintextOf(recipe), endsEmpty);
  const body = segments === undefined ? sealed : arranged(sealed, segments);
  if (flip !== undefined) body[flip] = (body[flip] ?? 0) ^ 1;
  return Buffer.concat([body.subarray(0, cut), Buffer.from(append, 'base64url')]);
}

/** The body with its segments in other places; segment 0 without the header. */
function arranged(body: Uint8Array, segments: readonly number[]): Uint8Array {
  const segment = (i: number): Uint8Array => body.subarray(i === 0 ? HEADER : i * SEGMENT, (i + 1) * SEGMENT);
  return Buffer.concat([body.subarray(0, HEADER), ...segments.map(segment)]);
}
