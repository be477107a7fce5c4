import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

async function begin(): Promise<void> {
  run = await home.run();
  ({ desktop } = run);
  ({ routes } = run.work);
}

async function restart(): Promise<void> {
  await run[Symbol.asyncDispose]();
  await begin();
}

beforeEach(async () => {
  home = await TestHome.create();
  await begin();
});
afterEach(async () => {
  await run[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

async function freshFile(): Promise<string> {
  const file = path.join(home.folder, 'report.pdf');
  await writeFile(file, 'tax papers');
  return file;
}

describe('local keys', () => {
  it('are made, named, protected, backed up and restored', async () => {
    desktop.answer = ({ id }) => void routes.answerPrompt(id, 'open sesame');
    const made = await routes.createLocalKey('Archive', 'passphrase');
    expect(made).toMatchObject({ name: 'Archive', protection: 'passphrase', canOpen: true });
    expect(desktop.asked).toMatchObject([{ kind: 'passphrase', purpose: 'protect', keyName: 'Archive' }]);
    await routes.renameKey(made.key, 'Old archive');
    await routes.protectKey(made.key, 'os');
    expect(await routes.localKeys()).toMatchObject([{ name: 'Old archive', protection: 'os' }]);

    expect(await routes.backUpKey(made.key, 'paper')).toBeUndefined();
    desktop.saveTo = path.join(home.folder, 'old.envelope-key');
    expect(await routes.backUpKey(made.key, 'paper')).toBe('old.envelope-key');
    await run[Symbol.asyncDispose]();
    await rm(home.places.keysFolder, { recursive: true });
    await begin();
    desktop.picked = path.join(home.folder, 'old.envelope-key');
    await expect((async () => await routes.restoreKey('wrong'))()).rejects.toMatchObject({
      code: 'passphrase-wrong',
    });
    expect(await routes.restoreKey('paper')).toMatchObject({ key: made.key, name: 'Old archive' });
  });

  it('are suggested a file name by what the language calls them', async () => {
    const unnamed = await routes.createLocalKey('This computer', 'file');
    const named = await routes.createLocalKey('Keys: old', 'file');
    await routes.backUpKey(unnamed.key, 'paper');
    desktop.spoken = 'zh-CN';
    await routes.backUpKey(unnamed.key, 'paper');
    await routes.backUpKey(named.key, 'paper');
    expect(desktop.suggested).toEqual([
      'This computer.envelope-key',
      '这台电脑.envelope-key',
      'Keys_ old.envelope-key',
    ]);
  });

  it('are refused with a code, and nothing is made', async () => {
    await expect((async () => await routes.createLocalKey('', 'file'))()).rejects.toMatchObject({
      code: 'usage',
    });
    desktop.answer = ({ id }) => void routes.answerPrompt(id, undefined);
    await expect((async () => await routes.createLocalKey('a', 'passphrase'))()).rejects.toMatchObject({
      code: 'key-locked',
    });
    desktop.saveTo = path.join(home.folder, 'x');
    await expect((async () => await routes.backUpKey('local:none', 'x'))()).rejects.toMatchObject({
      code: 'key-not-found',
    });
    expect(await routes.localKeys()).toEqual([]);
  });

  it('have their question told again to a page that begins anew', async () => {
    const making = routes.createLocalKey('Archive', 'passphrase');
    await desktop.until(() => desktop.prompt !== undefined);
    const { prompt } = desktop;
    desktop.prompt = undefined;
    await routes.jobs();
    expect(desktop.prompt).toEqual(prompt);
    await routes.answerPrompt(prompt?.id ?? '', 'open sesame');
    expect(await making).toMatchObject({ name: 'Archive' });
  });

  it('that are locked are not asked about for a card', async () => {
    desktop.answer = ({ id }) => void routes.answerPrompt(id, 'open sesame');
    const { key } = await routes.createLocalKey('Archive', 'passphrase');
    const file = await freshFile();
    await desktop.ended(await routes.start(toSeal(await granted(desktop, file), { keys: [key] })));
    await restart();
    const [grant = ''] = await granted(desktop, `${file}.envelope`);
    expect(await routes.canOpen(grant)).toMatchObject([{ answer: 'unasked', error: { code: 'key-locked' } }]);
    expect(desktop.asked).toEqual([]);
    desktop.answer = ({ id }) => void routes.answerPrompt(id, 'open sesame');
    await rm(file);
    await desktop.ended(await routes.start(toOpen([grant])));
    expect(await routes.canOpen(grant)).toEqual([{ index: 0, answer: 'yes' }]);
  });

  it('are protected anew where the system asks for it', async () => {
    const { key } = await routes.createLocalKey('Archive', 'os');
    const file = await freshFile();
    await run[Symbol.asyncDispose]();
    home.storage.shouldReEncrypt = true;
    await begin();
    const before = home.storage.calls.length;
    await desktop.ended(await routes.start(toSeal(await granted(desktop, file), { keys: [key] })));
    await expect.poll(() => home.storage.calls.slice(before)).toEqual(['decrypt', 'encrypt']);
  });
});
