/** @file Every vector of e2e/vectors/tink.json (made by Google Tink) behaves as stated. What it calls aad is our id. */
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EnvelopeError } from '../../shared/errors.ts';
import { HEADER_BYTES, readStreamHeader, writeStreamHeader } from './header.ts';
import { bodyLength, plaintextLength, segmentCount } from './sizes.ts';
import { MemoryIo, workOf } from './test-io.ts';
import { FileReader, openSegments, sealSegments } from './worker-segments.ts';

type Stated = { name: string; keyHex: string; aadHex: string; segmentSize: number; ciphertextLength: number };
type Vector = Stated & {
  plaintextSha256: string;
  plaintextGenerator: { kind: 'lcg32'; seed: number; length: number };
  saltHex: string;
  noncePrefixHex: string;
  headerHex: string;
  derivedKeyHex: string;
  segments: number;
  ciphertextSha256: string;
};
type Negative = Stated & { ciphertextHex: string; tinkPlaintextBytesReleasedBeforeFailure: number };

const file = new URL('../../e2e/vectors/tink.json', import.meta.url);
const { vectors, negative } = JSON.parse(readFileSync(file, 'utf8')) as {
  vectors: Vector[];
  negative: Negative[];
};

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

/** HKDF-SHA-256, L = 32, one block. Written out because one vector's info is longer than Node's `hkdf` takes. */
function fileKeyOf({ keyHex, aadHex }: Stated, salt: Uint8Array): Uint8Array {
  const prk = createHmac('sha256', salt).update(bytes(keyHex)).digest();
  return createHmac('sha256', prk).update(bytes(aadHex)).update(Uint8Array.of(1)).digest();
}

function plaintextOf({ plaintextGenerator: { seed, length } }: Vector): Uint8Array {
  let x = seed >>> 0;
  return Uint8Array.from({ length }, () => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return x >>> 24;
  });
}

function seal(vector: Vector, plaintext: Uint8Array): Uint8Array {
  const { segmentSize } = vector;
  const header = writeStreamHeader(bytes(vector.saltHex), bytes(vector.noncePrefixHex));
  const io = new MemoryIo([plaintext, new Uint8Array()]);
  const fileKey = fileKeyOf(vector, bytes(vector.saltHex));
  const work = workOf({ header, fileKey, segmentSize }, io, plaintext.length);
  sealSegments(work, new FileReader(work, { fd: 0, size: plaintext.length }), 1);
  return io.file(1);
}

/** Opens a body as section 1 says, segment after segment, and gives the plaintext piece by piece to `release`. */
function open(stated: Stated, body: Uint8Array, release: (plaintext: Uint8Array) => void): void {
  const { segmentSize } = stated;
  const header = body.slice(0, HEADER_BYTES);
  const parts = readStreamHeader(header);
  const n = plaintextLength(body.length, segmentSize);
  if (parts === undefined) throw new EnvelopeError('body-foreign', 'no stream header');
  if (n === undefined) throw new EnvelopeError('body-cut-short', 'impossible length');
  const work = workOf(
    { header, fileKey: fileKeyOf(stated, parts.salt), segmentSize },
    new MemoryIo([body]),
    n,
  );
  openSegments(work, { fd: 0, length: body.length }, release);
}

describe('streams made by Tink', () => {
  it('are all here', () => {
    expect(vectors).toHaveLength(16);
    expect(negative).toHaveLength(26);
  });

  it.each(vectors)('$name: sizes and header', (vector) => {
    const { segmentSize, plaintextGenerator, ciphertextLength, segments } = vector;
    expect(segmentCount(plaintextGenerator.length, segmentSize)).toBe(segments);
    expect(bodyLength(plaintextGenerator.length, segmentSize)).toBe(ciphertextLength);
    expect(plaintextLength(ciphertextLength, segmentSize)).toBe(plaintextGenerator.length);
    expect(readStreamHeader(bytes(vector.headerHex))).toEqual({
      salt: bytes(vector.saltHex),
      prefix: bytes(vector.noncePrefixHex),
    });
    expect(Buffer.from(fileKeyOf(vector, bytes(vector.saltHex))).toString('hex')).toBe(vector.derivedKeyHex);
  });

  it.each(vectors)('$name: sealing gives the same bytes, opening gives the plaintext', (vector) => {
    const plaintext = plaintextOf(vector);
    expect(sha256(plaintext)).toBe(vector.plaintextSha256);
    const body = seal(vector, plaintext);
    expect(body).toHaveLength(vector.ciphertextLength);
    expect(sha256(body)).toBe(vector.ciphertextSha256);

    const opened: Buffer[] = [];
    open(vector, body, (piece) => opened.push(Buffer.from(piece)));
    expect(Buffer.compare(Buffer.concat(opened), plaintext)).toBe(0);
  });
});

describe('streams that Tink refuses', () => {
  it.each(negative)('$name', (stated) => {
    let released = 0;
    const body = bytes(stated.ciphertextHex);
    expect(body).toHaveLength(stated.ciphertextLength);
    expect(() => open(stated, body, (piece) => void (released += piece.length))).toThrow(EnvelopeError);
    expect(released).toBeLessThanOrEqual(stated.tinkPlaintextBytesReleasedBeforeFailure);
  });
});
