import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LeftOut } from '../files/archive-plan.ts';
import { hasFolder, secondHalves, withoutSealed } from './given.ts';

let folder: string;
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-given-'));
  await writeFile(at('a'), '1');
  await writeFile(at('a.envelope'), '{"format":"envelope/1"');
  await mkdir(at('folder.envelope'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('withoutSealed', () => {
  it('leaves out what is sealed, and says so, but not if nothing else was given', async () => {
    const left: LeftOut[] = [];
    const given = ['a', 'a.envelope', 'folder.envelope', 'missing.envelope'].map(at);
    const onLeftOut = (what: LeftOut): void => void left.push(what);
    expect(await withoutSealed(given, onLeftOut)).toEqual([given[0], given[2], given[3]]);
    expect(left).toEqual([{ path: at('a.envelope'), why: 'sealed' }]);
    const twice = [at('a.envelope'), at('a.envelope')];
    expect(await withoutSealed(twice, onLeftOut)).toEqual(twice);
    expect(left).toHaveLength(1);
  });
});

describe('secondHalves', () => {
  it('counts bodies whose envelope is given too', () => {
    expect(secondHalves(['a.enc', 'a.envelope', 'b.enc', 'c.envelope', 'd'])).toBe(1);
  });
});

describe('hasFolder', () => {
  it('sees folders, and passes over what is not there', async () => {
    expect(await hasFolder([at('none'), at('a')])).toBe(false);
    expect(await hasFolder([at('none'), at('a'), folder])).toBe(true);
  });
});
