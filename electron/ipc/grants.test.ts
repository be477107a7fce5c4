import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Grants } from './grants.ts';

let folder: string;
let grants: Grants;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-grants-'));
  grants = new Grants();
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const at = (name: string): string => path.join(folder, name);

describe('Grants', () => {
  it('refuses what is not there, by name', async () => {
    await writeFile(at('file'), '');
    const { grants: given, refused } = await grants.grant([at('gone.txt'), path.join(at('file'), 'in it')]);
    expect(given).toEqual([]);
    expect(refused.map(({ name, error }) => [name, error.code])).toEqual([
      ['gone.txt', 'source-missing'],
      ['in it', 'source-missing'],
    ]);
  });

  it('refuses what is neither file nor folder', async () => {
    const server = createServer();
    const socket = process.platform === 'win32' ? '\\\\.\\pipe\\envelope-grants-test' : at('socket');
    await new Promise<void>((resolve) => void server.listen(socket, resolve));
    try {
      const { refused } = await grants.grant([socket]);
      expect(refused).toHaveLength(1);
    } finally {
      server.close();
    }
  });

  it('knows no id but those it gave out', async () => {
    await writeFile(at('a'), '');
    const { grants: given } = await grants.grant([at('a')]);
    for (const id of ['', '0', at('a'), '../a', '__proto__', `${given[0]?.id}x`]) {
      expect(() => grants.pathOf(id)).toThrow(expect.objectContaining({ code: 'usage' }));
    }
    expect(() => new Grants().pathOf(given[0]?.id ?? '')).toThrow('no such grant');
  });

  it('tells what each is, and nothing of where', async () => {
    await mkdir(at('docs.envelope'));
    await writeFile(at('a.txt'), 'hello');
    await writeFile(at('a.txt.ENVELOPE'), '{}');
    await writeFile(at('a.txt.enc'), '');
    const paths = ['docs.envelope', 'a.txt', 'a.txt.ENVELOPE', 'a.txt.enc'].map(at);
    const { grants: given, refused } = await grants.grant(paths);
    expect(refused).toEqual([]);
    expect(given.map(({ name, kind, size }) => [name, kind, size])).toEqual([
      ['docs.envelope', 'folder', 0],
      ['a.txt', 'file', 5],
      ['a.txt.ENVELOPE', 'envelope', 2],
      ['a.txt.enc', 'body', 0],
    ]);
    expect(JSON.stringify(given)).not.toContain(folder);
    expect(given.map(({ id }) => grants.pathOf(id))).toEqual(paths);
  });

  it('follows a link that the user named', async () => {
    await mkdir(at('real'));
    await symlink(at('real'), at('link'), 'junction');
    const { grants: given } = await grants.grant([at('link')]);
    expect(given[0]).toMatchObject({ name: 'link', kind: 'folder' });
    expect(grants.pathOf(given[0]?.id ?? '')).toBe(at('link'));
  });

  it('gives every grant an id of its own, and keeps the order of many', async () => {
    await writeFile(at('a'), '');
    const paths = Array.from({ length: 100 }, (_, n) => (n % 10 === 9 ? at(`gone ${n}`) : at('a')));
    const { grants: given, refused } = await grants.grant(paths);
    expect(new Set(given.map(({ id }) => id)).size).toBe(90);
    expect(refused.map(({ name }) => name)).toEqual(
      Array.from({ length: 10 }, (_, n) => `gone ${n * 10 + 9}`),
    );
  });
});
