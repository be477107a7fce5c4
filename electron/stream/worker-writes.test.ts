import { describe, expect, it } from 'vitest';
import { writeStreamHeader } from './header.ts';
import { bodyLength } from './sizes.ts';
import { MemoryIo, systemError, workOf } from './test-io.ts';
import { FileReader, sealSegments } from './worker-segments.ts';

const header = writeStreamHeader(new Uint8Array(32).fill(3), Uint8Array.from([1, 2, 3, 4, 5, 6, 7]));
const stream = { header, fileKey: new Uint8Array(32).fill(5), segmentSize: 100 };
const plaintext = Uint8Array.from({ length: 400 }, (_, i) => i % 256);

/** Fails the first writes at every position, and keeps what each attempt was to write there. */
class FailingIo extends MemoryIo {
  readonly attempts = new Map<number, string[]>();
  readonly #failures: { errno: string; times: number };

  constructor(failures: { errno: string; times: number }) {
    super([plaintext, new Uint8Array()], 33);
    this.#failures = failures;
    const { write } = this;
    this.write = (fd, bytes, offset, length, position) => {
      const attempts = this.attempts.get(position) ?? [];
      this.attempts.set(position, [
        ...attempts,
        Buffer.from(bytes.subarray(offset, offset + length)).toString('hex'),
      ]);
      if (attempts.length < this.#failures.times) throw systemError(this.#failures.errno);
      return write(fd, bytes, offset, length, position);
    };
  }
}

function seal(io: MemoryIo): Uint8Array {
  const work = workOf(stream, io, plaintext.length);
  work.claims.pause = () => work.claims.throwIfCancelled();
  sealSegments(work, new FileReader(work, { fd: 0, size: plaintext.length }), 1);
  return io.file(1);
}

const failure = (code: string, details = {}) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

describe('a write that fails', () => {
  it.each(['EINTR', 'EAGAIN', 'EBUSY'])('with %s is repeated with the same ciphertext', (errno) => {
    const io = new FailingIo({ errno, times: 2 });
    expect(seal(io)).toEqual(seal(new MemoryIo([plaintext, new Uint8Array()])));
    expect(io.attempts.size).toBeGreaterThan(bodyLength(plaintext.length, 100) / 33);
    for (const attempts of io.attempts.values()) {
      expect(attempts).toHaveLength(3);
      expect(new Set(attempts).size).toBe(1);
    }
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EIO', 'disk-failing'],
  ])('with %s fails the job as %s, at once', (errno, code) => {
    const io = new FailingIo({ errno, times: 1 });
    expect(() => seal(io)).toThrow(failure(code, { errno, side: 'target' }));
    expect([...io.attempts.values()].flat()).toHaveLength(1);
  });

  it('for ever is given up, after the same ciphertext again and again', () => {
    const io = new FailingIo({ errno: 'EBUSY', times: Infinity });
    expect(() => seal(io)).toThrow(failure('file-busy', { errno: 'EBUSY' }));
    const attempts = [...io.attempts.values()].flat();
    expect(attempts.length).toBeGreaterThan(10);
    expect(new Set(attempts).size).toBe(1);
  });

  it('by taking nothing fails the job', () => {
    const io = new MemoryIo([plaintext, new Uint8Array()]);
    io.write = () => 0;
    expect(() => seal(io)).toThrow(failure('io-failed'));
  });

  it('because of a bug is no coded error', () => {
    const io = new MemoryIo([plaintext, new Uint8Array()]);
    io.write = () => {
      throw new TypeError('bug');
    };
    expect(() => seal(io)).toThrow(TypeError);
  });
});

describe('a read that fails', () => {
  it('for a moment is repeated', () => {
    const io = new MemoryIo([plaintext, new Uint8Array()]);
    const { read } = io;
    let calls = 0;
    io.read = (...args) => {
      if (calls++ % 2 === 0) throw systemError('EAGAIN');
      return read(...args);
    };
    expect(seal(io)).toEqual(seal(new MemoryIo([plaintext, new Uint8Array()])));
  });

  it('for good fails the job with the code of its side', () => {
    const io = new MemoryIo([plaintext, new Uint8Array()]);
    io.read = () => {
      throw systemError('EACCES');
    };
    expect(() => seal(io)).toThrow(failure('source-unreadable', { errno: 'EACCES', side: 'source' }));
  });
});
