/** @file The app starts, shows its page, takes a second start as its own, and ends. */
import { existsSync, writeFileSync } from 'node:fs';
import { backend } from './backend.ts';
import { expect, test } from './fixture.ts';
import { rowIn } from './person.ts';

test('the app opens its own page, and only that', async ({ desktop }) => {
  await expect(desktop.page.getByRole('button', { name: 'Choose files…' })).toBeVisible();
  const windows = async (): Promise<unknown> =>
    await desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => [window.webContents.getURL(), window.isVisible()]),
    );
  // Shown once it is drawn, which may be a moment after it can be read.
  await expect.poll(windows).toEqual([['app://bundle/index.html', true]]);
});

test('a dropped file is sealed beside itself', async ({ desktop }) => {
  const file = desktop.path('letter.txt');
  writeFileSync(file, 'content');
  await desktop.drop([file]);
  await expect(rowIn(desktop, `${file}.envelope`)).toBeVisible();
  expect(existsSync(`${file}.enc`)).toBe(true);
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

test('without Chromium’s sandbox the window says so, and with it does not', async ({ stopped }) => {
  const said = 'The page runs without Chromium’s sandbox';
  await stopped.launch({ args: ['--no-sandbox'] });
  await stopped.page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await expect(stopped.page.getByText('MIT licence.')).toBeVisible();
  await expect(stopped.page.getByText(said)).toBeVisible();
  await stopped.quit();
  // Root has no sandbox on real Electron: there the second half says what the first did.
  const always = backend.kind !== 'stand-in' && process.getuid?.() === 0;
  await stopped.launch();
  await stopped.page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await expect(stopped.page.getByText('MIT licence.')).toBeVisible();
  await expect(stopped.page.getByText(said)).toHaveCount(always ? 1 : 0);
});
