/**
 * @file axe finds nothing to complain about in whatever opens over a screen: choices, menus, forms, questions; and in the states
 * of a screen that only a connection to a KMS has. Each is looked at as it stands open, in light, dark and high contrast, in
 * both languages.
 */
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { expectFine } from './axe.ts';
import { envelope } from './command-line.ts';
import { connect, roleWithMfa, test } from './connect.ts';
import type { Desktop } from './fixture.ts';
import { expect, goTo, openChoice, press, test as local } from './person.ts';
import { writeTree } from './tree.ts';

/** As it opens with the button of this name, and then closed with Escape. */
async function expectDialog(desktop: Desktop, button: string | RegExp): Promise<void> {
  await press(desktop, button);
  await expect(desktop.page.getByRole('dialog')).toBeVisible();
  await expectFine(desktop, String(button));
  await desktop.page.keyboard.press('Escape');
  await expect(desktop.page.getByRole('dialog')).toBeHidden();
}

local('the choices of Files, its rows while they run, and their dialogs', async ({ window }) => {
  local.slow();
  const { page } = window;
  for (const choice of ['Sealed with', 'Labels', 'Names', 'Results', 'Originals', 'Folders']) {
    await openChoice(window, choice);
    await expectFine(window, choice);
    await page.keyboard.press('Escape');
  }
  writeTree(window.folder, { 'a.txt': 'a', 'film.mov': 'x', 'lost/b.txt': 'b' });
  truncateSync(window.path('film.mov'), 40 * 2 ** 30);
  await envelope(window, 'seal', 'a.txt');
  await envelope(window, 'seal', 'lost/b.txt');
  rmSync(window.path('lost', 'b.txt.envelope'));
  await window.drop([window.path('film.mov')]);
  await press(window, 'Seal 1 file');
  await expect(page.getByRole('progressbar').first()).toBeVisible();
  await expectFine(window, 'a row that runs');
  await press(window, 'Cancel: film.mov');
  await expect(page.getByText('Cancelled · ')).toBeVisible();
  await window.drop([window.path('a.txt')]);
  await expect(page.getByRole('dialog')).toContainText('1 name is taken already');
  await expectFine(window, 'the plan with a name that is taken');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await window.drop([window.path('lost', 'b.txt.enc'), window.path('a.txt.envelope')]);
  await press(window, /^Open 2 files$/);
  await expectDialog(window, /^Restore the envelope…: b/);
  await expectDialog(window, /^Details: film/);
  await expectDialog(window, 'Clear history');
  await goTo(window, 'Settings');
  await expectDialog(window, 'Clear the history…');
  await expectDialog(window, 'Remove all copies…');
});

local('the forms and the menu of Keys', async ({ window }) => {
  local.slow();
  await goTo(window, 'Keys');
  await expectDialog(window, 'Restore from a backup…');
  await expectDialog(window, 'I have a sheet already…');
  await expectDialog(window, 'Open with a recovery key…');
  await press(window, 'More for shared');
  await expect(window.page.getByRole('menuitem').first()).toBeVisible();
  await expectFine(window, 'the menu of a key');
  await window.page.keyboard.press('Escape');
  for (const item of ['Rename…', 'Change protection…', 'Back up…']) {
    await press(window, 'More for shared');
    await window.page.getByRole('menuitem', { name: item }).click();
    await expect(window.page.getByRole('dialog')).toBeVisible();
    await expectFine(window, item);
    await window.page.keyboard.press('Escape');
  }
});

local('what Health asks, and sealing again in Who can open', async ({ window }) => {
  local.slow();
  const { page } = window;
  writeTree(window.folder, { 'p/a.txt': 'a', 'p/b.txt': 'b' });
  await envelope(window, 'seal', 'p', '--to', 'sealed');
  rmSync(window.path('sealed', 'p', 'b.txt.enc'));
  await goTo(window, 'Keys');
  await page.getByRole('tab').nth(2).click();
  await window.drop([window.path('sealed')]);
  await press(window, /^Sealed file missing/);
  await press(window, /^Look for the sealed file of/);
  await expect(page.getByRole('dialog')).toContainText('Nothing that fits');
  await expectFine(window, 'the half that is missing');
  await page.keyboard.press('Escape');
  await press(window, 'Export…');
  await expectFine(window, 'the ways to export');
  await page.keyboard.press('Escape');
  await page.getByRole('tab').nth(1).click();
  await window.drop([window.path('sealed')]);
  await page.getByText('Seal again', { exact: true }).click();
  await expectFine(window, 'sealing again');
});

test('a connection, by each kind of credentials, and what is wrong with it', async ({ desktop }) => {
  test.slow();
  const { page } = desktop;
  await goTo(desktop, 'Settings');
  await press(desktop, 'Add a connection…');
  const form = page.getByRole('dialog');
  for (const kind of ['profile', 'sso', 'role', 'keys', 'default']) {
    await form.getByLabel('Credentials from').selectOption(kind);
    await expectFine(desktop, `a connection by ${kind}`);
  }
  await form.getByLabel('Credentials from').selectOption('keys');
  await form.getByRole('button', { name: 'More' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toContainText('Give the connection a name.');
  await expectFine(desktop, 'what is wrong with a connection');
});

test('the tests of a connection, and cloud keys', async ({ desktop, kms }) => {
  test.slow();
  const { page } = desktop;
  await connect(desktop, kms);
  await expectDialog(desktop, 'Edit work');
  await expectDialog(desktop, 'Remove work');
  await page.getByLabel('Key to test with').selectOption({ label: 'alias/team' });
  await press(desktop, 'Test work');
  await expect(page.getByText('Everything works')).toBeVisible();
  await expectFine(desktop, 'a test that went well');
  const forbid = kms.faults.add({ kind: 'denied', action: 'Decrypt' });
  await press(desktop, 'Test again: work');
  await press(desktop, 'Show what must be allowed');
  await expect(page.getByText('The smallest policy')).toBeVisible();
  await expectFine(desktop, 'a test that failed, with its policy');
  forbid();
  await goTo(desktop, 'Keys');
  await expect(page.getByRole('switch', { name: 'alias/team seals by default' })).toBeVisible();
  await expectFine(desktop, 'Keys, with those of a KMS');
  await expectDialog(desktop, 'Create a KMS key…');
});

test('what AWS denies: the row, the policy, another key', async ({ desktop, kms }) => {
  test.slow();
  const { page } = desktop;
  await connect(desktop, kms);
  await goTo(desktop, 'Files');
  await openChoice(desktop, 'Sealed with');
  await page.getByRole('checkbox', { name: 'alias/team' }).check();
  await page.keyboard.press('Escape');
  kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
  writeTree(desktop.folder, { 'a.txt': 'a' });
  await desktop.drop([desktop.path('a.txt')]);
  await expect(page.getByText('AWS does not allow you to use')).toBeVisible();
  await press(desktop, 'Show the policy to add: a.txt');
  await expect(page.getByRole('dialog')).toContainText('The smallest policy');
  await expectFine(desktop, 'the policy');
  await page.keyboard.press('Escape');
  await expectDialog(desktop, /^Choose another key: a/);
});

local('a passphrase, set and asked for', async ({ window }) => {
  local.slow();
  const { page } = window;
  await goTo(window, 'Keys');
  await press(window, 'More for shared');
  await page.getByRole('menuitem', { name: 'Change protection…' }).click();
  await page.getByRole('dialog').getByRole('radio', { name: 'Passphrase' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const set = page.getByRole('dialog', { name: 'A passphrase for “shared”' });
  await set.getByLabel('New passphrase').fill('seven pale herons over the weir');
  await expectFine(window, 'a passphrase is set');
  await set.getByLabel('The same again').fill('seven pale herons over the weir');
  await set.getByRole('button', { name: 'Protect' }).click();
  await expect(page.getByText('Protected by a passphrase')).toBeVisible();
  await window.quit();
  await window.launch();
  writeTree(window.folder, { 'a.txt': 'a' });
  await window.drop([window.path('a.txt')]);
  await expect(window.page.getByRole('dialog', { name: 'Unlock “shared”' })).toBeVisible();
  await expectFine(window, 'a passphrase is asked for');
});

test('the MFA code, and a session that is over', async ({ stopped, kms }) => {
  test.slow();
  mkdirSync(stopped.path('aws'));
  const base = '[base]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = x\n';
  writeFileSync(stopped.path('aws', 'credentials'), base);
  await stopped.launch();
  await connect(stopped, kms, roleWithMfa);
  const question = stopped.page.getByRole('dialog', { name: 'MFA code' });
  await question.getByLabel('Six digits').fill('000000');
  await question.getByRole('button', { name: 'Go on' }).click();
  await expect(question.getByText('AWS did not take that code')).toBeVisible();
  await expectFine(stopped, 'the MFA code');
  await question.getByLabel('Six digits').fill('111111');
  await question.getByRole('button', { name: 'Go on' }).click();
  await expect(question).toBeHidden();
  await goTo(stopped, 'Files');
  await openChoice(stopped, 'Sealed with');
  await stopped.page.getByRole('checkbox', { name: 'alias/team' }).check();
  await stopped.page.keyboard.press('Escape');
  kms.faults.add({ kind: 'expired', action: 'GenerateDataKey' });
  writeTree(stopped.folder, { 'a.txt': 'a' });
  await stopped.drop([stopped.path('a.txt')]);
  await expect(stopped.page.getByRole('dialog', { name: /^The session of/ })).toBeVisible();
  await expectFine(stopped, 'a session that is over');
});
