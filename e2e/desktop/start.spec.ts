/** @file The app starts, shows its page, takes a second start as its own, and ends. */
import { writeFileSync } from 'node:fs';
import { expect, test } from './fixture.ts';

test('the app opens its own page, and only that', async ({ desktop }) => {
  await expect(desktop.page).toHaveTitle('Envelope');
  const windows = await desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => [window.webContents.getURL(), window.getTitle()]),
  );
  expect(windows).toEqual([['app://bundle/index.html', 'Envelope']]);
  await expect(desktop.page.locator('#root, main').first()).not.toBeEmpty();
});

test('a second start hands over and ends; the first is still the only one', async ({ desktop }) => {
  const file = desktop.path('note.txt');
  writeFileSync(file, 'note');
  await desktop.open([file], 'uri');
  expect(desktop.app.windows()).toHaveLength(1);
});

test('the app ends when it is quit', async ({ desktop }) => {
  const ended = new Promise((resolve) => desktop.app.process().once('exit', resolve));
  await desktop.quit();
  expect(await ended).toBe(0);
});
