/** @file The recovery key's secret is in its sheet's window, and nowhere else; and nothing gets out of that window. */
import { groupsOf } from '../../shared/identity-text.ts';
import { heapOf } from './heap.ts';
import { expect, goTo, rowIn, test } from './person.ts';
import { readSheet, startMaking, textsBelow } from './sheet.ts';
import { writeTree } from './tree.ts';

test('its secret is never in the page, nor in a log, in settings, history or any file', async ({
  window,
}) => {
  await goTo(window, 'Keys');
  const sheet = await startMaking(window);
  const { identity, last } = await readSheet(sheet);
  const form = window.page.getByRole('dialog', { name: 'Put the sheet on paper' });
  const heap = await heapOf(window);
  // A search that found nothing because it looked at nothing would be no proof.
  expect(heap).toContain('The sheet is open in a window of its own.');
  await form.getByLabel('The last group on the sheet').fill(last);
  await form.getByRole('button', { name: 'Use this recovery key' }).click();
  await expect(form).toBeHidden();
  writeTree(window.folder, { 'a.txt': 'a' });
  await goTo(window, 'Files');
  await window.drop([window.path('a.txt')]);
  await expect(rowIn(window, window.path('a.txt.envelope'))).toBeVisible();
  const after = await heapOf(window);
  const everything = [heap, after, await window.page.content(), window.output, textsBelow(window.folder)];
  for (const group of groupsOf(identity).slice(0, -1)) {
    for (const text of everything) expect(text.includes(group)).toBe(false);
  }
});

test('the sheet’s window runs no script, reaches nothing, and is hidden from other programs', async ({
  window,
}) => {
  await goTo(window, 'Keys');
  const sheet = await startMaking(window);
  const policy = await sheet.evaluate(() => ({
    bridge: 'envelope' in window,
    scripts: document.scripts.length,
    forms: document.forms.length,
    links: document.links.length,
  }));
  expect(policy).toEqual({ bridge: false, scripts: 0, forms: 0, links: 0 });
  expect(await window.recordedCalls('BrowserWindow.setContentProtection')).toMatchObject([{ args: [true] }]);
  const preferences = await window.app.evaluate(({ BrowserWindow }) => {
    const [, second] = BrowserWindow.getAllWindows().sort((a, b) => a.id - b.id);
    return { url: second?.webContents.getURL(), parent: second !== undefined };
  });
  expect(preferences).toEqual({ url: 'app://bundle/sheet', parent: true });
  const before = sheet.url();
  await sheet.evaluate(() => {
    location.href = 'https://evil.test/';
  });
  await sheet.waitForTimeout(300);
  expect(sheet.url()).toBe(before);
  const answered = await sheet.evaluate(
    async () =>
      await fetch('https://evil.test/').then(
        () => 'answered',
        () => 'refused',
      ),
  );
  expect(answered).toBe('refused');
});
