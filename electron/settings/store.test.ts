import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../shared/settings.ts';
import { SettingsStore } from './store.ts';

let folder: string;
let file: string;
let store: SettingsStore;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-settings-'));
  file = path.join(folder, 'config', 'settings.json');
  store = new SettingsStore(file);
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Settings on disk as somebody else may have left them. */
async function onDisk(text: string): Promise<void> {
  file = path.join(folder, 'settings.json');
  store = new SettingsStore(file);
  await writeFile(file, text);
}

const with_ = (member: object): string => JSON.stringify({ ...defaultSettings, ...member });
const connection = { name: 'work', credentials: { kind: 'default' } };

describe('SettingsStore', () => {
  const refused: [what: string, text: string, field: string | undefined][] = [
    ['text that is not JSON', '{"version":1', undefined],
    ['another version', with_({ version: 2 }), 'version'],
    ['a missing member', JSON.stringify({ version: 1 }), 'defaultKeys'],
    ['a member of the wrong type', with_({ hideNames: 'yes' }), 'hideNames'],
    ['an unknown member', with_({ theme: 'dark' }), ''],
    ['a wrong element', with_({ accounts: ['aws:111122223333', '111122223333'] }), 'accounts.1'],
    ['labels that break the rules', with_({ labels: { 'aws:x': '1' } }), 'labels'],
    ['a limit of copies that is none', with_({ copies: { keep: true, megabytes: 15 } }), 'copies.megabytes'],
    [
      'a folder of copies that depends on where one stands',
      with_({ copies: { keep: true, megabytes: 256, folder: 'copies' } }),
      'copies.folder',
    ],
    ['two connections of one name', with_({ connections: [connection, connection] }), 'connections'],
    [
      'a secret access key',
      with_({
        connections: [{ name: 'w', credentials: { kind: 'keys', accessKeyId: 'A', secretAccessKey: 's' } }],
      }),
      'connections.0.credentials',
    ],
    [
      'a password in the address of a proxy',
      with_({ connections: [{ ...connection, proxy: 'http://me:secret@127.0.0.1:8080' }] }),
      'connections.0.proxy',
    ],
  ];
  it.each(refused)('refuses %s and leaves the file as it is', async (_, text, field) => {
    await onDisk(text);
    const expected = { code: 'settings-invalid', details: { path: file, field } };
    await expect(store.load()).rejects.toMatchObject(expected);
    await expect(store.update((settings) => settings)).rejects.toMatchObject(expected);
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('never quotes what it refuses', async () => {
    await onDisk('{"secret": "hunter2');
    const error: unknown = await store.load().catch((refusal: unknown) => refusal);
    expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
    await onDisk(with_({ connections: [{ ...connection, proxy: 'http://me:hunter2@127.0.0.1:8080' }] }));
    const other: unknown = await store.load().catch((refusal: unknown) => refusal);
    expect(JSON.stringify(other) + String(other)).not.toContain('hunter2');
  });

  it('refuses a folder and a file of more than 1 MiB', async () => {
    await expect(new SettingsStore(folder).load()).rejects.toMatchObject({ code: 'source-special' });
    await onDisk(' '.repeat(1_048_577));
    await expect(store.load()).rejects.toMatchObject({ code: 'settings-invalid' });
  });

  it('does not write a change that does not fit', async () => {
    await store.update((settings) => ({ ...settings, hideNames: true }));
    const before = await readFile(file);
    await expect(store.update((settings) => ({ ...settings, accounts: ['1'] }))).rejects.toMatchObject({
      code: 'settings-invalid',
    });
    expect(await readFile(file)).toEqual(before);
  });

  it('has defaults, and makes no file by being read', async () => {
    expect(await store.load()).toEqual(defaultSettings);
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('keeps a change, for this user alone', async () => {
    const changed = await store.update((settings) => ({ ...settings, labels: { project: 'apollo' } }));
    expect(await new SettingsStore(file).load()).toEqual(changed);
    expect(changed.labels).toEqual({ project: 'apollo' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
  });

  it('sees what others write, however quickly, and reads an old file only once', async () => {
    await onDisk(with_({ hideNames: true }));
    for (const project of ['a', 'b', 'c']) {
      // The same length, and as good as the same time.
      await writeFile(file, with_({ labels: { project } }));
      expect((await store.load()).labels).toEqual({ project });
    }
    const before = new Date(Date.now() - 60_000);
    await utimes(file, before, before);
    const old = await store.load();
    expect(await store.load()).toBe(old);
    await writeFile(file, with_({ labels: { project: 'd' } }));
    expect((await store.load()).labels).toEqual({ project: 'd' });
    await rm(file);
    expect(await store.load()).toEqual(defaultSettings);
  });

  it('loses no change of many at once, nor of another process', async () => {
    const script = `
      import { SettingsStore } from '${new URL('store.ts', import.meta.url).href}';
      const store = new SettingsStore(process.argv[1]);
      for (let n = 0; n < 10; n++) {
        const account = 'aws:' + process.argv[2] + String(n).padStart(11, '0');
        await store.update((settings) => ({ ...settings, accounts: [...settings.accounts, account] }));
      }`;
    const other = (digit: string) =>
      promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, file, digit]);
    const own = Array.from({ length: 10 }, (_, n) =>
      store.update((settings) => ({
        ...settings,
        accounts: [...settings.accounts, `aws:9${String(n).padStart(11, '0')}`],
      })),
    );
    await Promise.all([other('1'), other('2'), ...own]);
    expect(new Set((await store.load()).accounts).size).toBe(30);
  });
});
