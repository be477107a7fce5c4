/** @file The health of envelopes in the window: picked or dropped, read key by key and by problem, mended and exported. */
import { existsSync, readFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { expect, goTo, press, test } from './person.ts';
import { writeTree } from './tree.ts';

async function toHealth(desktop: Desktop): Promise<void> {
  await goTo(desktop, 'Keys');
  await desktop.page.getByRole('tab', { name: 'Health' }).click();
}

const fold = ({ page }: Desktop, title: string) =>
  page.getByRole('main').getByRole('button', { name: title });

test('a folder is looked at, and each problem leads to its files', async ({ window }) => {
  const { page } = window;
  writeTree(window.folder, { 'docs/a.txt': 'a', 'docs/b.txt': 'b', 'docs/c.txt': 'c', 'docs/d.txt': 'd' });
  await envelope(window, 'seal', 'docs', '--to', 'sealed');
  const at = (name: string): string => window.path('sealed', 'docs', name);
  rmSync(at('a.txt.enc'));
  truncateSync(at('b.txt.enc'), 50);
  renameSync(at('c.txt.enc'), at('renamed.enc'));

  await toHealth(window);
  await window.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths: [window.path('sealed')] });
  await press(window, 'Choose a folder…');
  await expect(page.getByRole('heading', { name: '2 of 4 envelopes open now' })).toBeVisible();
  await expect(page.getByText('opens 2 of 4 envelopes now · 4 hang on it alone')).toBeVisible();
  await fold(window, 'Sealed file missing').click();
  const list = page.getByRole('region', { name: 'Files: Sealed file missing' });
  await expect(list).toContainText('a.txt.envelope');
  await list.getByRole('button', { name: 'Show a.txt.envelope in its folder' }).click();
  // The click has reached the main process only some time later.
  await expect
    .poll(async () => (await window.recordedCalls('shell.showItemInFolder')).map(({ args }) => args))
    .toEqual([[at('a.txt.envelope')]]);
  await expect(fold(window, 'Sealed files cut short')).toBeVisible();
  await expect(page.getByText('Put the .enc file beside its envelope, or have it looked for')).toBeVisible();
});

test('what is dropped on Health is looked at and not sealed; elsewhere it is sealed as ever', async ({
  window,
}) => {
  const { page } = window;
  writeTree(window.folder, { 'docs/a.txt': 'a', 'b.txt': 'b' });
  await envelope(window, 'seal', 'docs', '--to', 'sealed');
  await toHealth(window);
  await window.drop([window.path('sealed')]);
  await expect(page.getByRole('heading', { name: '1 of 1 envelope open now' })).toBeVisible();
  await expect(page.getByText('Nothing is wrong with the files.')).toBeVisible();
  await press(window, 'Check every byte');
  await expect(page.getByText('every byte of 1 file was checked, 1 byte')).toBeVisible();
  await goTo(window, 'Files');
  await window.drop([window.path('b.txt')]);
  await expect(page.locator('[data-state="done"]')).toBeVisible();
  // The result is there until the next one.
  await toHealth(window);
  await expect(page.getByRole('heading', { name: '1 of 1 envelope open now' })).toBeVisible();
});

test('a long list is drawn as far as it is in sight, and to its end', async ({ window }) => {
  const { page } = window;
  const tree = Object.fromEntries(Array.from({ length: 450 }, (_, n) => [`many/${n}.envelope`, '{}']));
  writeTree(window.folder, tree);
  await toHealth(window);
  await window.drop([window.path('many')]);
  await expect(page.getByRole('heading', { name: 'No envelope was found' })).toBeVisible();
  await fold(window, 'Not valid envelopes').click();
  const list = page.getByRole('region', { name: 'Files: Not valid envelopes' });
  await expect(list).toContainText('.envelope');
  expect(await list.getByRole('listitem').count()).toBeLessThan(40);
  await list.focus();
  await page.keyboard.press('End');
  await expect(list.locator('[aria-posinset="450"]')).toContainText('.envelope');
});

test('the result is exported where a person wants it', async ({ window }) => {
  const { page } = window;
  writeTree(window.folder, { 'docs/a.txt': 'a' });
  await envelope(window, 'seal', 'docs', '--to', 'sealed');
  await toHealth(window);
  await window.drop([window.path('sealed')]);
  await press(window, 'Export…');
  const filePath = window.path('health.csv');
  await window.answerDialog('dialog.showSaveDialog', { canceled: false, filePath });
  await page.getByRole('menuitem', { name: 'As a table (CSV)…' }).click();
  await expect(page.getByText('The result was written to “health.csv”.')).toBeVisible();
  expect(readFileSync(filePath, 'utf8')).toContain('a.txt.envelope');
});

test('what lacks its other half gets it from the list: found by content, or restored from its copy', async ({
  window,
}) => {
  const { page } = window;
  writeTree(window.folder, { 'docs/a.txt': 'a', 'docs/b.txt': 'b' });
  await envelope(window, 'seal', 'docs', '--to', 'sealed');
  const at = (...names: string[]): string => window.path('sealed', ...names);
  renameSync(at('docs', 'a.txt.enc'), at('moved.bin'));
  rmSync(at('docs', 'b.txt.envelope'));
  await toHealth(window);
  await window.drop([at('docs')]);

  await fold(window, 'Sealed files without an envelope').click();
  await press(window, 'Look for the envelope of b.txt.enc');
  await press(window, 'Restore the envelope');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText('“b.txt.envelope” was restored beside its file.')).toBeVisible();
  expect(existsSync(at('docs', 'b.txt.envelope'))).toBe(true);

  await fold(window, 'Sealed file missing').click();
  await press(window, 'Look for the sealed file of a.txt.envelope');
  await expect(page.getByRole('dialog')).toContainText('moved.bin');
  await press(window, 'Use this file');
  await press(window, 'Open');
  await expect(page.locator('[data-state="done"]')).toBeVisible();
  expect(readFileSync(at('docs', 'a.txt'), 'utf8')).toBe('a');

  await toHealth(window);
  await press(window, 'Look again');
  await expect(page.getByRole('heading', { name: '1 of 2 envelopes open now' })).toBeVisible();
  await expect(fold(window, 'Sealed files without an envelope')).toBeHidden();
});
