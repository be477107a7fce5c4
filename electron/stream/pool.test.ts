import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { makeTree } from '../files/archive-fixture.ts';
import { planArchive } from '../files/archive-planner.ts';
import { createStreamPool } from './pool.ts';
import { bodyLength, S } from './sizes.ts';
import { Bench, MiB, Watch } from './test-pool.ts';

const plaintextOf = (length: number) =>
  Buffer.alloc(
    length,
    Uint8Array.from({ length: 251 }, (_, i) => i),
  );
const same = (file: string, bytes: Uint8Array) => Buffer.compare(readFileSync(file), bytes) === 0;

describe('the pool', () => {
  it.each([0, 1, S - 56, S - 55, 3 * S])('seals and opens %d bytes', async (n) => {
    using bench = new Bench();
    await using pool = createStreamPool({ workers: 2 });
    const sealing = bench.seal(plaintextOf(n));
    expect(await pool.run(sealing.job)).toEqual({ bytes: n, notes: [] });
    expect(statSync(sealing.body).size).toBe(bodyLength(n));
    expect(readFileSync(sealing.body).subarray(0, 40)).toEqual(Buffer.from(sealing.job.header));
    const opening = bench.open(sealing.body);
    expect(await pool.run(opening.job)).toEqual({ bytes: n, notes: [] });
    expect(same(opening.plain, plaintextOf(n))).toBe(true);
  });

  it('gives the same 20 MiB with one worker and with three', async () => {
    using bench = new Bench();
    const plaintext = plaintextOf(20 * MiB + 5);
    const alone = bench.seal(plaintext);
    const together = bench.seal(plaintext);
    const watch = new Watch();
    await using one = createStreamPool({ workers: 1 });
    await using three = createStreamPool({ workers: 3, startWorker: watch.start });
    await one.run(alone.job);
    await three.run(together.job);
    expect(watch.workers).toHaveLength(3);
    expect(same(together.body, readFileSync(alone.body))).toBe(true);
    const opening = bench.open(together.body);
    await three.run(opening.job);
    expect(same(opening.plain, plaintext)).toBe(true);
  });

  it('verifies without a target', async () => {
    using bench = new Bench();
    await using pool = createStreamPool({ workers: 1 });
    const sealing = bench.seal(plaintextOf(100));
    await pool.run(sealing.job);
    const { target: _, ...job } = bench.open(sealing.body).job;
    expect(await pool.run(job)).toEqual({ bytes: 100, notes: [] });
  });

  it('seals a folder as an archive and extracts it', async () => {
    using bench = new Bench();
    await using pool = createStreamPool({ workers: 2 });
    const folder = bench.path();
    mkdirSync(folder);
    makeTree(folder, [
      { path: 'large', bytes: plaintextOf(20 * MiB) },
      { path: 'sub/small', bytes: 'x' },
    ]);
    const { plan } = await planArchive(folder);
    const { job, body } = bench.seal(new Uint8Array());
    await pool.run({ ...job, source: { kind: 'archive', plan } });

    const directory = bench.path();
    mkdirSync(directory);
    const { header, fileKey, body: source } = bench.open(body).job;
    const extract = { kind: 'extract' as const, header, fileKey, body: source, mask: 0o022 };
    expect(await pool.run({ ...extract, directory })).toEqual({ bytes: plan.size, notes: [] });
    expect(new Set(readdirSync(directory, { recursive: true, encoding: 'utf8' }))).toEqual(
      new Set(['large', 'sub', path.join('sub', 'small')]),
    );
    expect(same(path.join(directory, 'large'), plaintextOf(20 * MiB))).toBe(true);
    expect(await pool.run(extract)).toEqual({ bytes: plan.size, notes: [] });
  });

  it('reports progress upwards, and all of it at the end', async () => {
    using bench = new Bench();
    await using pool = createStreamPool({ workers: 1 });
    const calls: number[] = [];
    const abort = new AbortController();
    const onProgress = (bytes: number) => {
      calls.push(bytes);
      if (calls.length === 3) abort.abort();
    };
    await expect(pool.run(bench.endless(), { onProgress, signal: abort.signal })).rejects.toThrow(
      'cancelled',
    );
    expect(calls).toHaveLength(3);
    expect(calls).toEqual([...new Set(calls)].sort((a, b) => a - b));
    expect(calls[0]).toBeGreaterThan(0);

    calls.length = 0;
    await pool.run(bench.seal(new Uint8Array()).job, { onProgress: (bytes) => calls.push(bytes) });
    expect(calls).toEqual([0]);
  });
});

describe('many jobs', () => {
  it('of one segment run side by side, each whole in one worker', async () => {
    using bench = new Bench();
    const watch = new Watch();
    await using pool = createStreamPool({ workers: 4, startWorker: watch.start });
    const jobs = Array.from({ length: 200 }, (_, i) => bench.seal(plaintextOf(i)));
    const finished: number[] = [];
    await Promise.all(jobs.map(async ({ job }, i) => finished.push((await pool.run(job)).bytes && i)));
    expect(watch.workers).toHaveLength(4);
    expect(watch.tasks).toHaveLength(200);
    expect(watch.tasks.map((task) => task.plaintextLength)).toEqual(jobs.map((_, i) => i));
    for (const { body } of jobs.filter((_, i) => i % 20 === 0)) {
      const opening = bench.open(body);
      await pool.run(opening.job);
      expect(same(opening.plain, plaintextOf(readFileSync(opening.plain).length))).toBe(true);
    }
  });

  it('large ones share the workers, and the one that is left gets them all', async () => {
    using bench = new Bench();
    const watch = new Watch();
    await using pool = createStreamPool({ workers: 2, startWorker: watch.start });
    const abort = new AbortController();
    const first = pool.run(bench.endless(), { signal: abort.signal });
    await vi.waitFor(() => expect(watch.tasks).toHaveLength(2), 30_000);
    const second = pool.run(bench.endless());
    second.catch(() => undefined);
    const given = () =>
      watch.tasks.map(({ claims }) => (claims === watch.tasks[0]?.claims ? 'first' : 'second'));
    await vi.waitFor(() => expect(given()).toEqual(['first', 'first', 'second']), 30_000);
    abort.abort();
    await expect(first).rejects.toThrow('cancelled');
    await vi.waitFor(() => expect(given()).toEqual(['first', 'first', 'second', 'second']), 30_000);
    await pool[Symbol.asyncDispose]();
    await expect(second).rejects.toThrow('cancelled');
  });

  it('small ones do not wait for a large one to end', async () => {
    using bench = new Bench();
    const watch = new Watch();
    await using pool = createStreamPool({ workers: 2, startWorker: watch.start });
    const endless = pool.run(bench.endless());
    endless.catch(() => undefined);
    await vi.waitFor(() => expect(watch.tasks).toHaveLength(2), 30_000);
    const small = Array.from({ length: 20 }, (_, i) => bench.seal(plaintextOf(i)));
    const results = await Promise.all(small.map(async ({ job }) => await pool.run(job)));
    expect(results.map(({ bytes }) => bytes)).toEqual(small.map((_, i) => i));
  });
});

const module = (name: string) => JSON.stringify(new URL(name, import.meta.url));

it('an idle pool keeps no process alive, a busy one does', () => {
  const input = `
    import { createStreamPool } from ${module('./pool.ts')};
    import { Bench } from ${module('./test-pool.ts')};
    using bench = new Bench();
    const { job } = bench.seal(new Uint8Array(${20 * MiB}));
    const { bytes } = await createStreamPool({ workers: 2 }).run(job);
    console.log(bytes);
  `;
  const options = { input, encoding: 'utf8', timeout: 30_000 } as const;
  expect(execFileSync(process.execPath, ['--input-type=module', '-'], options)).toBe(`${20 * MiB}\n`);
});

describe('threads that are started early', () => {
  it('are those that the first jobs get, and no more than there may be', async () => {
    using bench = new Bench();
    const watch = new Watch();
    await using pool = createStreamPool({ workers: 2, early: 5, startWorker: watch.start });
    expect(watch.workers).toHaveLength(2);
    await Promise.all([1, 2, 3].map(async (n) => await pool.run(bench.seal(plaintextOf(n)).job)));
    expect(watch.workers).toHaveLength(2);
  });

  it('keep no process alive that comes to do nothing', () => {
    const input = `
      import { createStreamPool } from ${module('./pool.ts')};
      createStreamPool({ workers: 2, early: 2 });
      console.log('nothing to do');
    `;
    const options = { input, encoding: 'utf8', timeout: 30_000 } as const;
    expect(execFileSync(process.execPath, ['--input-type=module', '-'], options)).toBe('nothing to do\n');
  });
});
