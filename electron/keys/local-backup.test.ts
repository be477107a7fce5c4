import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUp, restore } from './local-backup.ts';
import { LocalStore } from './local-store.ts';
import { sealWithPassphrase } from './passphrase.ts';

const fast = { scryptWork: 2 };

let home: string;
let file: string;
let here: LocalStore;
/** Another computer. */
let there: LocalStore;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'envelope-backup-'));
  file = path.join(home, 'key.age');
  here = new LocalStore(path.join(home, 'here'));
  there = new LocalStore(path.join(home, 'there'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

const masterIn = async (store: LocalStore, key: string): Promise<Buffer> =>
  Buffer.from((await store.open(key)) ?? []);

describe('restore', () => {
  it('refuses a wrong passphrase, and takes nothing in', async () => {
    await backUp(here, await here.ensureDefault(), file, 'correct horse', fast);
    await expect(restore(there, file, 'battery staple')).rejects.toMatchObject({ code: 'passphrase-wrong' });
    expect((await there.list()).keys).toEqual([]);
  });

  it('refuses a file that is cut, altered or no backup at all', async () => {
    await backUp(here, await here.ensureDefault(), file, 'correct horse', fast);
    const good = await readFile(file, 'utf8');
    const lines = good.split('\n');
    const bad = [
      '',
      'not a backup',
      good.slice(0, -30),
      [...lines.slice(0, -4), ...lines.slice(-3)].join('\n'),
      good.toLowerCase(),
      await sealWithPassphrase(Buffer.from('something else'), 'correct horse', 2),
      await sealWithPassphrase(Buffer.from('{"format":"envelope-key/1"}'), 'correct horse', 2),
    ];
    for (const text of bad) {
      await writeFile(file, text);
      await expect(restore(there, file, 'correct horse')).rejects.toMatchObject({ code: 'key-damaged' });
    }
    expect((await there.list()).keys).toEqual([]);
  });

  it('refuses a backup whose master is not that of its key', async () => {
    const key = await here.ensureDefault();
    const text = await readFile(path.join(home, 'here', 'default.json'), 'utf8');
    const other = text.replace(/"master": "[^"]*"/, `"master": "${'A'.repeat(43)}"`);
    expect(other).toContain(key);
    await writeFile(file, await sealWithPassphrase(Buffer.from(other), 'correct horse', 2));
    await expect(restore(there, file, 'correct horse')).rejects.toMatchObject({ code: 'key-damaged' });
  });

  it('brings the same key to another computer, which then seals with it', async () => {
    const key = await here.ensureDefault();
    await backUp(here, key, file, 'correct horse', fast);
    expect(await restore(there, file, 'correct horse')).toBe(key);
    expect(await masterIn(there, key)).toEqual(await masterIn(here, key));
    expect(await there.ensureDefault()).toBe(key);
    expect(await there.describe(key)).toMatchObject({ name: 'This computer', protection: 'file' });
  });

  it('keeps the key that a computer has, and gives names that are taken a number', async () => {
    const own = await there.ensureDefault();
    const key = await here.ensureDefault();
    await backUp(here, key, file, 'correct horse', fast);
    await restore(there, file, 'correct horse');
    expect(await there.ensureDefault()).toBe(own);
    expect(await there.find('This computer (2)')).toBe(key);
  });

  it('is harmless for a key that is there already', async () => {
    const key = await here.create('Work');
    await backUp(here, key, file, 'correct horse', fast);
    await here.rename(key, 'Renamed');
    expect(await restore(here, file, 'correct horse')).toBe(key);
    expect((await here.list()).keys).toMatchObject([{ key, name: 'Renamed' }]);
  });

  it('repairs a damaged key, and throws nothing away', async () => {
    const key = await here.ensureDefault();
    await backUp(here, key, file, 'correct horse', fast);
    await truncate(path.join(home, 'here', 'default.json'), 10);
    const again = new LocalStore(path.join(home, 'here'));
    await restore(again, file, 'correct horse');
    expect(await again.ensureDefault()).toBe(key);
    expect((await again.list()).damaged).toEqual([]);
    expect((await readdir(path.join(home, 'here'))).filter((name) => name.endsWith('.damaged'))).toHaveLength(
      1,
    );
  });
});

describe('backUp', () => {
  it('replaces nothing', async () => {
    await writeFile(file, 'precious');
    const key = await here.ensureDefault();
    await expect(backUp(here, key, file, 'correct horse', fast)).rejects.toMatchObject({
      code: 'name-taken',
    });
    expect(await readFile(file, 'utf8')).toBe('precious');
    expect((await readdir(home)).sort()).toEqual(['here', 'key.age']);
  });

  it('needs a passphrase, a key and a folder', async () => {
    const key = await here.ensureDefault();
    await expect(backUp(here, key, file, '', fast)).rejects.toMatchObject({ code: 'usage' });
    await expect(backUp(here, 'local:x', file, 'x', fast)).rejects.toMatchObject({ code: 'key-not-found' });
    await expect(backUp(here, key, path.join(home, 'none', 'x'), 'x', fast)).rejects.toMatchObject({
      code: 'target-missing',
    });
    expect(await readdir(home)).toEqual(['here']);
  });

  it('is for this user alone and does not show the master', async () => {
    const key = await here.ensureDefault();
    await backUp(here, key, file, 'correct horse', fast);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    expect(text).not.toContain((await masterIn(here, key)).toString('base64url').slice(0, 20));
  });
});

/** The age tool reads passphrases from a terminal only; `script` (util-linux) gives it one. */
function ageVersion(): string | undefined {
  try {
    execFileSync('script', ['--version']);
    return execFileSync('age', ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

const version = ageVersion();

describe.runIf(version !== undefined)(`the age tool, ${String(version)}`, () => {
  it('opens a backup', async () => {
    const key = await here.ensureDefault();
    await backUp(here, key, file, 'correct horse', fast);
    const plain = path.join(home, 'plain.json');
    execFileSync('script', ['-qec', `age -d -o ${plain} ${file}`, '/dev/null'], { input: 'correct horse\n' });
    expect(JSON.parse(await readFile(plain, 'utf8'))).toMatchObject({
      format: 'envelope-key/1',
      key,
      master: (await masterIn(here, key)).toString('base64url'),
    });
  });
});
