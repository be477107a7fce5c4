import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StartRequest } from '../../shared/desktop.ts';
import {
  type FakeDesktop,
  granted,
  TestHome,
  type TestRun,
  toOpen,
  toSeal,
} from '../app/services.fixture.ts';
import type { WorkRoutes } from './services.ts';

let home: TestHome;
let run: TestRun;
let routes: WorkRoutes;
let desktop: FakeDesktop;

beforeEach(async () => {
  home = await TestHome.create();
  run = await home.run();
  ({ desktop } = run);
  ({ routes } = run.work);
});
afterEach(async () => {
  await run[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

async function freshFile(name = 'report.pdf', text = 'tax papers'): Promise<string> {
  const file = path.join(home.folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

async function sealed(file: string): Promise<string> {
  const batch = await routes.start(toSeal(await granted(desktop, file)));
  expect(await desktop.ended(batch)).toMatchObject({ doneFiles: 1, failedFiles: 0 });
  return `${file}.envelope`;
}

describe('grants', () => {
  const ghost = '00000000-0000-4000-8000-000000000000';
  const requests: StartRequest[] = [
    toSeal([ghost]),
    toOpen([ghost]),
    { operation: 'verify', grants: [ghost], choices: {} },
    toSeal([], { to: ghost }),
    toOpen([], { to: ghost }),
    toOpen([], { body: ghost }),
    { operation: 'verify', grants: [], choices: { body: ghost } },
  ];

  it.each(requests)('that were never given start and plan nothing: %j', async (request) => {
    await expect((async () => await routes.start(request))()).rejects.toMatchObject({ code: 'usage' });
    await expect((async () => await routes.plan(request))()).rejects.toMatchObject({ code: 'usage' });
    expect(run.work.isBusy()).toBe(false);
  });

  it('that were never given show no card and save no certificates', async () => {
    await expect((async () => await routes.card(ghost))()).rejects.toMatchObject({ code: 'usage' });
    await expect((async () => await routes.canOpen(ghost))()).rejects.toMatchObject({ code: 'usage' });
    const form = {
      name: 'work',
      credentials: { kind: 'default' as const },
      ca: { kind: 'picked' as const, grant: ghost },
    };
    await expect((async () => await routes.saveConnection(form))()).rejects.toMatchObject({ code: 'usage' });
    expect((await routes.settings()).settings.connections).toEqual([]);
  });
});

describe('rows and batches that do not exist', () => {
  it('are refused with a code', async () => {
    const calls = [
      () => routes.cancelBatch('x'),
      () => routes.cancelRow('x/1'),
      () => routes.showResult('x/1'),
      async () => await routes.openResult('x/1'),
      async () => await routes.verifyResult('x/1'),
      async () => await routes.retry(['x/1']),
      async () => await routes.retry([]),
      () => routes.answerPrompt('x', 'yes'),
    ];
    for (const call of calls) {
      await expect((async () => await call())(), String(call)).rejects.toMatchObject({ code: 'usage' });
    }
  });
});

describe('sealing and opening', () => {
  it('goes from a grant to a row that is done, and back', async () => {
    const file = await freshFile();
    const envelope = await sealed(file);
    const [row] = [...desktop.rows.values()];
    expect(row).toMatchObject({
      state: 'done',
      operation: 'seal',
      name: 'report.pdf',
      size: 10,
      done: 10,
      place: envelope,
      keys: ['This computer'],
    });
    const back = path.join(home.folder, 'back');
    await mkdir(back);
    const [pair = '', to = ''] = await granted(desktop, envelope, back);
    const batch = await routes.start(toOpen([pair], { to }));
    expect(await desktop.ended(batch)).toMatchObject({ doneFiles: 1 });
    expect(await readFile(path.join(back, 'report.pdf'), 'utf8')).toBe('tax papers');
    const [opened] = desktop.rowsOf(batch);
    expect(opened).toMatchObject({
      name: 'report.pdf',
      from: 'report.pdf.envelope',
      size: 10,
      keys: ['This computer'],
      place: path.join(back, 'report.pdf'),
    });
    expect(desktop.batches.get(batch)).toMatchObject({ bytes: 10, doneBytes: 10 });
    await routes.openResult(opened?.id ?? '');
    await routes.showResult(row?.id ?? '');
    expect(desktop.opened).toEqual([path.join(back, 'report.pdf')]);
    expect(desktop.shown).toEqual([envelope]);
  });

  it('opens no envelope with a program of the system, and verifies nothing that is sealed no more', async () => {
    await sealed(await freshFile());
    const [row] = [...desktop.rows.values()];
    await expect((async () => await routes.openResult(row?.id ?? ''))()).rejects.toMatchObject({
      code: 'usage',
    });
    const batch = await routes.verifyResult(row?.id ?? '');
    expect(await desktop.ended(batch)).toMatchObject({ operation: 'verify', doneFiles: 1 });
  });

  it('moves originals to the bin of the desktop', async () => {
    const file = await freshFile();
    const batch = await routes.start(toSeal(await granted(desktop, file), { binOriginals: true }));
    await desktop.ended(batch);
    expect(desktop.binned).toEqual([file]);
    expect(desktop.rowsOf(batch)[0]).toMatchObject({ binned: true });
  });

  it('says what failed, and does it again with what was missing', async () => {
    const file = await freshFile();
    const envelope = await sealed(file);
    const elsewhere = path.join(home.folder, 'elsewhere.bin');
    await writeFile(elsewhere, await readFile(`${file}.enc`));
    await truncate(`${file}.enc`, 0);
    const [pair = '', body = ''] = await granted(desktop, envelope, elsewhere);
    const first = await routes.start(toOpen([pair]));
    expect(await desktop.ended(first)).toMatchObject({ failedFiles: 1 });
    const [failed] = desktop.rowsOf(first);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'body-foreign' } });
    const again = await routes.retry([failed?.id ?? ''], { body });
    expect(await desktop.ended(again)).toMatchObject({ doneFiles: 1, failedFiles: 0 });
    expect(desktop.rowsOf(first)).toEqual([]);
    await expect((async () => await routes.retry([failed?.id ?? '']))()).rejects.toMatchObject({
      code: 'usage',
    });
  });
});

describe('plan', () => {
  it('counts files, bytes, room and names that are taken, and makes nothing', async () => {
    await freshFile('docs/one.txt', '1');
    await freshFile('docs/a/two.txt', '22');
    const docs = path.join(home.folder, 'docs');
    await freshFile('docs/one.txt.envelope', 'x');
    const plan = await routes.plan(toSeal(await granted(desktop, docs)));
    expect(plan).toMatchObject({
      operation: 'seal',
      files: 3,
      bytes: 4,
      taken: { count: 1, first: ['one.txt'] },
      space: { enough: true },
    });
    expect(plan.space.needed).toBeGreaterThan(3 * 40);
    expect((await routes.localKeys()).length).toBe(0);
  });

  it('knows the names that envelopes give back', async () => {
    const file = await freshFile();
    const envelope = await sealed(file);
    const plan = await routes.plan(toOpen(await granted(desktop, envelope)));
    expect(plan).toMatchObject({ files: 1, taken: { count: 1, first: ['report.pdf'] } });
  });
});

describe('card', () => {
  it('says what an envelope says, given itself or its body', async () => {
    const file = await freshFile();
    const envelope = await sealed(file);
    const [pair = '', body = ''] = await granted(desktop, envelope, `${file}.enc`);
    const card = await routes.card(pair);
    expect(card).toMatchObject({
      file: 'report.pdf.envelope',
      content: { name: 'report.pdf', size: 10 },
      keys: [{ state: 'known', provider: 'local', name: 'This computer', wrappedBytes: 80 }],
      body: { state: 'found', name: 'report.pdf.enc' },
    });
    expect(card.salt).toMatch(/^28[0-9a-f]{78}$/);
    expect(await routes.card(body)).toEqual({ ...card, grant: body });
    expect(await routes.canOpen(pair)).toEqual([{ index: 0, answer: 'yes' }]);
    await truncate(`${file}.enc`, 60);
    expect((await routes.card(pair)).body).toMatchObject({
      state: 'wrong',
      error: { code: 'body-cut-short' },
    });
  });
});

describe('settings', () => {
  it('change, and everybody hears of it', async () => {
    const heard: unknown[] = [];
    const stop = run.work.onSettings((settings) => heard.push(settings));
    const view = await routes.changeSettings({ language: 'zh-CN', labels: { project: 'apollo' } });
    expect(view.settings).toMatchObject({ language: 'zh-CN', labels: { project: 'apollo' } });
    expect(heard.at(-1)).toEqual(view.settings);
    expect(desktop.sent.at(-1)).toEqual({ name: 'settingsChanged', payload: view });
    stop();
    heard.splice(0);
    const change = async (to: Parameters<typeof routes.changeSettings>[0]) => await routes.changeSettings(to);
    await expect(change({ labels: { 'aws:x': '' } })).rejects.toMatchObject({ code: 'settings-invalid' });
    await expect(change({ defaultKeys: ['nobody'] })).rejects.toMatchObject({ code: 'key-not-found' });
    expect(heard).toEqual([]);
    expect(run.work.settings).toEqual(view.settings);
  });

  it('that cannot be read keep no window shut, and are not written over', async () => {
    await run[Symbol.asyncDispose]();
    await mkdir(path.dirname(home.places.settingsFile), { recursive: true });
    await writeFile(home.places.settingsFile, '{ "version": 2 }');
    run = await home.run();
    ({ routes } = run.work);
    await expect((async () => await routes.settings())()).rejects.toMatchObject({ code: 'settings-invalid' });
    await expect((async () => await routes.changeSettings({ hideNames: true }))()).rejects.toMatchObject({
      code: 'settings-invalid',
    });
    expect(await readFile(home.places.settingsFile, 'utf8')).toBe('{ "version": 2 }');
  });
});
