import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeStreamHeader } from './header.ts';
import { bodyLength, plaintextLength, S } from './sizes.ts';
import { MemoryIo, type TestStream, workOf } from './test-io.ts';
import { FileReader, openSegments, sealSegments } from './worker-segments.ts';

const header = writeStreamHeader(new Uint8Array(32).fill(3), Uint8Array.from([1, 2, 3, 4, 5, 6, 7]));
const small: TestStream = { header, fileKey: new Uint8Array(32).fill(5), segmentSize: 100 };
const whole: TestStream = { header, fileKey: new Uint8Array(32).fill(5) };

const SOURCE = 0;
const TARGET = 1;

const plaintextOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31) % 256);
const failure = (code: string, details = {}) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

function seal(
  plaintext: Uint8Array,
  stream = small,
  io = new MemoryIo([plaintext, new Uint8Array()]),
): Uint8Array {
  const work = workOf(stream, io, plaintext.length);
  sealSegments(work, new FileReader(work, { fd: SOURCE, size: plaintext.length }), TARGET);
  expect(work.claims.finished).toBe(work.claims.segments);
  return io.file(TARGET);
}

/** Opens `body` as one of `F` bytes, piece by piece into `opened`. */
function open(
  body: Uint8Array,
  { stream = small, F = body.length, most = Infinity, opened = new Uint8Array(F) } = {},
): Uint8Array {
  const n = plaintextLength(F, stream.segmentSize) ?? -1;
  openSegments(
    workOf(stream, new MemoryIo([body], most), n),
    { fd: SOURCE, length: F },
    (plaintext, position) => {
      opened.set(plaintext, position);
    },
  );
  return opened.subarray(0, n);
}

/** Seals a source of `actual` bytes that is thought to have `size`. */
function sealAs(size: number, actual: number): void {
  const io = new MemoryIo([plaintextOf(actual), new Uint8Array()]);
  const work = workOf(small, io, size);
  sealSegments(work, new FileReader(work, { fd: SOURCE, size }), TARGET);
}

const joined = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

describe('sealing and opening', () => {
  it('gives the plaintext back at every size around a boundary', () => {
    for (let n = 0; n <= 400; n++) {
      const body = seal(plaintextOf(n));
      expect(body).toHaveLength(bodyLength(n, 100));
      expect(open(body)).toEqual(plaintextOf(n));
    }
  });

  it('does so with segments of 1 MiB', () => {
    const boundary = S - 56;
    for (const n of [0, 1, boundary - 1, boundary, boundary + 1, boundary + S - 16, boundary + S - 15]) {
      expect(Buffer.compare(open(seal(plaintextOf(n), whole), { stream: whole }), plaintextOf(n))).toBe(0);
    }
  });

  it('makes no extra segment for a plaintext that ends on a boundary, and 56 bytes of none', () => {
    expect(seal(plaintextOf(44))).toHaveLength(100);
    expect(seal(plaintextOf(44 + 84))).toHaveLength(200);
    expect(seal(plaintextOf(0))).toHaveLength(56);
  });

  it('goes on after short reads and short writes', () => {
    const plaintext = plaintextOf(500);
    const body = seal(plaintext, small, new MemoryIo([plaintext, new Uint8Array()], 7));
    expect(body).toEqual(seal(plaintext));
    expect(open(body, { most: 9 })).toEqual(plaintext);
  });
});

describe('a source that changed', () => {
  it.each([
    ['shorter by a byte', 300, 299],
    ['shorter by segments', 300, 60],
    ['emptied', 300, 0],
    ['longer by a byte', 300, 301],
    ['longer, and was to end on a boundary', 44, 45],
    ['no longer empty', 0, 1],
  ])('%s is refused', (_, size, actual) => {
    expect(() => sealAs(size, actual)).toThrow(failure('source-changed'));
  });
});

describe('a body that changed', () => {
  const plaintext = plaintextOf(44 + 84 + 84 + 30);
  const body = seal(plaintext);
  const segment = (i: number) => body.slice(i === 0 ? 40 : i * 100, (i + 1) * 100);

  it('with any one byte changed is refused at its segment, having released the ones before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: body.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          const index = Math.floor(at / 100);
          let released = 0;
          const work = workOf(
            small,
            new MemoryIo([body.with(at, (body[at] ?? 0) ^ change)]),
            plaintext.length,
          );
          const opening = () =>
            openSegments(
              work,
              { fd: SOURCE, length: body.length },
              (piece) => void (released += piece.length),
            );
          expect(opening).toThrow(failure('body-altered', { offset: index * 100 }));
          expect(released).toBe(index === 0 ? 0 : 44 + (index - 1) * 84);
        },
      ),
    );
  });

  it.each([
    ['cut at a boundary', body.slice(0, 300), 200],
    ['cut after the first segment', body.slice(0, 100), 0],
    ['cut within the last segment', body.slice(0, -1), 300],
    ['a byte appended', joined(body, Uint8Array.of(0)), 300],
    ['a segment appended', joined(body, segment(1)), 300],
    ['itself appended', joined(body, body), 300],
    ['two segments swapped', joined(header, segment(0), segment(2), segment(1), segment(3)), 100],
    ['a segment twice', joined(header, segment(0), segment(1), segment(1), segment(2), segment(3)), 200],
    ['the last segment moved up', joined(header, segment(0), segment(1), segment(3)), 200],
    ['the first segment left out', joined(header, segment(1).slice(0, 60), segment(2), segment(3)), 0],
  ])('%s is altered at its segment', (_, altered, offset) => {
    expect(() => open(altered)).toThrow(failure('body-altered', { offset }));
  });

  it('that ends on a boundary takes no byte more and no byte less', () => {
    const full = seal(plaintextOf(44 + 84));
    expect(() => open(joined(full, new Uint8Array(17)))).toThrow(failure('body-altered', { offset: 100 }));
    expect(plaintextLength(full.length + 1, 100)).toBeUndefined();
    expect(() => open(full.slice(0, -1))).toThrow(failure('body-altered', { offset: 100 }));
  });

  it('that shrinks while it is read is cut short', () => {
    for (const length of [40, 99, 100, 250, body.length - 1]) {
      expect(() => open(body.slice(0, length), { F: body.length })).toThrow(
        failure('body-cut-short', { offset: Math.floor(length / 100) * 100 }),
      );
    }
  });

  it('that grows while it is read is altered, and its last segment is not released', () => {
    const opened = new Uint8Array(plaintext.length);
    const growing = joined(body, Uint8Array.of(1));
    expect(() => open(growing, { F: body.length, opened })).toThrow(failure('body-altered', { offset: 300 }));
    expect(opened.slice(-30)).toEqual(new Uint8Array(30));
  });
});

describe('a cancel', () => {
  it('stops between two writes of one segment', () => {
    const io = new MemoryIo([plaintextOf(400), new Uint8Array()], 10);
    const work = workOf(small, io, 400);
    const { write } = io;
    io.write = (...args) => {
      if (args[4] === 150) work.claims.cancel();
      return write(...args);
    };
    const sealing = () => sealSegments(work, new FileReader(work, { fd: SOURCE, size: 400 }), TARGET);
    expect(sealing).toThrow(failure('cancelled'));
    expect(io.file(TARGET)).toHaveLength(160);
  });
});
