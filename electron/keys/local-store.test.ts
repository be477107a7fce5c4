import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { base64url, FakeKeyStore, textIn } from './local-store-fixture.ts';
import { LocalStore } from './local-store.ts';

let home: string;
let folder: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'envelope-keys-'));
  folder = path.join(home, 'keys');
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

describe('the key of this computer', () => {
  it('is made once, without a question, for this user alone', async () => {
    const store = new LocalStore(folder);
    const key = await store.ensureDefault();
    expect(key).toMatch(/^local:[\w-]{22}$/);
    expect(await store.ensureDefault()).toBe(key);
    expect(await new LocalStore(folder).ensureDefault()).toBe(key);
    expect(await store.describe(key)).toMatchObject({
      name: 'This computer',
      protection: 'file',
      readableByOthers: false,
    });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, 'default.json'))).mode & 0o777).toBe(0o600);
  });

  it('is the same for many who make it at once, in this process and others', async () => {
    const script = `
      import { LocalStore } from '${new URL('local-store.ts', import.meta.url).href}';
      process.stdout.write(await new LocalStore(process.argv[1]).ensureDefault());`;
    const elsewhere = async (): Promise<string> =>
      (await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, folder])).stdout;
    const here = (): Promise<string> => new LocalStore(folder).ensureDefault();
    const keys = await Promise.all([elsewhere(), elsewhere(), here(), here(), here()]);
    expect(new Set(keys).size).toBe(1);
    expect(await readdir(folder)).toEqual(['default.json']);
  });

  it('is kept by the key store of the system where there is one', async () => {
    const store = new LocalStore(folder, { keyStore: new FakeKeyStore() });
    const key = await store.ensureDefault();
    expect(await store.describe(key)).toMatchObject({ protection: 'os', canOpen: true });
    const master = base64url(await store.open(key));
    expect(await textIn(folder)).not.toContain(master);
    const again = new LocalStore(folder, { keyStore: new FakeKeyStore() });
    expect(base64url(await again.open(key))).toBe(master);
    const without = new LocalStore(folder);
    expect(await without.describe(key)).toMatchObject({ canSeal: false, canOpen: false });
    await expect(without.open(key)).rejects.toMatchObject({
      code: 'key-locked',
      details: { protection: 'os' },
    });
  });

  it('is not replaced when its file is damaged', async () => {
    await new LocalStore(folder).ensureDefault();
    const file = path.join(folder, 'default.json');
    await truncate(file, 20);
    await expect(new LocalStore(folder).ensureDefault()).rejects.toMatchObject({
      code: 'key-damaged',
      details: { path: file },
    });
    expect((await stat(file)).size).toBe(20);
  });
});

describe('damaged key files', () => {
  /** A key whose file says `change` of what it said. */
  async function damagedBy(change: (text: string) => string): Promise<string> {
    const key = await new LocalStore(folder).create('Work');
    const file = path.join(folder, `${key.slice('local:'.length)}.json`);
    await writeFile(file, change(await readFile(file, 'utf8')));
    return key;
  }

  it.each<[what: string, change: (text: string) => string]>([
    ['cut', (text) => text.slice(0, -10)],
    [
      'another master',
      (text) =>
        text.replace(/"master": "./, (start) => start.slice(0, -1) + (start.endsWith('A') ? 'B' : 'A')),
    ],
    ['another key', (text) => text.replace(/"local:.{21}/, `"local:${'A'.repeat(21)}`)],
    ['another format', (text) => text.replace('envelope-key/1', 'envelope-key/2')],
    ['an unknown member', (text) => text.replace('{', '{"hint": "x",')],
    ['an unknown protection', (text) => text.replace('"file"', '"tpm"')],
    ['too long', (text) => text + ' '.repeat(65_536)],
    ['not UTF-8', () => '\u{d800}'],
  ])('%s: it says so, quotes nothing, and the other keys go on', async (_, change) => {
    const broken = await damagedBy(change);
    const store = new LocalStore(folder);
    const good = await store.ensureDefault();
    const { keys, damaged } = await store.list();
    expect(keys.map(({ key }) => key)).toEqual([good]);
    expect(damaged).toMatchObject([{ error: { code: 'key-damaged' } }]);
    expect(await store.open(good)).toHaveLength(32);
    await expect(store.open(broken)).rejects.toMatchObject({ code: 'key-damaged' });
    expect(JSON.stringify(damaged[0]?.error.toRecord())).not.toMatch(/[\w-]{43}/);
  });
});

describe('names', () => {
  it.each(['', ' x', 'x ', 'a\nb', '\u{7f}', 'x'.repeat(101)])('refuses the name %j', async (name) => {
    await expect(new LocalStore(folder).create(name)).rejects.toMatchObject({ code: 'usage' });
  });

  it('are of one key each', async () => {
    const store = new LocalStore(folder);
    const work = await store.create('Work');
    const home = await store.create('Home');
    await expect(store.create('Work')).rejects.toMatchObject({ code: 'key-exists' });
    await expect(store.rename(home, 'Work')).rejects.toMatchObject({ code: 'key-exists' });
    await expect(store.rename('local:x', 'New')).rejects.toMatchObject({ code: 'key-not-found' });
    await store.rename(home, 'Home');
    await store.rename(home, 'Ünïcödé 家');
    expect(await store.find('Ünïcödé 家')).toBe(home);
    expect(await store.find('Home')).toBeUndefined();
    expect(await store.find(work)).toBe(work);
    expect((await store.list()).keys.map(({ key }) => key)).toEqual([work, home]);
  });

  it('"This computer" gets a number if a key has that name', async () => {
    const store = new LocalStore(folder);
    await store.create('This computer');
    const key = await store.ensureDefault();
    expect(await store.find('This computer (2)')).toBe(key);
  });
});

describe('files', () => {
  it('says when other users may read a master', async () => {
    const store = new LocalStore(folder);
    const key = await store.ensureDefault();
    await chmod(path.join(folder, 'default.json'), 0o640);
    expect(await store.describe(key)).toMatchObject({ readableByOthers: true });
    await store.rename(key, 'Tidy');
    expect(await store.describe(key)).toMatchObject({ readableByOthers: false });
  });

  it('the name of a file does not matter', async () => {
    const store = new LocalStore(folder);
    const key = await store.create('Work');
    const [name] = await readdir(folder);
    await rename(path.join(folder, name!), path.join(folder, 'renamed.json'));
    expect(await new LocalStore(folder).open(key)).toHaveLength(32);
  });

  it('there is nothing in a folder that does not exist, and looking does not make it', async () => {
    const store = new LocalStore(folder);
    expect(await store.list()).toEqual({ keys: [], damaged: [] });
    expect(await store.open('local:AAAAAAAAAAAAAAAAAAAAAA')).toBeUndefined();
    expect(await store.describe('local:AAAAAAAAAAAAAAAAAAAAAA')).toBeUndefined();
    expect(await readdir(home)).toEqual([]);
  });
});
