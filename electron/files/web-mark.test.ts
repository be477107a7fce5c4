import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyWebMark } from './web-mark.ts';

const mark = '[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=about:internet\r\n';

let folder: string;
const at = (name: string) => path.join(folder, name);

// On this file system the stream of a file is a file of its own, by the same path.
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'web-mark-'));
  for (const name of ['envelope', 'body', 'plain']) await writeFile(at(name), name);
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const copy = async (platform: NodeJS.Platform) =>
  await copyWebMark([at('envelope'), at('body')], at('plain'), platform);

describe('the mark of the web', () => {
  it('of the envelope goes to what was opened, to the byte', async () => {
    await writeFile(at('envelope:Zone.Identifier'), mark);
    await writeFile(at('body:Zone.Identifier'), 'another');
    expect(await copy('win32')).toBe(true);
    expect(await readFile(at('plain:Zone.Identifier'), 'utf8')).toBe(mark);
    expect(await readFile(at('plain'), 'utf8')).toBe('plain');
  });

  it('of the body counts where the envelope has none', async () => {
    await writeFile(at('body:Zone.Identifier'), mark);
    expect(await copy('win32')).toBe(true);
    expect(await readFile(at('plain:Zone.Identifier'), 'utf8')).toBe(mark);
  });

  it('is not made up where neither has one', async () => {
    expect(await copy('win32')).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['body', 'envelope', 'plain']);
  });

  it('that cannot be set is said', async () => {
    await writeFile(at('envelope:Zone.Identifier'), mark);
    await mkdir(at('plain:Zone.Identifier'));
    expect(await copy('win32')).toBe(false);
  });

  it('is nothing on a system that has none', async () => {
    await writeFile(at('envelope:Zone.Identifier'), mark);
    expect(await copy('linux')).toBe(true);
    expect(await readdir(folder)).not.toContain('plain:Zone.Identifier');
  });
});
