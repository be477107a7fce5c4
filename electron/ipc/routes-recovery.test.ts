import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groupsOf, IDENTITY_PREFIX } from '../../shared/identity-text.ts';
import {
  type FakeDesktop,
  granted,
  TestHome,
  type TestRun,
  toOpen,
  toSeal,
} from '../app/services.fixture.ts';
import { newIdentity } from '../keys/age-identity.ts';
import { codeOf } from '../recovery/qr.ts';
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

beforeEach(async () => {
  home = await TestHome.create();
  await begin();
});
afterEach(async () => {
  await run[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

/** What the last sheet says. */
function identityOnSheet(): string {
  const html = desktop.sheets.at(-1)?.html ?? '';
  return (
    IDENTITY_PREFIX + [...html.matchAll(/<\/small>([0-9A-Z]+)<\/li>/g)].map(([, group]) => group).join('')
  );
}

async function make(): Promise<string> {
  await routes.makeRecoveryKey();
  const identity = identityOnSheet();
  await routes.activateRecoveryKey(groupsOf(identity).at(-1)?.toLowerCase() ?? '');
  return identity;
}

async function seal(name: string, bytes = 'tax papers'): Promise<string> {
  const file = path.join(home.folder, name);
  writeFileSync(file, bytes);
  const batch = await desktop.ended(await routes.start(toSeal(await granted(desktop, file))));
  expect(batch.doneFiles).toBe(1);
  return `${file}.envelope`;
}

const keysOf = (envelope: string): number =>
  (JSON.parse(readFileSync(envelope, 'utf8')) as { keys: unknown[] }).keys.length;

/** Everything that was written and everything that was told. */
function everything(): string {
  const names = readdirSync(home.folder, { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => path.join(home.folder, name)).filter((file) => statSync(file).isFile());
  return [...files.map((file) => readFileSync(file, 'latin1')), JSON.stringify(desktop.sent)].join('\n');
}

const failed = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('a recovery key that is made', () => {
  it('is in use once its sheet was looked at, and then in every new envelope', async () => {
    expect(await routes.recovery()).toEqual({ former: [], drillDue: false, atRisk: false, lent: [] });
    const before = await seal('before');
    expect(await routes.recovery()).toMatchObject({ atRisk: true });
    const { draft } = await routes.makeRecoveryKey();
    expect(draft?.recipient).toMatch(/^age1/);
    expect(keysOf(await seal('meanwhile'))).toBe(1);
    const view = await routes.activateRecoveryKey(groupsOf(identityOnSheet()).at(-1) ?? '');
    expect(view).toMatchObject({ key: { recipient: draft?.recipient }, atRisk: false });
    expect(view).not.toHaveProperty('draft');
    expect(desktop.sheets[0]?.closed).toBe(true);
    expect([keysOf(before), keysOf(await seal('after'))]).toEqual([1, 2]);
    expect(desktop.sent.map(({ name }) => name)).toContain('settingsChanged');
  });

  it('is not in use by a wrong group, and the next try is free', async () => {
    await routes.makeRecoveryKey();
    expect(await failed(async () => await routes.activateRecoveryKey('AAAA'))).toMatchObject({
      code: 'recovery-check',
    });
    expect(await routes.recovery()).not.toHaveProperty('key');
    await routes.activateRecoveryKey(groupsOf(identityOnSheet()).at(-1) ?? '');
    expect(await routes.recovery()).toHaveProperty('key');
  });

  it('is forgotten when it is cancelled, and when the program ends', async () => {
    await routes.makeRecoveryKey();
    const last = groupsOf(identityOnSheet()).at(-1) ?? '';
    await routes.cancelRecoveryKey();
    expect(desktop.sheets[0]?.closed).toBe(true);
    expect(await failed(async () => await routes.activateRecoveryKey(last))).toMatchObject({
      code: 'recovery-missing',
    });
    await routes.makeRecoveryKey();
    const { sheets } = desktop;
    await run[Symbol.asyncDispose]();
    expect(sheets[1]?.closed).toBe(true);
    await begin();
    expect(await routes.recovery()).toEqual({ former: [], drillDue: false, atRisk: false, lent: [] });
    expect(await failed(async () => await routes.recoverySheet('print'))).toMatchObject({
      code: 'recovery-missing',
    });
  });

  it('has a sheet that is printed, saved and shown again', async () => {
    await routes.makeRecoveryKey();
    const identity = identityOnSheet();
    expect(await routes.recoverySheet('print')).toEqual({ done: true });
    expect(await routes.recoverySheet('print')).toEqual({ done: false });
    expect(await routes.recoverySheet('save')).toEqual({ done: false });
    desktop.saveTo = path.join(home.folder, 'sheet.pdf');
    expect(await routes.recoverySheet('save')).toEqual({ done: true, file: 'sheet.pdf' });
    expect(readFileSync(desktop.saveTo, 'utf8')).toContain(groupsOf(identity)[3]);
    expect(statSync(desktop.saveTo).mode & 0o077).toBe(0);
    desktop.sheets[0]?.close();
    expect(await routes.recoverySheet('show')).toEqual({ done: true });
    expect([desktop.sheets.length, identityOnSheet()]).toEqual([2, identity]);
  });

  it('stands in no file and in nothing that the page was told', async () => {
    const identity = await make();
    const envelope = await seal('a');
    await routes.drillRecoveryKey({ typed: identity });
    await routes.lendKey({ typed: identity });
    await failed(async () => await routes.lendKey({ typed: `${identity}Q` }));
    const [grant = ''] = await granted(desktop, envelope);
    const told = JSON.stringify([
      await routes.card(grant),
      await routes.canOpen(grant),
      await routes.recovery(),
    ]);
    const all = everything() + told;
    expect(all).toContain('age1');
    for (const group of groupsOf(identity).slice(0, -1)) expect(all).not.toContain(group);
  });

  it('is replaced and forgotten', async () => {
    await make();
    const first = (await routes.recovery()).key;
    await make();
    expect((await routes.recovery()).former).toMatchObject([first]);
    const view = await routes.forgetRecoveryKey();
    expect(view.former).toHaveLength(2);
    expect(keysOf(await seal('later'))).toBe(1);
    expect(await failed(async () => await routes.forgetRecoveryKey())).toMatchObject({
      code: 'recovery-missing',
    });
  });

  it('of another computer is taken by its sheet', async () => {
    const { identity, recipient } = await newIdentity();
    expect(await routes.takeRecoveryKey({ typed: identity.toLowerCase() })).toMatchObject({
      key: { recipient },
    });
    expect(keysOf(await seal('a'))).toBe(2);
  });

  it('is not asked for any more by who wants it so', async () => {
    await seal('a');
    expect(await routes.quietRecovery()).toMatchObject({ atRisk: false });
  });
});

/** The code as a picture of four pixels a module. */
function pictureOf(identity: string) {
  const modules = codeOf(identity);
  const size = modules.length * 4;
  const pixels = new Uint8Array(4 * size * size).fill(255);
  for (let index = 0; index < size * size; index += 1) {
    const [x, y] = [Math.floor((index % size) / 4), Math.floor(index / size / 4)];
    if (modules[y]?.[x] === true) pixels.fill(0, 4 * index, 4 * index + 3);
  }
  return { width: size, height: size, pixels };
}

describe('a drill', () => {
  it('opens the newest envelope by what was typed, or by a picture, and is remembered', async () => {
    const identity = await make();
    expect(await failed(async () => await routes.drillRecoveryKey({ typed: identity }))).toMatchObject({
      code: 'recovery-untried',
    });
    await seal('older');
    const envelope = await seal('newest', 'x'.repeat(2_000_000));
    const result = { file: 'newest.envelope', name: 'newest', size: 2_000_000 };
    expect(await routes.drillRecoveryKey({ typed: groupsOf(identity).join(' ') })).toEqual(result);
    expect((await routes.recovery()).key).toHaveProperty('drilled');
    const photo = path.join(home.folder, 'photo.png');
    writeFileSync(photo, 'x');
    desktop.pictures.set(photo, pictureOf(identity));
    const [picture = '', older = ''] = await granted(desktop, photo, `${home.folder}/older.envelope`);
    expect(await routes.drillRecoveryKey({ picture }, older)).toMatchObject({ file: 'older.envelope' });
    rmSync(envelope);
    expect(await routes.drillRecoveryKey({ picture })).toMatchObject({ file: 'older.envelope' });
  });

  it('says no to another key, to a picture of something else, and to what is no key', async () => {
    await make();
    await seal('a');
    const other = await newIdentity();
    const photo = path.join(home.folder, 'photo.png');
    writeFileSync(photo, 'x');
    const [picture = ''] = await granted(desktop, photo);
    const attempt = async (key: Parameters<WorkRoutes['drillRecoveryKey']>[0]): Promise<unknown> =>
      await failed(async () => await routes.drillRecoveryKey(key));
    expect(await attempt({ typed: other.identity })).toMatchObject({ code: 'recovery-other' });
    expect(await attempt({ typed: 'nonsense' })).toMatchObject({ code: 'identity-mistyped' });
    expect(await attempt({ picture })).toMatchObject({ code: 'picture-unreadable' });
    desktop.pictures.set(photo, { width: 100, height: 100, pixels: new Uint8Array(40_000).fill(255) });
    expect(await attempt({ picture })).toMatchObject({ code: 'picture-no-code', details: { path: photo } });
    desktop.pictures.set(photo, pictureOf('HTTPS://EXAMPLE.COM'));
    expect(await attempt({ picture })).toMatchObject({ code: 'identity-mistyped' });
    expect((await routes.recovery()).key).not.toHaveProperty('drilled');
  });
});

describe('a recovery key that is entered', () => {
  it('opens on a computer that knows nothing else, until it is taken back or the program ends', async () => {
    const identity = await make();
    const envelope = await seal('a', 'mine');
    rmSync(path.join(home.folder, 'a'));
    await run[Symbol.asyncDispose]();
    rmSync(path.join(home.folder, 'home'), { recursive: true });
    await begin();
    const [grant = ''] = await granted(desktop, envelope);
    expect(await routes.canOpen(grant)).toMatchObject([{ answer: 'no' }, { answer: 'no' }]);
    const other = await newIdentity();
    expect(await failed(async () => await routes.lendKey({ typed: other.identity }, grant))).toMatchObject({
      code: 'recovery-absent',
    });
    expect((await routes.recovery()).lent).toEqual([]);
    const recipient = await routes.lendKey({ typed: identity }, grant);
    expect(await routes.recovery()).toMatchObject({ lent: [recipient] });
    expect(await routes.canOpen(grant)).toMatchObject([{ answer: 'no' }, { answer: 'yes' }]);
    const batch = await desktop.ended(await routes.start(toOpen([grant])));
    expect(batch.doneFiles).toBe(1);
    expect(readFileSync(path.join(home.folder, 'a'), 'utf8')).toBe('mine');
    expect(await routes.takeBackKeys()).toMatchObject({ lent: [] });
    expect(await routes.canOpen(grant)).toMatchObject([{ answer: 'no' }, { answer: 'no' }]);
    await routes.lendKey({ typed: identity });
    await run[Symbol.asyncDispose]();
    await begin();
    expect((await routes.recovery()).lent).toEqual([]);
  });
});

describe('a backup', () => {
  it('of a key of this computer is remembered', async () => {
    const { key } = await routes.createLocalKey('Archive', 'file');
    expect(await routes.recovery()).toMatchObject({ atRisk: true });
    desktop.saveTo = path.join(home.folder, 'backup');
    await routes.backUpKey(key, 'correct horse');
    expect(await routes.recovery()).toMatchObject({ atRisk: false });
  });
});
