/** @file A connection over its life: its secret set, replaced and cleared but never shown; renamed, removed; and what its keys allow. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { SECRET } from '../kms-stand-in/connect.ts';
import { violations } from './axe.ts';
import { connect, test } from './connect.ts';
import type { Desktop } from './fixture.ts';
import { expect, goTo, press } from './person.ts';

const OTHER = 'another/SECRET/that/is/replaced/with';

const form = ({ page }: Desktop, name = 'work') => page.getByRole('dialog', { name: `Edit “${name}”` });

/** Everything that the app keeps, as text. */
const kept = ({ home }: Desktop): string =>
  readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('chromium'))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

/** What the page holds, also in its fields. */
const shown = async ({ page }: Desktop): Promise<string> =>
  await page.evaluate(
    () =>
      document.documentElement.outerHTML +
      [...document.querySelectorAll('input')].map((input) => input.value).join(' '),
  );

test('a secret can be set, replaced and cleared, and is never shown', async ({ desktop, kms }) => {
  await connect(desktop, kms);
  await press(desktop, 'Edit work');
  await expect(form(desktop)).toContainText('It is never shown.');
  await expect(form(desktop).getByLabel('Secret access key')).toHaveCount(0);
  expect(await shown(desktop)).not.toContain(SECRET);

  await form(desktop).getByRole('button', { name: 'Replace…' }).click();
  await expect(form(desktop).getByLabel('Secret access key')).toHaveValue('');
  await form(desktop).getByRole('button', { name: 'Keep the old one' }).click();
  await expect(form(desktop)).toContainText('It is never shown.');
  await form(desktop).getByRole('button', { name: 'Replace…' }).click();
  await form(desktop).getByLabel('Secret access key').fill(OTHER);
  await form(desktop).getByRole('button', { name: 'Save' }).click();
  await expect(form(desktop)).toBeHidden();

  await press(desktop, 'Edit work');
  expect(await shown(desktop)).not.toContain(OTHER);
  await form(desktop).getByRole('button', { name: 'Clear' }).click();
  await expect(form(desktop).getByLabel('Secret access key')).toHaveValue('');
  await form(desktop).getByRole('button', { name: 'Cancel' }).click();
  await expect(desktop.page.getByText('Its secret is not set.')).toBeVisible();
  for (const secret of [SECRET, OTHER]) expect(kept(desktop)).not.toContain(secret);
  expect(desktop.output).not.toContain(OTHER);
});

test('another name keeps the secret; another access key does not', async ({ desktop, kms }) => {
  await connect(desktop, kms);
  await press(desktop, 'Edit work');
  await form(desktop).getByLabel('Name', { exact: true }).fill('office');
  await form(desktop).getByRole('button', { name: 'Save' }).click();
  await press(desktop, 'Test office');
  await expect(desktop.page.getByText('Everything works')).toBeVisible();
  await press(desktop, 'Edit office');
  await form(desktop, 'office').getByLabel('Access key id').fill('AKIAANOTHEREXAMPLE00');
  await form(desktop, 'office').getByRole('button', { name: 'Save' }).click();
  await expect(form(desktop, 'office')).toContainText('Enter the secret of this access key.');
});

test('a connection that is removed is forgotten, with its secret and its keys', async ({ desktop, kms }) => {
  await connect(desktop, kms);
  await press(desktop, 'Remove work');
  await desktop.page.getByRole('button', { name: 'Remove the connection' }).click();
  await expect(desktop.page.getByText('A connection says how to reach AWS KMS')).toBeVisible();
  expect(kept(desktop)).not.toContain('AKIAIOSFODNN7EXAMPLE');
  await goTo(desktop, 'Keys');
  await expect(desktop.page.getByText('alias/team')).toHaveCount(0);
  await expect(desktop.page.getByRole('button', { name: 'Connect to AWS…' })).toBeVisible();
});

test('a wrong secret is said at the step where AWS says it, and the right one mends it', async ({
  desktop,
  kms,
}) => {
  await connect(desktop, kms);
  const key = desktop.page.getByLabel('Key to test with');
  await expect(key.getByRole('option', { name: 'alias/team' })).toHaveCount(1);
  const refused = kms.faults.add({
    kind: 'refuse',
    action: 'GetCallerIdentity',
    name: 'SignatureDoesNotMatch',
    message: 'The request signature we calculated does not match the signature you provided.',
    status: 403,
  });
  await press(desktop, 'Test work');
  await expect(desktop.page.getByText('The test failed.')).toBeVisible();
  const said = 'AWS does not know these credentials, or their secret is wrong. Enter them again in Settings.';
  await expect(desktop.page.getByRole('listitem').filter({ hasText: 'Who you are' }).last()).toContainText(
    said,
  );
  refused();
  await press(desktop, 'Edit work');
  await form(desktop).getByRole('button', { name: 'Replace…' }).click();
  await form(desktop).getByLabel('Secret access key').fill(SECRET);
  await form(desktop).getByRole('button', { name: 'Save' }).click();
  await expect(key.getByRole('option', { name: 'alias/team' })).toHaveCount(1);
  await press(desktop, /^Test (?:again: )?work$/);
  await expect(desktop.page.getByText('Everything works')).toBeVisible();
});

test('a key says whether I may use it, and that the KMS says so', async ({ desktop, kms }) => {
  await connect(desktop, kms);
  await goTo(desktop, 'Keys');
  const { page } = desktop;
  await expect(page.getByText('Whether you may, the KMS has not been asked.')).toBeVisible();
  await press(desktop, 'Ask the KMS whether you may use alias/team');
  await expect(page.getByText('AWS KMS says that you may seal and open with it.')).toBeVisible();
  const tried = kms.calls.filter(({ action }) => action === 'GenerateDataKey' || action === 'Decrypt');
  expect(tried).toHaveLength(2);
  expect(tried.every(({ dryRun }) => dryRun)).toBe(true);

  const forbid = kms.faults.add({ kind: 'denied', action: 'Decrypt' });
  await press(desktop, 'Ask the KMS whether you may use alias/team');
  await expect(page.getByText('AWS KMS says that you may seal with it, but not open.')).toBeVisible();
  await expect(page.getByText('AWS does not allow you to use the KMS key “alias/team”')).toBeVisible();
  expect(await violations(desktop)).toEqual([]);
  forbid();
  kms.faults.add({ kind: 'expired', action: 'GetCallerIdentity' });
  kms.faults.add({ kind: 'expired', action: 'GenerateDataKey' });
  await press(desktop, 'Ask the KMS whether you may use alias/team');
  await expect(page.getByText('AWS KMS has not said whether you may.')).toBeVisible();
});
