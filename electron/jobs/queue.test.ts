import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobsChange } from '../../shared/desktop.ts';
import {
  type FakeDesktop,
  granted,
  TestHome,
  type TestRun,
  toOpen,
  toSeal,
} from '../app/services.fixture.ts';
import type { WorkRoutes } from '../ipc/services.ts';

let home: TestHome;
let run: TestRun;
let routes: WorkRoutes;
let desktop: FakeDesktop;

async function begin(): Promise<void> {
  run = await home.run();
  ({ desktop } = run);
  ({ routes } = run.work);
}

beforeEach(async () => {
  home = await TestHome.create();
  await begin();
});
afterEach(async () => {
  await run[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

/** A folder of `count` files of `bytes` each. */
async function freshFiles(count: number, bytes = 10): Promise<{ folder: string; files: string[] }> {
  const folder = path.join(home.folder, `files-${count}`);
  await mkdir(folder);
  const files = Array.from({ length: count }, (_, index) => path.join(folder, `${index}.bin`));
  for (const file of files) await writeFile(file, Buffer.alloc(bytes, 7));
  return { folder, files };
}

const changesOf = ({ sent }: FakeDesktop): JobsChange[] =>
  sent.filter(({ name }) => name === 'jobsChanged').map(({ payload }) => payload as JobsChange);

async function passphraseKey(): Promise<string> {
  desktop.answer = ({ id }) => void routes.answerPrompt(id, 'open sesame');
  const { key } = await routes.createLocalKey('Locked', 'passphrase');
  desktop.answer = undefined;
  desktop.asked.length = 0;
  return key;
}

describe('a batch', () => {
  it('has its counts, and rows of all its files before their turn', async () => {
    const { folder, files } = await freshFiles(100);
    const batch = await routes.start(toSeal(await granted(desktop, folder)));
    expect(run.work.isBusy()).toBe(true);
    expect(await desktop.ended(batch)).toMatchObject({
      state: 'ended',
      files: 100,
      bytes: 1_000,
      doneFiles: 100,
      doneBytes: 1_000,
      failedFiles: 0,
      speed: 0,
    });
    expect(run.work.isBusy()).toBe(false);
    expect(
      desktop
        .rowsOf(batch)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(files.map((file) => path.basename(file)).sort());
    expect(desktop.rowsOf(batch).every(({ state, speed }) => state === 'done' && speed === 0)).toBe(true);
    expect(routes.jobs()).toMatchObject({ batches: [{ id: batch }], rows: { length: 100 } });
  });

  it('tells at most ten changes a second, whatever goes on', async () => {
    const { folder } = await freshFiles(120);
    const started = performance.now();
    const batch = await routes.start(toSeal(await granted(desktop, folder)));
    await desktop.ended(batch);
    const seconds = (performance.now() - started) / 1000;
    expect(changesOf(desktop).length).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 1);
  });

  it('goes on past what fails; it alone is done again, and goes where it belonged', async () => {
    const { folder, files } = await freshFiles(3);
    const to = path.join(home.folder, 'to');
    await mkdir(path.join(to, path.basename(folder), '1.bin.enc'), { recursive: true });
    const [grant = '', target = ''] = await granted(desktop, folder, to);
    await rm(files[0] ?? '');
    await mkdir(files[0] ?? '');
    await writeFile(path.join(files[0] ?? '', 'inner'), 'x', { mode: 0 });
    const batch = await routes.start(toSeal([grant], { to: target, collision: 'replace' }));
    expect(await desktop.ended(batch)).toMatchObject({ failedFiles: 1, doneFiles: 2 });
    const failed = desktop.rowsOf(batch).filter(({ state }) => state === 'failed');
    expect(failed.map(({ name }) => name)).toEqual(['1.bin']);
    await rm(path.join(to, path.basename(folder), '1.bin.enc'), { recursive: true });
    const again = await routes.retry(failed.map(({ id }) => id));
    expect(await desktop.ended(again)).toMatchObject({ files: 1, doneFiles: 1 });
    expect(await readdir(path.join(to, path.basename(folder)))).toContain('1.bin.envelope');
  });

  it('of which a row is cancelled goes on without it, and does it when asked again', async () => {
    const { folder } = await freshFiles(60);
    const key = await passphraseKey();
    await run[Symbol.asyncDispose]();
    await begin();
    const batch = await routes.start(toSeal(await granted(desktop, folder), { keys: [key] }));
    await desktop.until(() => desktop.prompt !== undefined && desktop.rowsOf(batch).length === 60);
    const waiting = desktop.rowsOf(batch).find(({ state }) => state === 'waiting')?.id ?? '';
    const running = desktop.rowsOf(batch).find(({ state }) => state === 'running')?.id ?? '';
    await routes.cancelRow(waiting);
    await routes.cancelRow(running);
    await desktop.until(() => desktop.rows.get(running)?.state === 'cancelled');
    await routes.answerPrompt(desktop.prompt?.id ?? '', 'open sesame');
    expect(await desktop.ended(batch)).toMatchObject({ state: 'ended', doneFiles: 58, failedFiles: 0 });
    expect(desktop.rows.get(waiting)).toMatchObject({ state: 'cancelled' });
    const again = await routes.retry([waiting, running]);
    expect(await desktop.ended(again)).toMatchObject({ doneFiles: 2 });
    expect((await readdir(folder)).filter((name) => name.endsWith('.envelope'))).toHaveLength(60);
  });

  it('that is cancelled leaves nothing half', async () => {
    const { folder } = await freshFiles(4, 30_000_000);
    const batch = await routes.start(toSeal(await granted(desktop, folder)));
    await desktop.until(() => desktop.rowsOf(batch).some(({ state }) => state === 'running'));
    await routes.cancelBatch(batch);
    expect(await desktop.ended(batch)).toMatchObject({ state: 'cancelled', failedFiles: 0 });
    const left = await readdir(folder);
    expect(left.filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(left.filter((name) => name.endsWith('.enc')).length).toBe(
      left.filter((name) => name.endsWith('.envelope')).length,
    );
    expect(desktop.rowsOf(batch).some(({ state }) => state === 'waiting' || state === 'running')).toBe(false);
  });

  it('of a file that is gone fails', async () => {
    const { files } = await freshFiles(1);
    const [file = '', to = ''] = await granted(desktop, files[0] ?? '', home.folder);
    await rm(path.join(home.folder, 'files-1'), { recursive: true });
    const batch = await routes.start(toSeal([file], { to }));
    expect(await desktop.ended(batch)).toMatchObject({ failedFiles: 1, files: 1 });
    expect(desktop.rowsOf(batch)).toMatchObject([{ error: { code: 'source-missing' } }]);
  });
});

describe('a passphrase', () => {
  it('is asked for once for all files and batches, which wait and go on', async () => {
    const { folder, files } = await freshFiles(40);
    const key = await passphraseKey();
    await run[Symbol.asyncDispose]();
    await begin();
    const first = await routes.start(toSeal(await granted(desktop, folder), { keys: [key] }));
    const second = await routes.start(
      toSeal(await granted(desktop, files[0] ?? ''), { keys: [key], hideNames: true }),
    );
    await desktop.until(
      () =>
        desktop.batches.get(first)?.state === 'waiting' && desktop.batches.get(second)?.state === 'waiting',
    );
    await routes.answerPrompt(desktop.prompt?.id ?? '', 'wrong');
    await desktop.until(() => desktop.asked.length === 2);
    expect(desktop.prompt).toMatchObject({ kind: 'passphrase', keyName: 'Locked', again: true });
    await routes.answerPrompt(desktop.prompt?.id ?? '', 'open sesame');
    expect(await desktop.ended(first)).toMatchObject({ doneFiles: 40 });
    expect(await desktop.ended(second)).toMatchObject({ doneFiles: 1 });
    expect(desktop.asked).toHaveLength(2);
    expect(desktop.prompt).toBeUndefined();
  });

  it('that is refused fails its batch without a second question, and is asked for by the next', async () => {
    const { folder, files } = await freshFiles(40);
    const key = await passphraseKey();
    await run[Symbol.asyncDispose]();
    await begin();
    const batch = await routes.start(toSeal(await granted(desktop, folder), { keys: [key] }));
    await desktop.until(() => desktop.prompt !== undefined);
    await routes.answerPrompt(desktop.prompt?.id ?? '', undefined);
    expect(await desktop.ended(batch)).toMatchObject({ failedFiles: 40, doneFiles: 0 });
    expect(desktop.asked).toHaveLength(1);
    const next = await routes.start(toSeal(await granted(desktop, files[0] ?? ''), { keys: [key] }));
    await desktop.until(() => desktop.prompt !== undefined);
    await routes.cancelBatch(next);
    expect(await desktop.ended(next)).toMatchObject({ state: 'cancelled' });
    // Nobody waits for the answer any more.
    await desktop.until(() => desktop.prompt === undefined);
    desktop.answer = ({ id }) => void routes.answerPrompt(id, 'open sesame');
    const last = await routes.start(toSeal(await granted(desktop, files[1] ?? ''), { keys: [key] }));
    expect(await desktop.ended(last)).toMatchObject({ doneFiles: 1 });
  });
});

describe('opening', () => {
  it('goes on past an envelope that is damaged', async () => {
    const { folder } = await freshFiles(5);
    await desktop.ended(await routes.start(toSeal(await granted(desktop, folder), { binOriginals: true })));
    await writeFile(path.join(folder, '3.bin.envelope'), '{');
    const batch = await routes.start(toOpen(await granted(desktop, folder)));
    expect(await desktop.ended(batch)).toMatchObject({ files: 5, doneFiles: 4, failedFiles: 1 });
  });
});
