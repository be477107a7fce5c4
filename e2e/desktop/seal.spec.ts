/** @file Sealing as a person does it. What lies on the disk then, the command line opens. */
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { batch, done, expect, openChoice, press, rowIn, test } from './person.ts';
import { readTree, writeTree } from './tree.ts';

async function openedBy(desktop: Desktop, ...envelopes: string[]): Promise<Record<string, string>> {
  await envelope(desktop, 'open', ...envelopes, '--to', 'opened');
  return readTree(desktop.path('opened'));
}

test('a file that is dropped is sealed at once, and stays', async ({ window }) => {
  writeTree(window.folder, { 'letter.txt': 'Dear all' });
  await window.drop([window.path('letter.txt')]);
  await expect(rowIn(window, window.path('letter.txt.envelope'))).toBeVisible();
  expect(readFileSync(window.path('letter.txt'), 'utf8')).toBe('Dear all');
  expect(await openedBy(window, 'letter.txt.envelope')).toEqual({ 'letter.txt': 'Dear all' });
});

/** Names that Windows cannot have. */
const unixNames: Record<string, string> =
  process.platform === 'win32'
    ? {}
    : {
        ' leading and trailing ': '5',
        'a:b*c?"<>|.txt': '6',
        [`${'long '.repeat(40)}.txt`]: '7',
      };

test('odd names are sealed, shown and opened as they are', async ({ window }) => {
  const odd = {
    '-rf': '1',
    '100% 日本語 🎉.txt': '2',
    '.hidden': '3',
    'e\u0301 and \u00e9.txt': '4',
    ...unixNames,
  };
  writeTree(window.folder, odd);
  await window.drop(Object.keys(odd).map((name) => window.path(name)));
  await expect(batch(window, `${Object.keys(odd).length} files sealed`)).toBeVisible();
  await expect(window.page.getByText('100% 日本語 🎉.txt', { exact: true })).toBeVisible();
  const envelopes = readdirSync(window.folder).filter((name) => name.endsWith('.envelope'));
  expect(await openedBy(window, ...envelopes.map((name) => `./${name}`))).toEqual(odd);
});

test('a folder shows its plan; then each file in it is sealed beside itself', async ({ window }) => {
  const tree = { 'a.txt': 'a', 'sub/b.txt': 'bb', 'sub/deep/c.txt': '' };
  writeTree(window.path('papers'), tree);
  await window.drop([window.path('papers')]);
  const plan = window.page.getByRole('dialog', { name: 'Ready to seal' });
  await expect(plan).toContainText('Enough:');
  expect(readTree(window.path('papers'))).toEqual(tree);
  await plan.getByRole('button', { name: 'Seal 3 files' }).click();
  await expect(batch(window, '3 files sealed')).toBeVisible();
  expect(readTree(window.path('papers'))).toMatchObject(tree);
  await envelope(window, 'open', 'papers', '--to', 'opened');
  expect(readTree(window.path('opened', 'papers'))).toEqual(tree);
});

test('a plan that is cancelled does nothing', async ({ window }) => {
  writeTree(window.path('papers'), { 'a.txt': 'a' });
  const before = readdirSync(window.folder);
  await window.drop([window.path('papers')]);
  await window.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(window.page.getByRole('dialog')).toBeHidden();
  expect(readdirSync(window.folder)).toEqual(before);
});

test('a folder as one becomes one pair', async ({ window }) => {
  const tree = { 'a.txt': 'a', 'sub/b.txt': 'bb', 'empty/': '' };
  writeTree(window.path('papers'), tree);
  await openChoice(window, 'Folders');
  await window.page.getByRole('radio', { name: 'As one' }).check();
  await window.page.keyboard.press('Escape');
  await window.drop([window.path('papers')]);
  await window.page
    .getByRole('dialog', { name: 'Ready to seal' })
    .getByRole('button', { name: /^Seal/ })
    .click();
  await expect(rowIn(window, window.path('papers.envelope'))).toBeVisible();
  await envelope(window, 'open', 'papers.envelope', '--to', 'opened');
  expect(readTree(window.path('opened', 'papers'))).toEqual(tree);
});

test('files and envelopes together: those are sealed, these are opened', async ({ window }) => {
  writeTree(window.folder, { 'old.txt': 'old', 'new.txt': 'new' });
  await envelope(window, 'seal', 'old.txt', '--to', 'sealed');
  await window.drop([window.path('sealed', 'old.txt.envelope'), window.path('new.txt')]);
  await expect(rowIn(window, window.path('new.txt.envelope'))).toBeVisible();
  await expect(rowIn(window, window.path('sealed', 'old.txt'))).toBeVisible();
  await expect(
    window.page.getByText('1 file to seal and 1 envelope to open: both are being done.'),
  ).toBeVisible();
  expect(readFileSync(window.path('sealed', 'old.txt'), 'utf8')).toBe('old');
  expect(await openedBy(window, 'new.txt.envelope')).toEqual({ 'new.txt': 'new' });
});

test('by button: the files of the dialog are sealed', async ({ window }) => {
  writeTree(window.folder, { 'one.txt': '1', 'two.txt': '2' });
  const filePaths = [window.path('one.txt'), window.path('two.txt')];
  await window.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths });
  await press(window, 'Choose files…');
  await expect(batch(window, '2 files sealed')).toBeVisible();
  const [asked] = await window.recordedCalls('dialog.showOpenDialog');
  expect(asked?.args.at(-1)).toMatchObject({
    properties: expect.arrayContaining(['openFile', 'multiSelections']),
  });
});

test('by button, and then not: nothing happens', async ({ window }) => {
  await window.answerDialog('dialog.showOpenDialog', { canceled: true, filePaths: [] });
  await press(window, 'Choose a folder…');
  expect(await window.recordedCalls('dialog.showOpenDialog')).toHaveLength(1);
  await expect(window.page.getByText('Drop files or folders here to seal them')).toBeVisible();
});

test('a row that is cancelled leaves nothing behind, and can be done again', async ({ window }) => {
  const file = window.path('long.bin');
  writeFileSync(file, 'long');
  truncateSync(file, 4 * 2 ** 30);
  await window.drop([file]);
  await window.page.getByRole('dialog').getByRole('button', { name: 'Seal 1 file' }).click();
  await expect(window.page.getByRole('progressbar', { name: 'Progress of long.bin' })).toBeVisible();
  await press(window, 'Cancel: long.bin');
  const again = window.page.getByRole('button', { name: 'Try again: long.bin' });
  await expect(again).toBeVisible();
  expect(readdirSync(window.folder).filter((name) => name.includes('long'))).toEqual(['long.bin']);
  truncateSync(file, 4);
  await again.click();
  await expect(rowIn(window, `${file}.envelope`)).toBeVisible();
});

test.describe('a name that is taken', () => {
  /** `a.txt` is sealed already and has changed since; it is dropped again, and the plan is open. */
  async function dropAgain(window: Desktop): Promise<void> {
    writeTree(window.folder, { 'a.txt': 'before' });
    await envelope(window, 'seal', 'a.txt');
    writeTree(window.folder, { 'a.txt': 'after' });
    await window.drop([window.path('a.txt')]);
    await expect(window.page.getByRole('dialog')).toContainText('1 name is taken already');
  }

  const choose = async (window: Desktop, choice: string): Promise<void> => {
    const plan = window.page.getByRole('dialog');
    await plan.getByRole('radio', { name: choice }).check();
    await plan.getByRole('button', { name: 'Seal 1 file' }).click();
  };

  test('keep both: the new pair gets a number', async ({ window }) => {
    await dropAgain(window);
    await choose(window, 'Keep both');
    await expect(done(window, 'Sealed')).toBeVisible();
    const envelopes = readdirSync(window.folder).filter((name) => name.endsWith('.envelope'));
    expect(envelopes).toHaveLength(2);
    expect(Object.values(await openedBy(window, ...envelopes)).sort()).toEqual(['after', 'before']);
  });

  test('replace: there is one pair, the new one', async ({ window }) => {
    await dropAgain(window);
    await choose(window, 'Replace');
    await expect(done(window, 'Sealed')).toBeVisible();
    expect(await openedBy(window, 'a.txt.envelope')).toEqual({ 'a.txt': 'after' });
  });

  test('skip: what is there stays', async ({ window }) => {
    await dropAgain(window);
    await choose(window, 'Skip');
    await expect(window.page.getByText('Skipped: its name is taken')).toBeVisible();
    expect(await openedBy(window, 'a.txt.envelope')).toEqual({ 'a.txt': 'before' });
  });
});

test('hidden names: no name, size or place of it is to be read', async ({ window }) => {
  writeTree(window.folder, { 'layoffs 2027.txt': 'secret' });
  await openChoice(window, 'Names');
  await window.page.getByRole('switch', { name: 'Hide file names' }).check();
  await window.page.keyboard.press('Escape');
  await window.drop([window.path('layoffs 2027.txt')]);
  await expect(done(window, 'Sealed')).toBeVisible();
  const pair = readdirSync(window.folder).filter((name) => /\.(?:envelope|enc)$/.test(name));
  expect(pair).toHaveLength(2);
  for (const name of pair) {
    expect(name).not.toContain('layoffs');
    expect(readFileSync(window.path(name)).includes('layoffs')).toBe(false);
  }
  const [sealed = ''] = pair.filter((name) => name.endsWith('.envelope'));
  expect(await openedBy(window, sealed)).toEqual({ 'layoffs 2027.txt': 'secret' });
});

test('originals go to the bin once their pair was verified, if asked to', async ({ window }) => {
  writeTree(window.folder, { 'a.txt': 'a' });
  mkdirSync(window.bin, { recursive: true });
  await openChoice(window, 'Originals');
  await window.page.getByRole('radio', { name: 'Move to the bin' }).check();
  await window.page.keyboard.press('Escape');
  await window.drop([window.path('a.txt')]);
  await expect(window.page.getByText('Original moved to the bin')).toBeVisible();
  expect(existsSync(window.path('a.txt'))).toBe(false);
  expect(await window.recordedCalls('shell.trashItem')).toHaveLength(1);
  expect(await openedBy(window, 'a.txt.envelope')).toEqual({ 'a.txt': 'a' });
});

test('results go to another folder, if one is chosen', async ({ window }) => {
  writeTree(window.folder, { 'a.txt': 'a', 'results/': '' });
  await window.answerDialog('dialog.showOpenDialog', {
    canceled: false,
    filePaths: [window.path('results')],
  });
  await openChoice(window, 'Results');
  await window.page.getByRole('radio', { name: 'Another folder…' }).click();
  await expect(window.page.getByRole('button', { name: 'In “results”' })).toBeVisible();
  await window.page.keyboard.press('Escape');
  await window.drop([window.path('a.txt')]);
  await expect(done(window, 'Sealed')).toBeVisible();
  expect(readdirSync(window.path('results')).sort()).toEqual(['a.txt.enc', 'a.txt.envelope']);
});
