import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshFolder, makeTestEngine, type TestEngine, timeAndMode } from '../envelope/engine.fixture.ts';
import type { BatchEvent, OpenAll, SealAll } from './job.ts';
import { openAll, verifyAll } from './open-all.ts';
import { sealAll } from './seal-all.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

/** Runs a batch and keeps what it told. */
async function sealed(
  paths: string[],
  more: Partial<SealAll> = {},
  signal?: AbortSignal,
  watch: (event: BatchEvent<unknown>) => void = () => {},
) {
  const events: BatchEvent<unknown>[] = [];
  const request: SealAll = {
    paths,
    archive: false,
    keys: [engine.local],
    labels: {},
    hideNames: false,
    collision: 'keep-both',
    verify: false,
    binOriginals: false,
    again: false,
    ...more,
  };
  const onEvent = (event: BatchEvent<unknown>): void => {
    events.push(event);
    watch(event);
  };
  const result = await sealAll(engine, request, { signal, onEvent });
  return { result, events };
}

async function opened(paths: string[], more: Partial<OpenAll> = {}) {
  const events: BatchEvent<unknown>[] = [];
  const result = await openAll(
    engine,
    { paths, collision: 'keep-both', ...more },
    { onEvent: (event) => events.push(event) },
  );
  return { result, events };
}

/** `docs` with files, folders, an empty one, a link, odd modes and times. */
async function freshTree(): Promise<string> {
  const docs = path.join(await freshFolder(engine), 'docs');
  await mkdir(path.join(docs, 'a', 'b'), { recursive: true });
  await mkdir(path.join(docs, 'empty'));
  await writeFile(path.join(docs, 'one.txt'), 'one');
  await writeFile(path.join(docs, 'a', 'two.bin'), randomBytes(1_200_000));
  await writeFile(path.join(docs, 'a', 'b', 'three'), '');
  await chmod(path.join(docs, 'one.txt'), 0o444);
  await utimes(path.join(docs, 'a', 'b', 'three'), 1_500_000_000, 1_500_000_000);
  await chmod(path.join(docs, 'a', 'b'), 0o750);
  await utimes(path.join(docs, 'a', 'b'), 1_400_000_000, 1_400_000_000);
  return docs;
}

async function expectSameTree(was: string, is: string): Promise<void> {
  const names = (await readdir(was, { recursive: true })).sort();
  expect((await readdir(is, { recursive: true })).sort()).toEqual(names);
  for (const name of ['', ...names]) {
    expect(await timeAndMode(path.join(is, name)), name).toEqual(await timeAndMode(path.join(was, name)));
  }
  for (const name of ['one.txt', 'a/two.bin', 'a/b/three']) {
    expect((await readFile(path.join(is, name))).equals(await readFile(path.join(was, name))), name).toBe(
      true,
    );
  }
}

describe('a folder', () => {
  it('becomes a mirrored tree of pairs, and comes back with bytes, times and modes', async () => {
    const docs = await freshTree();
    const [vault, back] = [await freshFolder(engine), await freshFolder(engine)];
    const { result, events } = await sealed([docs], { to: vault });
    expect(result).toEqual({ done: 3, skipped: 0, failed: 0, bytes: 1_200_003, cancelled: false });
    expect(events[0]).toEqual({ type: 'total', files: 3, bytes: 1_200_003 });
    expect(await readdir(path.join(vault, 'docs', 'a'))).toEqual(['b', 'two.bin.enc', 'two.bin.envelope']);
    expect(await verifyAll(engine, { paths: [vault] })).toMatchObject({ done: 3, failed: 0 });
    expect((await opened([path.join(vault, 'docs')], { to: back })).result).toMatchObject({
      done: 3,
      failed: 0,
    });
    await expectSameTree(docs, path.join(back, 'docs'));
  });

  it('becomes one archive, and comes back the same', async () => {
    const docs = await freshTree();
    const [vault, back] = [await freshFolder(engine), await freshFolder(engine)];
    await sealed([docs], { to: vault, archive: true });
    expect(await readdir(vault)).toEqual(['docs.enc', 'docs.envelope']);
    await opened([path.join(vault, 'docs.envelope')], { to: back });
    await expectSameTree(docs, path.join(back, 'docs'));
  });

  it('sealed in place twice does not seal its own envelopes', async () => {
    const docs = await freshTree();
    await sealed([docs]);
    const { result, events } = await sealed([docs], { collision: 'skip' });
    expect(result).toMatchObject({ done: 0, skipped: 3, failed: 0 });
    const leftOut = events.filter((event) => event.type === 'left-out');
    expect(leftOut.map(({ what }) => what.why)).toEqual(Array(6).fill('sealed'));
  });

  it('may hold the folder its results go to', async () => {
    const docs = await freshTree();
    const to = path.join(docs, 'vault');
    await mkdir(to);
    await writeFile(path.join(to, 'there'), 'x');
    expect((await sealed([docs], { to })).result).toMatchObject({ done: 3, failed: 0 });
  });

  it('goes where a relative path says', async () => {
    const docs = await freshTree();
    const [vault, back] = [await freshFolder(engine), await freshFolder(engine)];
    const relative = (folder: string): string => path.relative(process.cwd(), folder);
    await sealed([docs], { to: relative(vault) });
    await opened([path.join(vault, 'docs')], { to: relative(back) });
    await expectSameTree(docs, path.join(back, 'docs'));
  });

  it('says what it left out', async () => {
    const docs = await freshTree();
    await symlink('/etc/hosts', path.join(docs, 'link'));
    const { events } = await sealed([docs], { to: await freshFolder(engine) });
    expect(events).toContainEqual({ type: 'left-out', what: { path: path.join(docs, 'link'), why: 'link' } });
  });
});

describe('a batch', () => {
  it('goes on past files that fail', async () => {
    const folder = await freshFolder(engine);
    const [good, missing] = [path.join(folder, 'good'), path.join(folder, 'missing')];
    await writeFile(good, 'x');
    const { result, events } = await sealed([missing, '/dev/null', good]);
    expect(result).toMatchObject({ done: 1, failed: 2 });
    const codes = events.flatMap((event) =>
      event.type === 'ended' && event.outcome.state === 'failed' ? [event.outcome.error.code] : [],
    );
    expect(codes.sort()).toEqual(['source-missing', 'source-special']);
  });

  it('refuses an envelope or its body, unless it is to be sealed again', async () => {
    const file = path.join(await freshFolder(engine), 'x');
    await writeFile(file, 'x');
    await sealed([file]);
    const again = [`${file}.enc`, `${file}.envelope`];
    expect((await sealed(again)).result).toMatchObject({ done: 0, failed: 2 });
    expect((await sealed(again, { again: true })).result).toMatchObject({ done: 2, failed: 0 });
  });

  it('opens a pair once though both halves are named', async () => {
    const folder = await freshFolder(engine);
    await writeFile(path.join(folder, 'x'), 'x');
    await sealed([path.join(folder, 'x')]);
    const both = [path.join(folder, 'x.enc'), path.join(folder, 'x.envelope')];
    expect((await opened(both, { to: path.join(folder, 'new', 'deep') })).result).toMatchObject({
      done: 1,
      failed: 0,
    });
    expect(await readdir(path.join(folder, 'new', 'deep'))).toEqual(['x']);
  });

  it('refuses before anything is done what can never fit', async () => {
    const folder = await freshFolder(engine);
    const huge = path.join(folder, 'huge');
    await writeFile(huge, '');
    await truncate(huge, 8e12);
    await expect(sealed([huge])).rejects.toMatchObject({ code: 'disk-full' });
    expect(await readdir(folder)).toEqual(['huge']);
  });

  it('does not look again at what somebody has looked at: room is asked for, and told of, as they said', async () => {
    const file = path.join(await freshFolder(engine), 'a');
    await writeFile(file, 'x');
    const ahead = (bytes: number) => ({ files: 7, bytes, byFolder: [{ folder: path.dirname(file), bytes }] });
    const { events, result } = await sealed([file], { ahead: ahead(9) });
    expect(events).toContainEqual({ type: 'total', files: 7, bytes: 9 });
    expect(result.done).toBe(1);
    await expect(sealed([file], { ahead: ahead(2 ** 50) })).rejects.toMatchObject({ code: 'disk-full' });
  });

  it('stops at a cancel: nothing new is begun, nothing half is left', async () => {
    const folder = await freshFolder(engine);
    for (let i = 0; i < 100; i += 1) await writeFile(path.join(folder, `f${i}`), 'x');
    const cancel = new AbortController();
    let ended = 0;
    const { result } = await sealed([folder], {}, cancel.signal, (event) => {
      if (event.type === 'ended' && ++ended === 5) cancel.abort();
    });
    expect(result.cancelled).toBe(true);
    expect(result.done).toBeLessThan(100);
    const names = await readdir(folder);
    expect(names.filter((name) => name.includes('partial'))).toEqual([]);
    expect(names.filter((name) => name.endsWith('.enc')).length).toBe(result.done);
    expect(names.filter((name) => name.endsWith('.envelope')).length).toBe(result.done);
  });
});
