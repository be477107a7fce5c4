import { describe, expect, it } from 'vitest';
import { EnvelopeError } from '../../shared/errors.ts';
import { Claims } from './claims.ts';
import { writeStreamHeader } from './header.ts';
import { bodyLength, S, segmentCount } from './sizes.ts';
import { MemoryIo, systemError, workOf } from './test-io.ts';
import type { Outcome, Task } from './task.ts';
import { FileReader, sealSegments } from './worker-segments.ts';
import { type ArchiveCode, runTask } from './worker-task.ts';

const header = writeStreamHeader(new Uint8Array(32), new Uint8Array(7));
const key = new Uint8Array(32).fill(5);
const archive = Uint8Array.from({ length: 2 * S }, (_, i) => i % 253);
const plan = { folder: '/', exclude: [], entries: [], size: archive.length };

function sealed(): Uint8Array {
  const io = new MemoryIo([archive, new Uint8Array()]);
  const work = workOf({ header, fileKey: key }, io, archive.length);
  sealSegments(work, new FileReader(work, { fd: 0, size: archive.length }), 1);
  return io.file(1);
}

/** An archive's reader and sink that keep what happens to them. */
class FakeArchive implements ArchiveCode {
  pushed = 0;
  readonly content = new Uint8Array(archive.length);
  disposed = 0;
  log: string[] = [];
  onPush: () => void = () => undefined;
  onFinish: () => void = () => undefined;
  readonly options: unknown[] = [];

  reader = async () => ({
    read: (into: Uint8Array, position: number) =>
      into.set(archive.subarray(position, position + into.length)),
    [Symbol.dispose]: () => void this.disposed++,
  });

  sink = async (options: unknown) => {
    this.options.push(options);
    return {
      push: (bytes: Uint8Array) => {
        this.onPush();
        this.content.set(bytes, this.pushed);
        this.pushed += bytes.length;
      },
      finish: () => {
        this.onFinish();
        this.log.push('finish');
        return { notes: [{ path: 'a', what: 'mode' as const }] };
      },
      [Symbol.dispose]: () => void this.disposed++,
    };
  };
}

function taskOf(job: Task['job'], plaintextLength: number): { task: Task; claims: Claims } {
  const claims = new Claims(segmentCount(plaintextLength));
  const fileKey = new SharedArrayBuffer(32);
  new Uint8Array(fileKey).set(key);
  return { claims, task: { job, fileKey, plaintextLength, claims: claims.memory } };
}

function extract(
  body: Uint8Array,
  fake: FakeArchive,
  directory?: string,
): { done: Promise<Outcome>; claims: Claims } {
  const job = { kind: 'extract' as const, header, body: { fd: 0, length: body.length }, mask: 0o22 };
  const { task, claims } = taskOf({ ...job, ...(directory !== undefined && { directory }) }, archive.length);
  return { done: runTask(task, new Uint8Array(S), new MemoryIo([body]), fake), claims };
}

const coded = (code: string) => ({ why: { kind: 'error', record: expect.objectContaining({ code }) } });

describe('sealing an archive', () => {
  it('reads it through its reader, and lets the reader go', async () => {
    const fake = new FakeArchive();
    const io = new MemoryIo([new Uint8Array()]);
    const { task } = taskOf(
      { kind: 'seal', header, source: { kind: 'archive', plan }, target: 0 },
      archive.length,
    );
    expect(await runTask(task, new Uint8Array(S), io, fake)).toEqual({ notes: [] });
    expect(io.file(0)).toHaveLength(bodyLength(archive.length));
    expect(Buffer.compare(io.file(0), sealed())).toBe(0);
    expect(fake.disposed).toBe(1);
  });
});

describe('extracting', () => {
  it('pushes everything in order, finishes, and brings the notes', async () => {
    const fake = new FakeArchive();
    expect(await extract(sealed(), fake, '/there').done).toEqual({ notes: [{ path: 'a', what: 'mode' }] });
    expect(fake).toMatchObject({ pushed: archive.length, log: ['finish'], disposed: 1 });
    expect(Buffer.compare(fake.content, archive)).toBe(0);
    expect(fake.options).toEqual([{ mask: 0o22, directory: '/there' }]);
  });

  it('only checks without a directory', async () => {
    const fake = new FakeArchive();
    await extract(sealed(), fake).done;
    expect(fake).toMatchObject({ pushed: archive.length, log: ['finish'], options: [{ mask: 0o22 }] });
  });

  it('pushes nothing of a segment that does not verify, and never finishes', async () => {
    for (const [index, before] of [0, S - 56, 2 * S - 72].entries()) {
      const fake = new FakeArchive();
      const body = sealed();
      body.fill(0, index * S + 50, index * S + 60);
      const { done, claims } = extract(body, fake, '/there');
      expect(await done).toMatchObject({ failure: { segment: index, ...coded('body-altered') } });
      expect(fake).toMatchObject({ pushed: before, log: [], disposed: 1 });
      expect(claims.unclaimed).toBe(0);
    }
  });

  it('fails with what the sink says', async () => {
    const bad = new FakeArchive();
    bad.onFinish = () => {
      throw new EnvelopeError('archive-invalid', 'bytes follow');
    };
    expect(await extract(sealed(), bad).done).toMatchObject({ failure: coded('archive-invalid') });
    const full = new FakeArchive();
    full.onPush = () => {
      throw systemError('ENOSPC');
    };
    expect(await extract(sealed(), full).done).toMatchObject({
      failure: { segment: 0, ...coded('disk-full') },
    });
    expect([bad.disposed, full.disposed]).toEqual([1, 1]);
  });

  it('stops between two pushes when cancelled', async () => {
    const fake = new FakeArchive();
    const { done, claims } = extract(sealed(), fake);
    fake.onPush = () => claims.cancel();
    expect(await done).toMatchObject({ failure: coded('cancelled') });
    expect(fake).toMatchObject({ pushed: 65_536, log: [], disposed: 1 });
  });

  it('tells a bug from a bad file', async () => {
    const fake = new FakeArchive();
    fake.onPush = () => {
      throw new TypeError('a bug');
    };
    expect(await extract(sealed(), fake).done).toMatchObject({
      failure: { why: { kind: 'bug', message: 'a bug' } },
    });
  });
});
