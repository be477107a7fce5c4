/** @file Local keys as a person keeps them: made, protected, backed up, lost and restored; and what a weak system is worth. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { backend } from './backend.ts';
import { test as plain, type Desktop } from './fixture.ts';
import { done, expect, goTo, press, protectByPassphrase, rowIn, test } from './person.ts';
import { writeTree } from './tree.ts';

const PASSPHRASE = 'seven pale herons over the weir';

const keyFiles = (desktop: Desktop): string[] =>
  readdirSync(desktop.path('home', 'keys')).map((name) => desktop.path('home', 'keys', name));

async function chooseInMenu({ page }: Desktop, key: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${key}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function answerPassphrase({ page }: Desktop, title: string, passphrase: string): Promise<void> {
  const question = page.getByRole('dialog', { name: title });
  await question.getByRole('textbox').first().fill(passphrase);
  await page.keyboard.press('Enter');
}

test('a key that is lost comes back from its backup and opens what it sealed', async ({ window }) => {
  writeTree(window.folder, { 'a.txt': 'a' });
  await window.drop([window.path('a.txt')]);
  await expect(rowIn(window, window.path('a.txt.envelope'))).toBeVisible();
  rmSync(window.path('a.txt'));
  const filePath = window.path('shared.backup');
  await goTo(window, 'Keys');
  await chooseInMenu(window, 'shared', 'Back up…');
  const form = window.page.getByRole('dialog', { name: 'Back up “shared”' });
  await form.getByLabel('Passphrase').fill(PASSPHRASE);
  await form.getByLabel('The same again').fill(PASSPHRASE);
  await window.answerDialog('dialog.showSaveDialog', { canceled: false, filePath });
  await form.getByRole('button', { name: 'Choose where to…' }).click();
  await expect(window.page.getByText('The backup was written and read back')).toBeVisible();
  expect(readFileSync(filePath, 'utf8')).not.toContain('master');

  for (const file of keyFiles(window)) rmSync(file);
  await press(window, 'Restore from a backup…');
  const restore = window.page.getByRole('dialog', { name: 'Restore a key' });
  await window.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths: [filePath] });
  await restore.getByLabel('Passphrase').fill('not it');
  await restore.getByRole('button', { name: 'Choose the backup…' }).click();
  await expect(restore).toContainText('The passphrase does not open');
  await window.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths: [filePath] });
  await restore.getByLabel('Passphrase').fill(PASSPHRASE);
  await restore.getByRole('button', { name: 'Choose the backup…' }).click();
  await expect(window.page.getByText('“shared” is here again.')).toBeVisible();

  await window.drop([window.path('a.txt.envelope')]);
  await press(window, 'Open');
  await expect(done(window, 'Opened')).toBeVisible();
  expect(readFileSync(window.path('a.txt'), 'utf8')).toBe('a');
});

test('a passphrase is asked for once in a run, before the key is used', async ({ window }) => {
  await protectByPassphrase(window, PASSPHRASE);
  expect(
    keyFiles(window)
      .map((file) => readFileSync(file, 'utf8'))
      .join(),
  ).not.toContain('"master"');

  await window.quit();
  await window.launch();
  writeTree(window.folder, { 'a.txt': 'a', 'b.txt': 'b' });
  await window.drop([window.path('a.txt'), window.path('b.txt')]);
  await answerPassphrase(window, 'Unlock “shared”', 'not it');
  await expect(window.page.getByText('That passphrase does not open the key.')).toBeVisible();
  await answerPassphrase(window, 'Unlock “shared”', PASSPHRASE);
  await expect(done(window, 'Sealed')).toHaveCount(2);
});

test('a new key, named and made the default, seals', async ({ window }) => {
  await goTo(window, 'Keys');
  await press(window, 'New key…');
  const form = window.page.getByRole('dialog', { name: 'New key' });
  await form.getByRole('textbox', { name: 'Name' }).fill('archive');
  await form.getByRole('button', { name: 'Create the key' }).click();
  const isDefault = (name: string) => window.page.getByRole('switch', { name: `${name} seals by default` });
  await isDefault('archive').click({ force: true });
  await expect(isDefault('archive')).toBeChecked();
  await isDefault('shared').click({ force: true });
  await expect(isDefault('shared')).not.toBeChecked();
  writeTree(window.folder, { 'a.txt': 'a' });
  await window.drop([window.path('a.txt')]);
  await expect(rowIn(window, window.path('a.txt.envelope'))).toBeVisible();
  await window.drop([window.path('a.txt.envelope')]);
  await expect(window.page.getByText('You can open it with “archive”.')).toBeVisible();
});

test('a key is renamed, here and nowhere else', async ({ window }) => {
  writeTree(window.folder, { 'a.txt': 'a' });
  await window.drop([window.path('a.txt')]);
  await expect(rowIn(window, window.path('a.txt.envelope'))).toBeVisible();
  const envelope = readFileSync(window.path('a.txt.envelope'), 'utf8');
  await goTo(window, 'Keys');
  await chooseInMenu(window, 'shared', 'Rename…');
  const form = window.page.getByRole('dialog', { name: 'Rename “shared”' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Büro 办公室');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(window.page.getByText('Büro 办公室', { exact: true })).toBeVisible();
  await window.drop([window.path('a.txt.envelope')]);
  await expect(window.page.getByText('You can open it with “Büro 办公室”.')).toBeVisible();
  expect(readFileSync(window.path('a.txt.envelope'), 'utf8')).toBe(envelope);
  expect(envelope).not.toContain('shared');
});

/** How each is had of real Electron: on Linux, by Chromium's own switch, the second; no system plays the others. */
const stores = backend.kind === 'stand-in' ? ['none', 'basic_text', 'unanswered'] : ['basic_text'];

for (const store of backend.kind === 'stand-in' || process.platform === 'linux' ? stores : []) {
  plain(
    `a system with the key store “${store}” is told so, and offered no false safety`,
    async ({ stopped }) => {
      await stopped.launch({ env: { STANDIN_KEY_STORE: store }, args: ['--password-store=basic'] });
      await goTo(stopped, 'Settings');
      await expect(stopped.page.getByText('Secrets are kept only until you quit')).toBeVisible();
      writeTree(stopped.folder, { 'a.txt': 'a' });
      await stopped.drop([stopped.path('a.txt')]);
      await expect(rowIn(stopped, stopped.path('a.txt.envelope'))).toBeVisible();
      await goTo(stopped, 'Keys');
      await expect(stopped.page.getByText('Protected by the permissions of its file only.')).toBeVisible();
      await press(stopped, 'New key…');
      await expect(stopped.page.getByRole('radio', { name: 'Key store of the system' })).toBeDisabled();
    },
  );
}
