import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshFolder, makeTestEngine, type TestEngine } from '../envelope/engine.fixture.ts';
import { Nearby, type NearbyOptions, type NearbyWanted } from './nearby.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

const body = Buffer.concat([Buffer.from([0x28]), Buffer.alloc(63, 7)]);

/** A folder `a/b/c` with files at the relative paths, each like a body. @returns `a/b/c` */
async function treeOf(...files: string[]): Promise<string> {
  const start = path.join(await freshFolder(engine), 'a', 'b', 'c');
  await mkdir(start, { recursive: true });
  for (const file of files) {
    await mkdir(path.dirname(path.join(start, file)), { recursive: true });
    await writeFile(path.join(start, file), body);
  }
  return start;
}

async function found(start: string, options: NearbyOptions = {}, wanted: NearbyWanted = { half: 'body' }) {
  const nearby = new Nearby(start, wanted, options);
  const halves = [];
  for await (const { path: file, where } of nearby.halves()) {
    halves.push(`${where} ${path.relative(start, file)}`);
  }
  return { halves, searched: nearby.searched };
}

describe('looking around', () => {
  it('goes from the folder down, then up, the nearest first', async () => {
    const start = await treeOf(
      '../../up2.enc',
      '../sibling/s.enc',
      '../up1.enc',
      'd/e/deep.enc',
      'd/1.enc',
      'own.enc',
    );
    const { halves, searched } = await found(start);
    expect(halves).toEqual([
      'beside own.enc',
      'below d/1.enc',
      'below d/e/deep.enc',
      'above ../up1.enc',
      'above ../sibling/s.enc',
      'above ../../up2.enc',
    ]);
    expect(searched).toMatchObject({ files: 6, placeholders: 0, complete: true });
  });

  it('goes no further up than two levels, and no deeper than it may', async () => {
    const start = await treeOf('../../../up3.enc', '1/2/3/deep.enc');
    expect((await found(start, { limits: { down: 2 } })).halves).toEqual([]);
    expect((await found(start)).halves).toEqual(['below 1/2/3/deep.enc']);
  });

  it('never looks at all of a disk, or of everybody’s folders', async () => {
    const seen: string[] = [];
    const start = path.join(path.parse(homedir()).root, 'no-such-folder-of-envelope');
    await found(start, { onFolder: (folder) => seen.push(folder) });
    expect(seen).toEqual([start]);
    await found(homedir(), { limits: { down: 0, up: 2 }, onFolder: (folder) => seen.push(folder) });
    expect(seen).not.toContain(path.dirname(homedir()));
  });

  it('of a folder that the user names looks at all of it, and not above', async () => {
    const start = await treeOf('../up1.enc', 'd/1.enc');
    expect((await found(start, { chosen: true })).halves).toEqual(['chosen d/1.enc']);
  });

  it('finds a body that lost its suffix by its length', async () => {
    const start = await treeOf('moved.bin', 'other.bin');
    await truncate(path.join(start, 'other.bin'), 63);
    expect((await found(start)).halves).toEqual([]);
    expect((await found(start, {}, { half: 'body', lengths: new Set([64]) })).halves).toEqual([
      'beside moved.bin',
    ]);
  });

  it('follows no link and fetches nothing from a cloud, and says so', async () => {
    const start = await treeOf('real/1.enc');
    await symlink(path.join(start, 'real'), path.join(start, 'link'));
    await symlink(path.join(start, 'real', '1.enc'), path.join(start, 'link.enc'));
    await writeFile(path.join(start, 'cloud.enc'), '');
    await truncate(path.join(start, 'cloud.enc'), 1_000_000);
    const { halves, searched } = await found(start);
    expect(halves).toEqual(['below real/1.enc']);
    expect(searched).toMatchObject({ placeholders: 1, complete: true });
  });
});

describe('the limits', () => {
  it.each([{ files: 16 }, { folders: 3 }, { ms: 0 }])('end it, and it says so: %o', async (limits) => {
    const many = Array.from({ length: 60 }, (_, n) => `${n % 6}/${n}.enc`);
    const { halves, searched } = await found(await treeOf(...many), { limits });
    expect(halves.length).toBeLessThan(60);
    expect(searched.complete).toBe(false);
  });

  it('a cancel ends it at once', async () => {
    const abort = new AbortController();
    const start = await treeOf('1/1.enc', '2/2.enc');
    const looking = found(start, { signal: abort.signal, onFolder: () => abort.abort() });
    await expect(looking).rejects.toMatchObject({ code: 'cancelled' });
  });
});
