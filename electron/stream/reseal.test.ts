/** @file Sealing again: from one body to another in the memory of the workers, segment by segment. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeStreamHeader } from './header.ts';
import type { ResealJob } from './job.ts';
import { createStreamPool } from './pool.ts';
import { bodyLength, plaintextLength, S } from './sizes.ts';
import { MemoryIo, type TestStream, workOf } from './test-io.ts';
import { Bench, fileKey, MiB, Watch } from './test-pool.ts';
import { FileReader, openSegments, resealSegments, sealSegments } from './worker-segments.ts';

const header = (salt: number) =>
  writeStreamHeader(new Uint8Array(32).fill(salt), Uint8Array.from([salt, 2, 3, 4, 5, 6, 7]));
const old: TestStream = { header: header(3), fileKey: new Uint8Array(32).fill(5), segmentSize: 100 };
const fresh: TestStream = { header: header(9), fileKey: new Uint8Array(32).fill(7), segmentSize: 100 };

const plaintextOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31) % 256);

function seal(plaintext: Uint8Array, stream: TestStream): Uint8Array {
  const io = new MemoryIo([plaintext, new Uint8Array()]);
  const work = workOf(stream, io, plaintext.length);
  sealSegments(work, new FileReader(work, { fd: 0, size: plaintext.length }), 1);
  return io.file(1);
}

function reseal(body: Uint8Array, { F = body.length, most = Infinity } = {}): Uint8Array {
  const io = new MemoryIo([body, new Uint8Array()], most);
  const work = workOf(fresh, io, plaintextLength(F, 100) ?? -1);
  resealSegments(work, { body: { fd: 0, length: F }, header: old.header, fileKey: old.fileKey }, 1);
  expect(work.claims.finished).toBe(work.claims.segments);
  // Nothing but ciphertext is left where the work was done.
  expect(work.buffer).not.toEqual(plaintextOf(100));
  return io.file(1);
}

function open(body: Uint8Array, stream: TestStream): Uint8Array {
  const n = plaintextLength(body.length, 100) ?? -1;
  const opened = new Uint8Array(n);
  const work = workOf(stream, new MemoryIo([body]), n);
  openSegments(work, { fd: 0, length: body.length }, (plaintext, position) =>
    opened.set(plaintext, position),
  );
  return opened;
}

describe('sealing segments again', () => {
  it('is what sealing the plaintext anew would be, at every size around a boundary', () => {
    for (let n = 0; n <= 300; n += 1) {
      const again = reseal(seal(plaintextOf(n), old));
      expect(again).toEqual(seal(plaintextOf(n), fresh));
      expect(open(again, fresh)).toEqual(plaintextOf(n));
      expect(() => open(again, old)).toThrow(expect.objectContaining({ code: 'body-altered' }));
    }
  });

  it('goes on after short reads and writes', () => {
    const body = seal(plaintextOf(250), old);
    expect(reseal(body, { most: 7 })).toEqual(reseal(body));
  });

  it('does nothing with a segment that does not verify, wherever it is', () => {
    const body = seal(plaintextOf(290), old);
    for (const position of [41, 99, 150, body.length - 1]) {
      const altered = Uint8Array.from(body);
      altered[position] = (altered[position] ?? 0) ^ 1;
      const offset = Math.floor(position / 100) * 100;
      expect(() => reseal(altered)).toThrow(
        expect.objectContaining({ code: 'body-altered', details: { offset } }),
      );
    }
    expect(() => reseal(body.subarray(0, 200), { F: 300 })).toThrow(
      expect.objectContaining({ code: 'body-cut-short' }),
    );
    expect(() => reseal(Uint8Array.from([...body, 0]), { F: body.length })).toThrow(
      expect.objectContaining({ code: 'body-altered' }),
    );
  });
});

describe('the pool, sealing again', () => {
  const newKey = (): Uint8Array => new Uint8Array(32).fill(0x3c);

  function job(bench: Bench, body: string, oldHeader: Uint8Array): { job: ResealJob; again: string } {
    const again = bench.path();
    const length = readFileSync(body).length;
    return {
      again,
      job: {
        kind: 'reseal',
        body: { fd: bench.fd(body, 'r'), length },
        oldHeader,
        oldKey: fileKey(),
        header: header(11),
        fileKey: newKey(),
        target: bench.fd(again, 'wx'),
      },
    };
  }

  it.each([0, 1, S - 56, 20 * MiB + 5])(
    'of %d bytes, opens with the new key and not with the old',
    async (n) => {
      using bench = new Bench();
      const watch = new Watch();
      await using pool = createStreamPool({ workers: 3, startWorker: watch.start });
      const plaintext = Buffer.from(plaintextOf(251))
        .toString('latin1')
        .repeat(Math.ceil(n / 251))
        .slice(0, n);
      const bytes = Buffer.from(plaintext, 'latin1');
      const sealing = bench.seal(bytes);
      await pool.run(sealing.job);
      const before = readdirSync(bench.folder).length;
      const resealing = job(bench, sealing.body, sealing.job.header);
      expect(await pool.run(resealing.job)).toEqual({ bytes: n, notes: [] });
      expect(readFileSync(resealing.again)).toHaveLength(bodyLength(n));
      // The new body is the only file that there is more.
      expect(readdirSync(bench.folder)).toHaveLength(before + 1);
      const opening = bench.open(resealing.again);
      await pool.run({ ...opening.job, header: header(11), fileKey: newKey() });
      expect(readFileSync(opening.plain).equals(bytes)).toBe(true);
      const refused = pool.run(bench.open(resealing.again).job);
      await expect(refused).rejects.toMatchObject({ code: 'body-altered' });
      const keys = watch.tasks.flatMap(({ fileKey: one, oldKey }) => [
        one,
        ...(oldKey === undefined ? [] : [oldKey]),
      ]);
      expect(keys.length).toBeGreaterThan(watch.tasks.length);
      for (const key of keys) expect(new Uint8Array(key).every((byte) => byte === 0)).toBe(true);
      // What goes by message has no key in it.
      for (const task of watch.tasks) expect(task.job).not.toHaveProperty('oldKey');
    },
  );
});
