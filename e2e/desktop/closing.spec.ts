/** @file Closing the window while work is running asks; stopping leaves nothing behind. */
import { existsSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { Client } from '../../shared/contract.ts';
import { expect, test, type Desktop } from './fixture.ts';

declare global {
  interface Window {
    readonly envelope?: Client;
  }
}

/** Enough for some seconds of work; most of it is a hole. */
const LONG_BYTES = 6 * 2 ** 30;

/** Begins to seal a long file, and waits until it is being worked on. */
async function startLongWork(desktop: Desktop): Promise<string> {
  const file = desktop.path('long.bin');
  writeFileSync(file, 'long');
  truncateSync(file, LONG_BYTES);
  await expect(desktop.page.getByRole('main')).toBeVisible();
  await desktop.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths: [file] });
  const started = await desktop.page.evaluate(async () => {
    const picked = await window.envelope?.pick('files');
    const grants = picked?.ok === true ? picked.value.grants.map(({ id }) => id) : [];
    return await window.envelope?.start({
      operation: 'seal',
      grants,
      choices: {
        keys: [],
        labels: {},
        hideNames: false,
        archive: false,
        collision: 'keep-both',
        binOriginals: false,
        again: false,
      },
    });
  });
  expect(started).toMatchObject({ ok: true });
  await expect(async () => expect(await unfinished(desktop)).not.toEqual([])).toPass();
  return file;
}

/** What lies beside the original. */
const unfinished = async (desktop: Desktop): Promise<string[]> =>
  readdirSync(desktop.folder).filter((name) => name.startsWith('long.bin.') || name.startsWith('.'));

const closeWindow = async (desktop: Desktop): Promise<void> =>
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

test('closing while work is running asks, and “keep working” keeps working', async ({ desktop }) => {
  await startLongWork(desktop);
  await desktop.answerDialog('dialog.showMessageBox', { response: 0, checkboxChecked: false });
  await closeWindow(desktop);
  const [asked] = await desktop.recordedCalls('dialog.showMessageBox');
  expect(asked?.args[0]).toMatchObject({
    buttons: ['Keep working', 'Stop and close'],
    defaultId: 0,
    cancelId: 0,
  });
  expect(desktop.app.windows()).toHaveLength(1);
});

test('“stop and close” ends the app and removes what is unfinished', async ({ desktop }) => {
  const ended = new Promise((resolve) => desktop.app.process().once('exit', resolve));
  const file = await startLongWork(desktop);
  await desktop.answerDialog('dialog.showMessageBox', { response: 1, checkboxChecked: false });
  await desktop.quit();
  expect(await ended).toBe(0);
  expect(await unfinished(desktop)).toEqual([]);
  expect(statSync(file).size).toBe(LONG_BYTES);
});

test('who quits again while it cleans up does not end it in the middle', async ({ desktop }) => {
  const ended = new Promise((resolve) => desktop.app.process().once('exit', resolve));
  await startLongWork(desktop);
  await desktop.app.evaluate(({ app }) => {
    app.once('will-quit', () => setImmediate(() => app.quit()));
  });
  await desktop.answerDialog('dialog.showMessageBox', { response: 1, checkboxChecked: false });
  await desktop.quit();
  expect(await ended).toBe(0);
  expect(await unfinished(desktop)).toEqual([]);
});

test('a window with nothing to do closes, and the app ends', async ({ desktop }) => {
  const ended = new Promise((resolve) => desktop.app.process().once('exit', resolve));
  await expect(desktop.page.getByRole('main')).toBeVisible();
  await desktop.quit();
  expect(await ended).toBe(0);
  expect(existsSync(desktop.path('home', 'desktop', 'window.json'))).toBe(true);
});

test('a second start opens the window where it was', async ({ stopped }) => {
  await stopped.launch();
  await stopped.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 60, width: 900, height: 600 }),
  );
  await stopped.quit();
  await stopped.launch();
  const bounds = await stopped.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  );
  expect(bounds).toMatchObject({ width: 900, height: 600 });
});
