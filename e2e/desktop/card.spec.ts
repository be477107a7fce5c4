/** @file What the card says of an envelope is what is in its files, and whether one may is asked before anything is done. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { envelope } from './command-line.ts';
import { connect, test as withKms } from './connect.ts';
import { expect, goTo, openChoice, press, rowIn, test } from './person.ts';
import { writeTree } from './tree.ts';

type Inspected = { id: string; keys: { key: string }[] };

test('labels, name, size, time and id on the card are those of the file; the picture is of its bytes', async ({
  window,
}) => {
  const { page } = window;
  writeFileSync(window.path('plan.txt'), 'x'.repeat(1_234_567));
  await openChoice(window, 'Labels');
  await page.getByRole('button', { name: 'Add a label' }).click();
  await page.getByLabel('Label 1', { exact: true }).fill('project');
  await page.getByLabel('Value of label 1').fill('apollo');
  await page.keyboard.press('Escape');
  await window.drop([window.path('plan.txt')]);
  await expect(rowIn(window, window.path('plan.txt.envelope'))).toBeVisible();

  await window.drop([window.path('plan.txt.envelope')]);
  await expect(page.getByRole('heading', { name: 'plan.txt', level: 1 })).toBeVisible();
  const said = JSON.parse(await envelope(window, 'inspect', '--json', 'plan.txt.envelope')) as Inspected;
  const card = page.getByRole('main');
  for (const fact of ['project = apollo', '1.2 MB (1,234,567 bytes)', said.id]) {
    await expect(card.getByText(fact, { exact: true })).toBeVisible();
  }
  await expect(card.locator('dt:has-text("Sealed") + dd')).toHaveText(/20\d\d/);
  await expect(card.locator('li').getByText(said.keys[0]?.key ?? '', { exact: true })).toBeVisible();

  const body = readFileSync(window.path('plan.txt.enc'));
  const picture = page.getByRole('img', { name: /^Picture\. Each key/ });
  await expect(picture).toContainText('shared');
  await expect(picture).toContainText(body.subarray(1, 33).toString('hex'));
  await expect(picture).toContainText(`${body.length.toLocaleString('en')} bytes`);
  await expect(picture).toContainText('2 sealed segments');
});

withKms('a KMS is asked by a dry run, and nothing is written before “Open”', async ({ desktop, kms }) => {
  const { page } = desktop;
  await connect(desktop, kms);
  await goTo(desktop, 'Files');
  await openChoice(desktop, 'Sealed with');
  await page.getByRole('checkbox', { name: 'alias/team' }).check();
  await page.keyboard.press('Escape');
  writeTree(desktop.folder, { 'a.txt': 'under KMS' });
  await desktop.drop([desktop.path('a.txt')]);
  await expect(rowIn(desktop, desktop.path('a.txt.envelope'))).toBeVisible();
  rmSync(desktop.path('a.txt'));
  const decrypts = () => kms.calls.filter(({ action }) => action === 'Decrypt').map(({ dryRun }) => dryRun);

  await desktop.drop([desktop.path('a.txt.envelope')]);
  await expect(page.getByText('You can open it with “alias/team”.')).toBeVisible();
  await expect(page.getByText('The KMS says that you may (a dry run; nothing was opened).')).toBeVisible();
  expect(decrypts()).toEqual([true]);
  expect(existsSync(desktop.path('a.txt'))).toBe(false);
  await page.keyboard.press('Escape');

  const denied = kms.faults.add({ kind: 'denied', action: 'Decrypt' });
  await desktop.drop([desktop.path('a.txt.envelope')]);
  await expect(page.getByText('None of its keys opens it for you.')).toBeVisible();
  denied();
  await press(desktop, 'Open');
  await expect.poll(() => existsSync(desktop.path('a.txt'))).toBe(true);
  expect(decrypts()).toEqual([true, true, false]);
});

withKms(
  'the history carries the request id of each KMS call, also after a restart',
  async ({ desktop, kms }) => {
    await connect(desktop, kms);
    await goTo(desktop, 'Files');
    await openChoice(desktop, 'Sealed with');
    await desktop.page.getByRole('checkbox', { name: 'alias/team' }).check();
    await desktop.page.keyboard.press('Escape');
    writeTree(desktop.folder, { 'a.txt': 'a' });
    await desktop.drop([desktop.path('a.txt')]);
    await expect(rowIn(desktop, desktop.path('a.txt.envelope'))).toBeVisible();
    const ids = async (): Promise<string> => {
      await press(desktop, 'Details: a.txt');
      const dialog = desktop.page.getByRole('dialog');
      const fact = dialog.locator('dt:has-text("KMS request ids") + dd');
      await expect(fact).toHaveText(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/);
      return await fact.innerText();
    };
    const before = await ids();
    await desktop.quit();
    await desktop.launch();
    expect(await ids()).toBe(before);
  },
);
