import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onScreen, readRemembered, type Remembered, writeRemembered } from './remembered.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-remembered-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('what the window remembers', () => {
  const damaged = ['', '{', 'null', '[]', '{"bounds":{"x":0}}', '{"maximized":"yes"}', '{"more":1}'];
  it.each(damaged)('is nothing where the file says %j', async (text) => {
    const file = path.join(folder, 'window.json');
    await writeFile(file, text);
    expect(await readRemembered(file)).toEqual({});
  });

  it('is nothing where there is no file', async () => {
    expect(await readRemembered(path.join(folder, 'window.json'))).toEqual({});
  });

  it('comes back, and is for this user alone', async () => {
    const file = path.join(folder, 'desktop', 'window.json');
    const remembered: Remembered = {
      bounds: { x: -20, y: 30, width: 800, height: 600 },
      maximized: true,
      folder: '/home/me',
    };
    await writeRemembered(file, remembered);
    expect(await readRemembered(file)).toEqual(remembered);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});

describe('onScreen', () => {
  const left = { x: 0, y: 30, width: 1920, height: 1050 };
  const right = { x: 1920, y: 0, width: 1280, height: 1024 };
  const at = (x: number, y: number) => ({ x, y, width: 800, height: 600 });

  it.each([at(100, 100), at(1900, 40), at(2500, 500), at(-600, 50), at(1800, 950)])('keeps %j', (bounds) => {
    expect(onScreen(bounds, [left, right])).toBe(bounds);
  });

  it.each([
    ['on a screen that is gone', at(4000, 100)],
    ['all but hidden at the left', at(-750, 100)],
    ['below the screen', at(100, 1050)],
    ['whose title bar is above the screen', at(100, 0)],
  ])('drops a place %s', (_, bounds) => {
    expect(onScreen(bounds, [left, right])).toBeUndefined();
  });

  it('drops any place where there is no screen', () => {
    expect(onScreen(at(0, 40), [])).toBeUndefined();
  });
});
