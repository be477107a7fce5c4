import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import { createStreamPool } from './pool.ts';
import { S } from './sizes.ts';
import { Bench, fileKey, MiB, Watch } from './test-pool.ts';

const WIPED = new Uint8Array(32);
const coded = (code: string, details = {}) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

/** What a job ends with, result or error; for jobs that end while the test does something else. */
const outcome = async (job: Promise<unknown>) => await job.catch((error: unknown) => error);

const failAtOnce = () => new Worker('throw new Error("no start")', { eval: true });

/** A pool of two whose threads are watched. */
function watched(workers = 2) {
  const watch = new Watch();
  return { watch, pool: createStreamPool({ workers, startWorker: watch.start }) };
}

describe('a cancel', () => {
  it('before the job starts nothing', async () => {
    using bench = new Bench();
    const { watch, pool } = watched();
    await expect(pool.run(bench.endless(), { signal: AbortSignal.abort() })).rejects.toEqual(
      coded('cancelled'),
    );
    expect(watch.workers).toEqual([]);
  });

  it('of a running job settles when every worker has let go, and wipes the key', async () => {
    using bench = new Bench();
    const { watch, pool } = watched();
    await using _ = pool;
    const abort = new AbortController();
    let aborted = Infinity;
    const onProgress = () => {
      expect(watch.keys()).toEqual([fileKey(), fileKey()]);
      aborted = performance.now();
      abort.abort();
    };
    await expect(pool.run(bench.endless(), { signal: abort.signal, onProgress })).rejects.toEqual(
      coded('cancelled'),
    );
    expect(performance.now() - aborted).toBeLessThan(2000);
    expect(watch.outcomes).toBe(2);
    expect(watch.keys()).toEqual([WIPED, WIPED]);
    expect(await pool.run(bench.seal(new Uint8Array(9)).job)).toMatchObject({ bytes: 9 });
    expect(watch.workers).toHaveLength(2);
  });

  it('of a waiting job lets the others be, and no worker ever sees it', async () => {
    using bench = new Bench();
    const { watch, pool } = watched(1);
    await using _ = pool;
    const [first, second] = [new AbortController(), new AbortController()];
    const running = outcome(pool.run(bench.endless(), { signal: first.signal }));
    const waiting = outcome(pool.run(bench.seal(new Uint8Array(9)).job, { signal: second.signal }));
    const next = pool.run(bench.seal(new Uint8Array(7)).job);
    second.abort();
    expect(await waiting).toEqual(coded('cancelled'));
    expect(watch.keys()).toEqual([fileKey()]);
    first.abort();
    expect(await running).toEqual(coded('cancelled'));
    expect(await next).toMatchObject({ bytes: 7 });
    expect(watch.tasks.map((task) => task.plaintextLength)).toEqual([2 ** 40, 7]);
  });

  it('by disposing of the pool ends every job and every thread', async () => {
    using bench = new Bench();
    const { watch, pool } = watched();
    const jobs = Array.from({ length: 4 }, async () => await outcome(pool.run(bench.endless())));
    await vi.waitFor(() => expect(watch.tasks).toHaveLength(2), 30_000);
    await pool[Symbol.asyncDispose]();
    expect(await Promise.all(jobs)).toEqual(jobs.map(() => coded('cancelled')));
    expect(watch.keys()).toEqual(watch.tasks.map(() => WIPED));
    expect(watch.workers.map(({ threadId }) => threadId)).toEqual([-1, -1]);
    await expect(pool.run(bench.endless())).rejects.toThrow('disposed');
  });
});

describe('a worker that ends', () => {
  it('fails its job alone, and is replaced', async () => {
    using bench = new Bench();
    const { watch, pool } = watched();
    const lost = outcome(pool.run(bench.endless()));
    await vi.waitFor(() => expect(watch.tasks).toHaveLength(2), 30_000);
    const kept = outcome(pool.run(bench.endless()));
    await vi.waitFor(() => expect(watch.tasks).toHaveLength(3), 30_000);
    await watch.workers.find((worker) => worker !== watch.takers[2])?.terminate();
    expect(await lost).toEqual(coded('worker-lost'));
    expect(watch.keys()).toEqual([WIPED, WIPED, fileKey(), fileKey()]);
    expect(watch.workers).toHaveLength(3);
    expect(await pool.run(bench.seal(new Uint8Array(7)).job)).toMatchObject({ bytes: 7 });
    await pool[Symbol.asyncDispose]();
    expect(await kept).toEqual(coded('cancelled'));
  });

  it('fails a job that others help with too, once they have let go, and the key is wiped', async () => {
    using bench = new Bench();
    const { watch, pool } = watched();
    await using _ = pool;
    const lost = pool.run(bench.endless(), { onProgress: () => void watch.workers[1]?.terminate() });
    await expect(lost).rejects.toEqual(coded('worker-lost'));
    expect(watch.outcomes).toBe(1);
    expect(watch.keys()).toEqual([WIPED, WIPED]);
    expect(await pool.run(bench.seal(new Uint8Array(20 * MiB)).job)).toMatchObject({ bytes: 20 * MiB });
    expect(watch.workers).toHaveLength(3);
  });

  it('before it could start fails the job that it was to do, with the cause', async () => {
    using bench = new Bench();
    await using pool = createStreamPool({ workers: 1, startWorker: failAtOnce });
    const failed = pool.run(bench.seal(new Uint8Array(9)).job);
    await expect(failed).rejects.toMatchObject({ code: 'worker-lost', cause: { message: 'no start' } });
  });
});

describe('a failing job', () => {
  it('names the first bad segment, whichever worker is faster', async () => {
    using bench = new Bench();
    const { watch, pool } = watched();
    await using _ = pool;
    const { job, body } = bench.seal(new Uint8Array(30 * MiB));
    await pool.run(job);
    const altered = readFileSync(body);
    for (const index of [20, 21, 22, 23]) altered.fill(0, index * S, index * S + 100);
    writeFileSync(body, altered);
    for (let i = 0; i < 10; i++) {
      await expect(pool.run(bench.open(body).job)).rejects.toEqual(coded('body-altered', { offset: 20 * S }));
    }
    expect(watch.keys()).toEqual(watch.tasks.map(() => WIPED));
  });

  it.each([
    ['shrank', 5],
    ['grew', 15],
  ])('whose source %s is source-changed', async (_, size) => {
    using bench = new Bench();
    await using pool = createStreamPool({ workers: 1 });
    const file = bench.file(new Uint8Array(10));
    const { job } = bench.seal(new Uint8Array());
    const source = { kind: 'file' as const, fd: bench.fd(file, 'r'), size: 10 };
    truncateSync(file, size);
    await expect(pool.run({ ...job, source })).rejects.toEqual(coded('source-changed'));
  });

  it('with an impossible body is cut short before a worker sees it', async () => {
    using bench = new Bench();
    const { watch, pool } = watched();
    const { job } = bench.open(bench.file(new Uint8Array(55)));
    await expect(pool.run(job)).rejects.toEqual(coded('body-cut-short', { length: 55 }));
    expect(watch.workers).toEqual([]);
  });

  it('on a descriptor that fails brings the system’s word', async () => {
    using bench = new Bench();
    await using pool = createStreamPool({ workers: 1 });
    const readOnly = bench.fd(bench.file(new Uint8Array()), 'r');
    const { job } = bench.seal(new Uint8Array(9));
    await expect(pool.run({ ...job, target: readOnly })).rejects.toEqual(
      coded('io-failed', { errno: 'EBADF' }),
    );
  });

  it('because of a bug fails with the bug', async () => {
    using bench = new Bench();
    await using pool = createStreamPool({ workers: 1 });
    const { job } = bench.seal(new Uint8Array(9));
    const bug = pool.run({ ...job, target: -1 });
    await expect(bug).rejects.toMatchObject({ name: 'Error', message: expect.stringContaining('"fd"') });
    await expect(pool.run({ ...job, fileKey: new Uint8Array(31) })).rejects.toThrow('32 bytes');
    await expect(pool.run({ ...job, header: new Uint8Array(40) })).rejects.toThrow('not a stream header');
  });
});

it('a key is copied at once and wiped after success', async () => {
  using bench = new Bench();
  const { watch, pool } = watched();
  await using _ = pool;
  const { job, body } = bench.seal(new Uint8Array(9));
  const running = pool.run(job);
  expect(watch.keys()).toEqual([fileKey()]);
  job.fileKey.fill(0);
  await running;
  expect(watch.keys()).toEqual([WIPED]);
  expect(await pool.run(bench.open(body).job)).toMatchObject({ bytes: 9 });
});
