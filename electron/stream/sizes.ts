/** @file The exact sizes of a body, both ways (FORMAT.md section 1). Pure arithmetic. */
import { EnvelopeError } from '../../shared/errors.ts';
import { HEADER_BYTES } from './header.ts';

/** Bytes of a segment. Functions take it as a parameter only because Tink's vectors use other sizes too. */
export const S = 1_048_576;
/** Bytes of a segment's tag. */
export const TAG_BYTES = 16;
export const MAX_SEGMENTS = 2 ** 31;

export type Range = { offset: number; length: number };

/** Segment `index` of a body: where its plaintext stands, and where its sealed bytes (tag included, header not). */
export type Segment = { index: number; last: boolean; plain: Range; sealed: Range };

/**
 * k, the number of segments of `n` plaintext bytes.
 * @throws EnvelopeError `source-too-large` above 2^31 segments (2 PiB)
 */
export function segmentCount(n: number, segmentSize = S): number {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`not a length in bytes: ${n}`);
  const k = Math.max(1, Math.ceil((n + HEADER_BYTES) / (segmentSize - TAG_BYTES)));
  if (k > MAX_SEGMENTS) throw new EnvelopeError('source-too-large', 'more than 2^31 segments', { size: n });
  return k;
}

/**
 * F, the length of the body of `n` plaintext bytes.
 * @throws EnvelopeError `source-too-large` above 2^31 segments
 */
export function bodyLength(n: number, segmentSize = S): number {
  return HEADER_BYTES + n + TAG_BYTES * segmentCount(n, segmentSize);
}

/** n, the plaintext bytes of a body of `F` bytes; `undefined` if no body has that length. */
export function plaintextLength(F: number, segmentSize = S): number | undefined {
  if (!Number.isSafeInteger(F) || F < HEADER_BYTES + TAG_BYTES) return undefined;
  const k = Math.ceil(F / segmentSize);
  if (k > MAX_SEGMENTS) return undefined;
  const lastLength = F - (k - 1) * segmentSize;
  if (k > 1 && lastLength < TAG_BYTES + 1) return undefined;
  return F - HEADER_BYTES - TAG_BYTES * k;
}

/** Segment `index` of the body of `n` plaintext bytes; `index` from 0 to k-1. */
export function segmentAt(n: number, index: number, segmentSize = S): Segment {
  const k = segmentCount(n, segmentSize);
  if (!Number.isInteger(index) || index < 0 || index >= k) throw new RangeError(`no segment ${index}`);
  const last = index === k - 1;
  const sealedStart = index === 0 ? HEADER_BYTES : index * segmentSize;
  const sealedEnd = last ? bodyLength(n, segmentSize) : (index + 1) * segmentSize;
  const length = sealedEnd - sealedStart;
  return {
    index,
    last,
    plain: { offset: sealedStart - HEADER_BYTES - TAG_BYTES * index, length: length - TAG_BYTES },
    sealed: { offset: sealedStart, length },
  };
}
