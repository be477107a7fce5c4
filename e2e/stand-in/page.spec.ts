/** @file The page's side of the stand-in: the bridge, calls, real files, isolation, the policy. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { drop } from '../desktop/drop.ts';
import { test } from './sample/fixture.ts';

test('a call is answered, and its sender is the main frame under its own scheme', async ({ sample }) => {
  const sender = await sample.page.evaluate(async () => await window.sample.ask('sender'));
  expect(sender).toEqual({
    url: 'app://bundle/index.html',
    origin: 'app://bundle',
    parent: null,
    isMain: true,
  });
});

test('a failing handler is an error in the words of Electron', async ({ sample }) => {
  const message = await sample.page.evaluate(() =>
    window.sample.ask('fail').catch((error: unknown) => String(error)),
  );
  expect(message).toBe("Error: Error invoking remote method 'fail': RangeError: on purpose");
  const missing = await sample.page.evaluate(() =>
    window.sample.ask('missing').catch((error: unknown) => String(error)),
  );
  expect(missing).toContain("No handler registered for 'missing'");
});

test('values cross with their types; what cannot be cloned is refused', async ({ sample }) => {
  const echoed = await sample.page.evaluate(async () => {
    const sent = {
      bytes: new Uint8Array([0, 255]),
      at: new Date(5),
      map: new Map([[1, [-0]]]),
      set: new Set(['s']),
      none: undefined,
    };
    const got = (await window.sample.ask('echo', sent)) as typeof sent;
    return {
      bytes: [got.bytes.constructor.name, ...got.bytes],
      at: got.at.getTime(),
      zero: Object.is(got.map.get(1)![0], -0),
      set: [...got.set],
      none: 'none' in got && got.none === undefined,
    };
  });
  expect(echoed).toEqual({ bytes: ['Uint8Array', 0, 255], at: 5, zero: true, set: ['s'], none: true });
  const refused = await sample.page.evaluate(() =>
    window.sample.ask('echo', () => 1).then(String, (error: unknown) => String(error)),
  );
  expect(refused).toMatch(/could not be cloned/);
});

test('events come in order, until the listener leaves', async ({ sample }) => {
  const counted = await sample.page.evaluate(async () => {
    const heard: number[] = [];
    const leave = window.sample.onCounted((count) => heard.push(count));
    await window.sample.ask('count', 50);
    leave();
    await window.sample.ask('count', 3);
    return heard;
  });
  expect(counted).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
});

test('dropped and picked files have their real paths, folders too', async ({ sample }) => {
  const file = path.join(sample.folder, 'näme with space.bin');
  const folder = path.join(sample.folder, 'folder');
  writeFileSync(file, 'x');
  mkdirSync(folder);
  await drop(sample.page, '#zone', [file, folder]);
  await expect(sample.page.locator('#paths li')).toHaveText([`${file} trusted`, `${folder} trusted`]);
  await sample.page.locator('#input').setInputFiles(file);
  await expect(sample.page.locator('#paths li')).toHaveCount(3);
  expect(await sample.page.evaluate(() => window.sample.pathOf(new File(['x'], 'made.txt')))).toBe('');
  const refused = await sample.page.evaluate(() => {
    try {
      return window.sample.pathOf('text');
    } catch (error) {
      return String(error);
    }
  });
  expect(refused).toMatch(/Error/);
});

test('the page has what was exposed, frozen, and nothing else of the main process', async ({ sample }) => {
  const found = await sample.page.evaluate(() => ({
    names: Object.keys(window.sample).sort(),
    frozen: Object.isFrozen(window.sample) && Object.isFrozen(window.sample.nested.list),
    foreign: ['require', 'process', 'module', 'standInPost', 'standInDeliver'].filter(
      (name) => name in window,
    ),
  }));
  expect(found).toEqual({ names: ['ask', 'nested', 'onCounted', 'pathOf'], frozen: true, foreign: [] });
});

test('the policy of the served page applies', async ({ sample }) => {
  const { dataset } = await sample.page.evaluate(() => ({
    dataset: Object.fromEntries(Object.entries(document.documentElement.dataset)),
  }));
  expect(dataset).toEqual({ module: 'ran' });
});
