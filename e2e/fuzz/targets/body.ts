/** @file A body of small segments (FORMAT.md section 1), read by somebody who has its key. */
import { readStreamHeader, writeStreamHeader } from '../../../electron/stream/header.ts';
import { nonce, sealSegment } from '../../../electron/stream/segment.ts';
import { plaintextLength, segmentAt, segmentCount } from '../../../electron/stream/sizes.ts';
import { MemoryIo, type TestStream, workOf } from '../../../electron/stream/test-io.ts';
import { openSegments } from '../../../electron/stream/worker-segments.ts';
import { isEnvelopeError } from '../../../shared/errors.ts';
import { must, type Target } from '../target.ts';

const SEGMENT = 100;
/** Around every boundary there is. */
const LENGTHS = [0, 1, 43, 44, 45, 127, 128, 129, 300];

const prefix = new Uint8Array(7).fill(9);
const stream: TestStream = {
  header: writeStreamHeader(new Uint8Array(32).fill(3), prefix),
  fileKey: new Uint8Array(32).fill(5),
  segmentSize: SEGMENT,
};

const plaintextOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31) % 256);

/** Written out here once more, so that a fault of the sealing loop is not taken for right. */
function bodyOf(plaintext: Uint8Array): Uint8Array {
  const n = plaintext.length;
  const parts: Uint8Array[] = [stream.header];
  for (let index = 0; index < segmentCount(n, SEGMENT); index += 1) {
    const { plain, last } = segmentAt(n, index, SEGMENT);
    const segment = new Uint8Array(plain.length + 16);
    segment.set(plaintext.subarray(plain.offset, plain.offset + plain.length));
    sealSegment(stream.fileKey, nonce(prefix, index, last), segment);
    parts.push(segment);
  }
  return Buffer.concat(parts);
}

const bodies = LENGTHS.map((length) => bodyOf(plaintextOf(length)));

/** All plaintexts begin alike, so whatever is released can be judged without knowing whose it is. */
const longest = plaintextOf(Math.max(...LENGTHS));

/**
 * The first byte says how many bytes the system reads at a time, the second how much shorter or longer the body is than
 * it was when its length was asked; the rest is the body.
 */
function run(bytes: Uint8Array): boolean {
  const [most = 0, drift = 0] = bytes;
  const body = bytes.subarray(2);
  const header = readStreamHeader(body.subarray(0, 40));
  if (header === undefined || Buffer.compare(body.subarray(0, 40), stream.header) !== 0) return false;
  const F = body.length + (drift < 8 ? drift - 4 : 0);
  const n = plaintextLength(F, SEGMENT);
  if (n === undefined) return false;
  const released = new Uint8Array(n);
  try {
    openSegments(
      workOf(stream, new MemoryIo([body], most + 1), n),
      { fd: 0, length: F },
      (piece, position) => {
        must(isTrue(piece, position), 'what is released is what was sealed, where it was');
        released.set(piece, position);
      },
    );
  } catch (error) {
    if (isEnvelopeError(error, 'body-altered') || isEnvelopeError(error, 'body-cut-short')) return false;
    throw error;
  }
  must(
    bodies.some((whole) => Buffer.compare(whole, body) === 0),
    'only a whole body is accepted',
  );
  must(isTrue(released, 0), 'all of it is released');
  return true;
}

const isTrue = (piece: Uint8Array, position: number): boolean =>
  Buffer.compare(piece, longest.subarray(position, position + piece.length)) === 0;

const AS_IT_IS = 255;
const seeds = (): readonly Uint8Array[] => [
  ...bodies.map((body) => Buffer.concat([Uint8Array.of(AS_IT_IS, AS_IT_IS), body])),
  ...bodies.map((body, index) => Buffer.concat([Uint8Array.of(index, index), body])),
];

export const body: Target = {
  name: 'body',
  watched: ['/electron/stream/'],
  seeds,
  words: ['\x28', '\0\0\0\0', 'x'.repeat(16), 'x'.repeat(100)],
  run,
};
