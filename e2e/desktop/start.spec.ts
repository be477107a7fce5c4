/** @file The app starts, shows its page, takes a second start as its own, and ends. */
import { existsSync, writeFileSync } from 'node:fs';
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
