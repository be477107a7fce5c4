import { mkdir, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeDesktop, granted, TestHome, type TestRun, toSeal } from '../app/services.fixture.ts';
import type { WorkRoutes } from './services.ts';

let home: TestHome;
let run: TestRun;
let routes: WorkRoutes;
let desktop: FakeDesktop;
let folder: string;

beforeEach(async () => {
  home = await TestHome.create();
  run = await home.run();
  ({ routes } = run.work);
  ({ desktop } = run);
  folder = path.join(home.folder, 'files');
  await mkdir(folder);
});
afterEach(async () => {
  await run[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

async function sealed(...names: string[]): Promise<void> {
  for (const name of names) await writeFile(path.join(folder, name), name);
  await desktop.ended(await routes.start(toSeal(await granted(desktop, folder))));
  for (const name of names) await rm(path.join(folder, name));
}

async function look(more: object = {}): Promise<NonNullable<FakeDesktop['health']>> {
  const id = await routes.startHealth({
    grants: await granted(desktop, folder),
    deep: false,
    unlock: false,
    ...more,
  });
  const over = (): boolean =>
    desktop.health?.id === id && !['running', 'waiting'].includes(desktop.health.state);
  await desktop.until(over);
  if (desktop.health === undefined) throw new Error('it was there a moment ago');
  return desktop.health;
}

describe('a look at health', () => {
  it('tells how it goes and what it came to, to a page that comes later too', async () => {
    await sealed('a', 'b', 'c');
    await unlink(path.join(folder, 'a.enc'));
    await truncate(path.join(folder, 'b.enc'), 50);
    const view = await look();
    expect(view).toMatchObject({ state: 'ended', places: ['files'], counts: { envelopes: 3, opens: 1 } });
    expect(view.result?.summary.keys).toMatchObject([
      { name: 'This computer', files: 3, opens: 1, alone: 3 },
    ]);
    expect(view.result?.groups.map(({ id }) => id).sort()).toEqual([
      'alone 0',
      'body-cut-short',
      'body-missing',
    ]);
    expect(await routes.health()).toEqual(view);
  });

  it('gives out files a page at a time, shows them and hands them on', async () => {
    await sealed('a', 'b', 'c');
    await look();
    const files = await routes.healthFiles('alone 0', 1, 200);
    expect(files).toHaveLength(2);
    const [first] = await routes.healthFiles('alone 0', 0, 1);
    await routes.showHealthFile('alone 0', 0);
    expect(desktop.shown).toEqual([first?.path]);
    await expect((async () => await routes.showHealthFile('alone 0', 3))()).rejects.toMatchObject({
      code: 'usage',
    });
    const { grants } = await routes.grantHealth('alone 0');
    expect(grants.map(({ kind }) => kind)).toEqual(['envelope', 'envelope', 'envelope']);
    expect(desktop.grants.pathOf(grants[0]?.id ?? '')).toBe(first?.path);
  });

  it('checks every byte if that is wanted', async () => {
    await sealed('a');
    expect((await look({ deep: true })).result?.summary).toMatchObject({ verified: 1, verifiedBytes: 1 });
  });

  it('is written where the user wants it, or nowhere', async () => {
    await sealed('a');
    expect(await routes.exportHealth('json')).toBeUndefined();
    desktop.saveTo = path.join(home.folder, 'health.json');
    await expect((async () => await routes.exportHealth('json'))()).rejects.toMatchObject({ code: 'usage' });
    await look();
    expect(await routes.exportHealth('json')).toBe('health.json');
    expect(await readFile(desktop.saveTo, 'utf8')).toContain('"state":"summary"');
  });

  it('asks for a passphrase only if that is wanted', async () => {
    await sealed('a');
    const [own] = await routes.localKeys();
    const key = own?.key ?? '';
    desktop.answer = ({ id }) => void routes.answerPrompt(id, 'correct horse');
    await routes.protectKey(key, 'passphrase');
    await run[Symbol.asyncDispose]();
    run = await home.run();
    ({ routes } = run.work);
    ({ desktop } = run);
    expect((await look()).result?.summary).toMatchObject({ opens: 0, problems: { unsure: 1 } });
    expect(desktop.asked).toEqual([]);
    desktop.answer = ({ id }) => void routes.answerPrompt(id, 'correct horse');
    expect((await look({ unlock: true })).result?.summary.opens).toBe(1);
    expect(desktop.asked).toMatchObject([{ kind: 'passphrase', purpose: 'unlock' }]);
  });

  it('gives way to the next one, and ends with the program', async () => {
    await sealed('a');
    const grants = await granted(desktop, folder);
    const ids = await Promise.all([
      routes.startHealth({ grants, deep: false, unlock: false }),
      routes.startHealth({ grants, deep: true, unlock: false }),
    ]);
    await desktop.until(() => desktop.health?.id === ids[1] && desktop.health.state === 'ended');
    expect(await routes.health()).toMatchObject({ id: ids[1], deep: true });
    await routes.cancelHealth();
    await routes.startHealth({ grants, deep: true, unlock: false });
  });

  it('approves no key that was not found', async () => {
    await expect((async () => await routes.approveHealthKey('arn:…'))()).rejects.toMatchObject({
      code: 'usage',
    });
    await sealed('a');
    await look();
    await expect((async () => await routes.approveHealthKey('arn:…'))()).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
