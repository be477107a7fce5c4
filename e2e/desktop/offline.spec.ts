/** @file Sealing from the window while the KMS cannot be reached, and its key added when it can. */
import { rmSync } from 'node:fs';
import type { StandIn } from '../kms-stand-in/start.ts';
import { look, violations } from './axe.ts';
import type { Desktop } from './fixture.ts';
import { keysOf, sealWith, test } from './office.ts';
import { expect, goTo, rowIn } from './person.ts';
import { writeTree } from './tree.ts';

/** What is dropped from now on is sealed with alias/team alone, and the KMS does not answer. */
async function prepare(desktop: Desktop, kms: StandIn): Promise<() => void> {
  await desktop.launch();
  await sealWith(desktop, 'alias/team');
  return kms.faults.add({ kind: 'reset' });
}

test('a file is sealed for now after a question, waits, and gets its KMS key', async ({
  office: desktop,
  kms,
}) => {
  test.slow();
  const reachable = await prepare(desktop, kms);
  const { page } = desktop;
  writeTree(desktop.folder, { 'a.txt': 'a' });
  await desktop.drop([desktop.path('a.txt')]);
  const question = page.getByRole('dialog', { name: 'A KMS key cannot be reached' });
  await expect(question).toContainText('whoever has the key of this computer can open them');
  expect(await violations(desktop)).toEqual([]);
  await question.getByRole('button', { name: 'Seal for now' }).click();
  const line = page.getByRole('region', { name: '1 file waits for alias/team' });
  await expect(line).toBeVisible();
  await expect(page.getByText('waiting for the KMS key alias/team')).toBeVisible();
  expect(keysOf(desktop.path('a.txt.envelope'))).toEqual([expect.stringMatching(/^local:/)]);
  for (const language of ['en', 'zh-CN'] as const) {
    for (const appearance of ['light', 'dark', 'contrast'] as const) {
      await look(desktop, appearance, language);
      expect(await violations(desktop)).toEqual([]);
    }
  }
  await look(desktop, 'light', 'en');
  await line.getByRole('button', { name: 'Try now' }).click();
  await line.getByRole('button', { name: 'Show' }).click();
  const list = page.getByRole('dialog', { name: 'Files that wait for a KMS key' });
  await expect(list).toContainText('AWS KMS could not be reached');
  expect(await violations(desktop)).toEqual([]);
  await page.keyboard.press('Escape');
  // The card says the same of it, and not that the KMS key opens it.
  rmSync(desktop.path('a.txt'));
  await desktop.drop([desktop.path('a.txt.envelope')]);
  await expect(page.getByText('Waiting for the KMS key')).toBeVisible();
  expect(await violations(desktop)).toEqual([]);
  await page.keyboard.press('Escape');
  reachable();
  // Unless the app is trying by itself at this moment, or has done it meanwhile.
  const again = line.getByRole('button', { name: 'Try now' });
  await again.click({ timeout: 5_000 }).catch(() => undefined);
  await expect(line).toBeHidden();
  expect(keysOf(desktop.path('a.txt.envelope'))).toEqual([expect.stringMatching(/^arn:aws:kms:/)]);
  await expect(page.getByText('waiting for the KMS key')).toBeHidden();
  // Who was reached a moment ago is not taken to be out of reach still.
  writeTree(desktop.folder, { 'next.txt': 'x' });
  await desktop.drop([desktop.path('next.txt')]);
  await expect(rowIn(desktop, desktop.path('next.txt.envelope'))).toBeVisible();
});

test('a no fails the file; a setting answers for good', async ({ office: desktop, kms }) => {
  test.slow();
  await prepare(desktop, kms);
  const { page } = desktop;
  writeTree(desktop.folder, { 'a.txt': 'a', 'b.txt': 'b' });
  await desktop.drop([desktop.path('a.txt')]);
  await page.getByRole('dialog').getByRole('button', { name: 'Do not seal' }).click();
  await expect(page.getByText('AWS KMS could not be reached')).toBeVisible();
  await goTo(desktop, 'Settings');
  const always = page.getByRole('radio', {
    name: 'Seal with the key of this computer, and add the KMS key later',
  });
  // It is set once the main process has said so.
  await always.click();
  await expect(always).toBeChecked();
  await goTo(desktop, 'Files');
  await desktop.drop([desktop.path('b.txt')]);
  await expect(page.getByRole('region', { name: '1 file waits for alias/team' })).toBeVisible();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('button', { name: 'Wait no longer: b.txt.envelope' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: '1 file waits for alias/team' })).toBeHidden();
});
