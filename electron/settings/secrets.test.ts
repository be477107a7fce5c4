import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestHome } from '../app/services.fixture.ts';
import { FakeStorage } from '../app/storage.fixture.ts';
import { ConnectionSecrets } from './secrets.ts';

const secret = { secretAccessKey: 'wJalrXUtnFEMI', sessionToken: 'FwoGZXIvYXdz' };

let home: TestHome;
let file: string;
let storage: FakeStorage;

beforeEach(async () => {
  home = await TestHome.create();
  file = path.join(home.folder, 'config', 'secrets.json');
  storage = new FakeStorage();
});
afterEach(async () => {
  await home[Symbol.asyncDispose]();
});

describe('secrets of connections', () => {
  it('survive a restart as what the key store made of them, for this user alone', async () => {
    await new ConnectionSecrets(file, storage).set('work', 'AKIA1', secret);
    const later = new ConnectionSecrets(file, storage);
    expect(await later.states()).toEqual({ work: 'stored' });
    expect(await later.get('work', 'AKIA1')).toEqual(secret);
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain(secret.secretAccessKey);
    expect(text).not.toContain(secret.sessionToken);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('are stored nowhere without a key store, and live as long as the program', async () => {
    const now = new ConnectionSecrets(file, undefined);
    await now.set('work', 'AKIA1', secret);
    expect(await now.states()).toEqual({ work: 'session' });
    expect(await now.get('work', 'AKIA1')).toEqual(secret);
    expect(await readdir(home.folder)).toEqual([]);
    expect(await new ConnectionSecrets(file, undefined).states()).toEqual({});
  });

  it('are never given out for another access key', async () => {
    const secrets = new ConnectionSecrets(file, storage);
    await secrets.set('work', 'AKIA1', secret);
    expect(await secrets.get('work', 'AKIA2')).toBeUndefined();
    expect(await secrets.get('home', 'AKIA1')).toBeUndefined();
  });

  it('are missing, not wrong, where the key store does not give them back', async () => {
    await new ConnectionSecrets(file, storage).set('work', 'AKIA1', secret);
    storage.broken = true;
    expect(await new ConnectionSecrets(file, storage).get('work', 'AKIA1')).toBeUndefined();
    storage.broken = false;
    await writeFile(file, '{"version":1,"secrets":{"work":"bm90aGluZw=="}}');
    expect(await new ConnectionSecrets(file, storage).get('work', 'AKIA1')).toBeUndefined();
    await writeFile(file, 'not JSON');
    const torn = new ConnectionSecrets(file, storage);
    expect(await torn.states()).toEqual({});
    await torn.set('work', 'AKIA1', secret);
    expect(await new ConnectionSecrets(file, storage).get('work', 'AKIA1')).toEqual(secret);
  });

  it('are protected anew when the system says so', async () => {
    await new ConnectionSecrets(file, storage).set('work', 'AKIA1', secret);
    const before = storage.calls.length;
    storage.shouldReEncrypt = true;
    expect(await new ConnectionSecrets(file, storage).get('work', 'AKIA1')).toEqual(secret);
    expect(storage.calls.slice(before)).toEqual(['decrypt', 'encrypt']);
    expect(await new ConnectionSecrets(file, storage).get('work', 'AKIA1')).toEqual(secret);
  });

  it('go with the name of their connection, and go away', async () => {
    const secrets = new ConnectionSecrets(file, storage);
    await secrets.set('work', 'AKIA1', secret);
    await secrets.rename('work', 'office');
    const later = new ConnectionSecrets(file, storage);
    expect(await later.states()).toEqual({ office: 'stored' });
    expect(await later.get('office', 'AKIA1')).toEqual(secret);
    await later.clear('office');
    await later.clear('office');
    expect(await later.get('office', 'AKIA1')).toBeUndefined();
    expect(await new ConnectionSecrets(file, storage).states()).toEqual({});
    await rm(file);
    expect(await secrets.states()).toEqual({ office: 'session' });
  });
});
