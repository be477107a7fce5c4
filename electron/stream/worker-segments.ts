/** @file The loops of a worker thread: claim a segment, work on it at its own offsets, claim the next. */
import { EnvelopeError } from '../../shared/errors.ts';
import type { Claims } from './claims.ts';
import { type DescriptorIo, readFully, writeFully } from './descriptor-io.ts';
import { HEADER_BYTES, readStreamHeader } from './header.ts';
import type { BodySource, StreamHeader } from './job.ts';
import { nonce, openSegment, sealSegment } from './segment.ts';
import { S, type Segment, segmentAt } from './sizes.ts';

/** What every loop needs. */
export type SegmentWork = {
  header: StreamHeader;
  fileKey: Uint8Array;
  /** n, plaintext bytes of the whole job. */
  plaintextLength: number;
  claims: Claims;
  io: DescriptorIo;
  /** At least `segmentSize` bytes; the only memory a loop needs, whatever the size of the job. */
  buffer: Uint8Array;
  /** {@link S}, but in Tink's vectors. */
  segmentSize?: number;
};

/** Plaintext at any offset. */
export type PlainReader = {
  /**
   * Fills `into` with the plaintext from `position` on.
   * @throws EnvelopeError `source-changed` if there is less than planned; the file codes
   */
  read(into: Uint8Array, position: number): void;
};

/** A file of exactly `size` bytes as a {@link PlainReader}. */
export class FileReader implements PlainReader {
  readonly #work: Pick<SegmentWork, 'io' | 'claims'>;
  readonly #file: { fd: number; size: number };

  constructor(work: Pick<SegmentWork, 'io' | 'claims'>, file: { fd: number; size: number }) {
    this.#work = work;
    this.#file = file;
  }

  /** Reading the last bytes looks one byte further: `source-changed` if there is one. */
  read(into: Uint8Array, position: number): void {
    const { io, claims } = this.#work;
    const { fd, size } = this.#file;
    const end = position + into.length;
    if (readFully(io, claims, fd, into, position) < into.length) {
      throw new EnvelopeError('source-changed', 'the source is shorter than it was', { size });
    }
    if (end === size && readFully(io, claims, fd, new Uint8Array(1), end) > 0) {
      throw new EnvelopeError('source-changed', 'the source is longer than it was', { size });
    }
  }
}

/**
 * Seals the segments it can claim from `source` into `target`; segment 0 brings the header.
 * @throws EnvelopeError `cancelled` · what `source` throws · the target's file codes
 */
export function sealSegments(work: SegmentWork, source: PlainReader, target: number): void {
  const { header, fileKey, claims, io, buffer } = work;
  const prefix = prefixOf(header);
  for (const { index, last, plain, sealed } of claimed(work)) {
    // Segment 0 stands behind the header in the buffer as in the body, so both are one write.
    const start = index === 0 ? HEADER_BYTES : 0;
    if (index === 0) buffer.set(header);
    const segment = buffer.subarray(start, start + sealed.length);
    source.read(segment.subarray(0, plain.length), plain.offset);
    sealSegment(fileKey, nonce(prefix, index, last), segment);
    writeFully(io, claims, target, buffer.subarray(0, start + sealed.length), sealed.offset - start);
  }
}

/**
 * Opens the segments it can claim and gives each, once its tag verified, to `release`.
 * @throws EnvelopeError `cancelled` · `body-altered` with `details.offset` = i·S · `body-cut-short` · file codes
 */
export function openSegments(
  work: SegmentWork,
  body: BodySource,
  release: (plaintext: Uint8Array, position: number) => void,
): void {
  const { header, fileKey, buffer } = work;
  for (const segment of claimed(work)) {
    const into = buffer.subarray(0, segment.sealed.length);
    release(openOne(work, { body, header, fileKey }, segment, into), segment.plain.offset);
  }
}

/** A sealed body and what opens it. */
type SealedBody = { body: BodySource; header: StreamHeader; fileKey: Uint8Array };

/**
 * Opens the segments it can claim of `old` and seals each into `target` at once, in the same memory: the segments of both
 * bodies are the same.
 * @throws EnvelopeError as {@link openSegments}; the target's file codes
 */
export function resealSegments(work: SegmentWork, old: SealedBody, target: number): void {
  const { header, fileKey, claims, io, buffer } = work;
  const prefix = prefixOf(header);
  for (const segment of claimed(work)) {
    const { index, last, sealed } = segment;
    const start = index === 0 ? HEADER_BYTES : 0;
    const bytes = buffer.subarray(start, start + sealed.length);
    openOne(work, old, segment, bytes);
    if (index === 0) buffer.set(header);
    sealSegment(fileKey, nonce(prefix, index, last), bytes);
    writeFully(io, claims, target, buffer.subarray(0, start + sealed.length), sealed.offset - start);
  }
}

/** Reads one segment into `into` and opens it there. @returns its plaintext, a view. Errors as {@link openSegments}. */
function openOne(
  { claims, io, segmentSize = S }: SegmentWork,
  { body, header, fileKey }: SealedBody,
  { index, last, sealed }: Segment,
  into: Uint8Array,
): Uint8Array {
  const offset = index * segmentSize;
  if (readFully(io, claims, body.fd, into, sealed.offset) < sealed.length) {
    throw new EnvelopeError('body-cut-short', 'the body is shorter than it was', { offset });
  }
  const plaintext = openSegment(fileKey, nonce(prefixOf(header), index, last), into);
  if (plaintext === undefined) {
    throw new EnvelopeError('body-altered', `the segment at byte ${offset} does not verify`, { offset });
  }
  if (last && readFully(io, claims, body.fd, new Uint8Array(1), body.length) > 0) {
    throw new EnvelopeError('body-altered', 'bytes follow the last segment', { offset });
  }
  return plaintext;
}

/** A segment counts as finished when the loop comes back for the next one. */
function* claimed({ claims, plaintextLength, segmentSize }: SegmentWork): Generator<Segment, void, void> {
  for (let index = claims.claim(); index !== undefined; index = claims.claim()) {
    yield segmentAt(plaintextLength, index, segmentSize);
    claims.finish();
  }
}

function prefixOf(header: StreamHeader): Uint8Array {
  const parts = readStreamHeader(header);
  if (parts === undefined) throw new Error('not a stream header');
  return parts.prefix;
}
