/** @file What the list says of files and batches, and what it offers when something went wrong. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { batch, done, expect, openChoice, press, rowIn, test } from './person.ts';
import { readTree, writeTree } from './tree.ts';

/** The system's dialog will pick `folder`. */
const willPick = async (window: Desktop, folder: string): Promise<void> =>
  await window.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths: [folder] });

const names = async ({ page }: Desktop): Promise<string[]> =>
  await page
    .locator('[data-state] bdi:first-child')
    .evaluateAll((all) => all.map((one) => one.getAttribute('title') ?? ''));

/** What can be scrolled sideways. */
const sideways = async ({ page }: Desktop): Promise<string[]> =>
  await page.evaluate(() =>
    Array.from(document.querySelectorAll('*'), (element) => element)
      .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => element.className),
  );

test('what was opened has the name and the size of what came out', async ({ window }) => {
  writeTree(window.folder, { 'layoffs 2027.txt': 'secret' });
  await envelope(window, 'seal', 'layoffs 2027.txt', '--hide-names', '--to', 'sealed');
  const [sealed = ''] = readdirSync(window.path('sealed')).filter((name) => name.endsWith('.envelope'));
  await window.drop([window.path('sealed', sealed)]);
  await press(window, 'Open');
  await expect(done(window, 'Opened')).toContainText('6 bytes');
  await expect(rowIn(window, window.path('sealed', 'layoffs 2027.txt'))).toContainText(`from ${sealed}`);
  await press(window, 'Details: layoffs 2027.txt');
  await expect(window.page.getByRole('dialog')).toContainText(sealed);
});

test('files are listed as people list them', async ({ window }) => {
  const floors = Array.from({ length: 12 }, (_, index) => `Floor ${index + 1}.svg`);
  writeTree(window.path('plans'), Object.fromEntries(floors.map((name) => [name, name])));
  await window.drop([window.path('plans')]);
  await press(window, 'Seal 12 files');
  await expect(batch(window, '12 files sealed')).toBeVisible();
  const shown = await names(window);
  expect(shown.length).toBeGreaterThan(5);
  expect(shown).toEqual(floors.slice(0, shown.length));
});

test('a batch of which nothing came says so, also after a restart, where nothing of it can be tried again', async ({
  window,
}) => {
  writeTree(window.folder, { 'a.envelope': '{}', 'b.envelope': '{}', 'c.txt': 'c' });
  await envelope(window, 'seal', 'c.txt', '--to', 'sealed');
  await window.drop([window.path('a.envelope'), window.path('b.envelope')]);
  const failed = () => batch(window, '2 files could not be opened');
  await expect(failed()).toBeVisible();
  await window.drop(['a.envelope', 'sealed/c.txt.envelope'].map((name) => window.path(name)));
  await expect(batch(window, '1 file opened, 1 could not be opened')).toBeVisible();
  await expect(failed().getByRole('button', { name: 'Retry failed' })).toBeVisible();
  await window.quit();
  await window.launch();
  await expect(batch(window, '1 file opened, 1 could not be opened')).toBeVisible();
  await expect(failed()).toBeVisible();
  await expect(window.page.getByRole('button', { name: /Retry|Try again/ })).toHaveCount(0);
  // What is new stands above what was.
  writeTree(window.folder, { 'new.txt': 'new' });
  await window.drop([window.path('new.txt')]);
  await expect(rowIn(window, window.path('new.txt.envelope'))).toBeVisible();
  expect((await names(window))[0]).toBe('new.txt');
});

test('a batch that cannot begin for its folder is done in another', async ({ window }) => {
  writeTree(window.folder, { 'docs/a.txt': 'a', 'results/': '', 'other/': '' });
  await willPick(window, window.path('results'));
  await openChoice(window, 'Results');
  await window.page.getByRole('radio', { name: 'Another folder…' }).click();
  await window.page.keyboard.press('Escape');
  await window.drop([window.path('docs')]);
  // Not before the plan is made: it looks at the folder as well.
  await expect(window.page.getByRole('button', { name: 'Seal 1 file', exact: true })).toBeVisible();
  // Meanwhile a file has taken its place.
  rmSync(window.path('results'), { recursive: true });
  writeFileSync(window.path('results'), 'a file');
  await press(window, 'Seal 1 file');
  await expect(batch(window, 'Nothing was sealed')).toBeVisible();
  await willPick(window, window.path('other'));
  await press(window, 'Choose another folder…: Nothing was sealed');
  await expect(done(window, 'Sealed')).toBeVisible();
  await expect(batch(window, 'Nothing was sealed')).toBeHidden();
  expect(Object.keys(readTree(window.path('other'))).sort()).toEqual([
    'docs/a.txt.enc',
    'docs/a.txt.envelope',
  ]);
});

test('a row whose folder is gone goes to another', async ({ window }) => {
  writeTree(window.folder, { 'a.txt': 'a' });
  await envelope(window, 'seal', 'a.txt', '--to', 'sealed');
  const elsewhere = window.path('elsewhere');
  mkdirSync(elsewhere);
  await willPick(window, elsewhere);
  await window.drop([window.path('sealed', 'a.txt.envelope')]);
  await expect(window.page.getByText('You can open it with')).toBeVisible();
  // Meanwhile a file has taken the place of the folder.
  rmSync(elsewhere, { recursive: true });
  writeFileSync(elsewhere, 'a file');
  await press(window, 'Open to…');
  const choose = window.page.getByRole('button', { name: /^Choose another folder…/ });
  await expect(choose).toBeVisible();
  mkdirSync(window.path('third'));
  await willPick(window, window.path('third'));
  await choose.click();
  await expect(rowIn(window, window.path('third', 'a.txt'))).toBeVisible();
});

test('a long name gives way in its middle, and the window never scrolls sideways', async ({ window }) => {
  const long = `Minutes ${'of the yearly meeting '.repeat(8)}(2).docx`;
  writeTree(window.folder, { [long]: 'x' });
  await window.drop([window.path(long)]);
  await expect(rowIn(window, window.path(`${long}.envelope`))).toBeVisible();
  await window.page.setViewportSize({ width: 720, height: 520 });
  const name = window.page.getByTitle(long, { exact: true });
  await expect(name).toContainText('(2).docx');
  const end = name.locator('span').last();
  const box = await end.boundingBox();
  expect(await end.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  expect((box?.x ?? 720) + (box?.width ?? 0)).toBeLessThan(720);
  expect(await sideways(window)).toEqual([]);
  // Also with so many rows that a scroll bar takes its part.
  writeTree(
    window.path('plans'),
    Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`Floor ${n}.svg`, ''])),
  );
  await window.drop([window.path('plans')]);
  await press(window, 'Seal 12 files');
  await expect(batch(window, '12 files sealed')).toBeVisible();
  expect(await sideways(window)).toEqual([]);
});
