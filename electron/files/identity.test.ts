import { link, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityOf, sameFile, unchanged } from './identity.ts';

let folder: string;
const at = (name: string) => path.join(folder, name);
const identity = async (name: string) => identityOf(await stat(at(name), { bigint: true }));

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'identity-'));
  await writeFile(at('a'), 'one');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('identity', () => {
  it('tells another file with the same bytes apart', async () => {
    await writeFile(at('b'), 'one');
    expect(sameFile(await identity('a'), await identity('b'))).toBe(false);
  });

  it('sees one file under two names', async () => {
    await link(at('a'), at('b'));
    expect(sameFile(await identity('a'), await identity('b'))).toBe(true);
  });

  it('sees a change of size, and of time alone', async () => {
    const before = await identity('a');
    expect(unchanged(before, await identity('a'))).toBe(true);
    await writeFile(at('a'), 'three');
    await utimes(at('a'), 1, 1);
    const longer = await identity('a');
    expect(unchanged({ ...before, modifiedNs: longer.modifiedNs }, longer)).toBe(false);
    await utimes(at('a'), 1, 2);
    expect(unchanged(longer, await identity('a'))).toBe(false);
    expect(sameFile(longer, await identity('a'))).toBe(true);
  });
});
