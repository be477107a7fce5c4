/** @file What the system shows of the work while nobody looks at the window: progress, and that it has ended. */
import { expect, press, protectByPassphrase, test } from './person.ts';
import type { Desktop } from './fixture.ts';
import { writeTree } from './tree.ts';

const PASSPHRASE = 'seven pale herons over the weir';

const fractions = async (desktop: Desktop): Promise<unknown[]> =>
  (await desktop.recordedCalls('BrowserWindow.setProgressBar')).map(({ args }) => args[0]);

test('the taskbar shows how far the work is, and nothing once it is over', async ({ window }) => {
  const tree = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index}.txt`, `${index}`]));
  writeTree(window.path('papers'), tree);
  await window.drop([window.path('papers')]);
  await press(window, 'Seal 40 files');
  await expect.poll(async () => (await fractions(window)).at(-1), { timeout: 40_000 }).toBe(-1);
  const shown = await fractions(window);
  expect(shown.some((fraction) => Number(fraction) > 0)).toBe(true);
  expect(shown.every((fraction) => Number(fraction) >= -1 && Number(fraction) <= 1)).toBe(true);
});

test('long work that ends out of sight says so; a click on that brings the window back', async ({
  window,
}) => {
  test.slow();
  await protectByPassphrase(window, PASSPHRASE);
  await window.quit();
  await window.launch();

  writeTree(window.folder, { 'a.txt': 'a' });
  await window.drop([window.path('a.txt')]);
  const question = window.page.getByRole('dialog', { name: 'Unlock “shared”' });
  await question.getByRole('textbox').first().fill(PASSPHRASE);
  await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur());
  // Work counts as long from ten seconds.
  await window.page.waitForTimeout(11_000);
  expect(await window.recordedCalls('Notification.show')).toEqual([]);
  await window.page.keyboard.press('Enter');
  await expect.poll(async () => await window.recordedCalls('Notification.show')).toHaveLength(1);
  const [shown] = await window.recordedCalls('Notification.show');
  expect(shown?.args).toEqual([{ title: 'Sealing is done', body: '1 file sealed.' }]);
  await window.clickNotification();
  const isVisible = async (): Promise<boolean | undefined> =>
    await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  expect(await isVisible()).toBe(true);
});
