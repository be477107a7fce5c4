/** @file AWS KMS from the window, against the KMS stand-in on loopback: connect, test, seal, open, and what interrupts it. */
import { rmSync } from 'node:fs';
import { SECRET } from '../kms-stand-in/connect.ts';
import { ACCOUNT, connect, REGION, roleWithMfa, test } from './connect.ts';
import type { Desktop } from './fixture.ts';
import { batch, done, expect, goTo, openChoice, press, rowIn } from './person.ts';
import { readTree, writeTree } from './tree.ts';

/** What is dropped from now on is sealed with alias/team alone. */
async function sealWithTeam(desktop: Desktop): Promise<void> {
  await goTo(desktop, 'Files');
  await openChoice(desktop, 'Sealed with');
  await desktop.page.getByRole('checkbox', { name: 'alias/team' }).check();
  await desktop.page.keyboard.press('Escape');
}

/** A folder of `count` files is dropped, and its plan agreed to. */
async function sealFolder(desktop: Desktop, count: number): Promise<void> {
  const tree = Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.txt`, `${index}`]));
  writeTree(desktop.path('papers'), tree);
  await desktop.drop([desktop.path('papers')]);
  await desktop.page.getByRole('button', { name: `Seal ${count} files` }).click();
}

const isSealed = (desktop: Desktop): number =>
  Object.keys(readTree(desktop.path('papers'))).filter((name) => name.endsWith('.envelope')).length;

const steps = ['Credentials', 'Who you are', 'The key', 'Permission to seal', 'Permission to open'];

test('the test of a connection ticks every step', async ({ desktop, kms }) => {
  await connect(desktop, kms);
  const { page } = desktop;
  await page.getByLabel('Key to test with').selectOption({ label: 'alias/team' });
  await press(desktop, 'Test work');
  await expect(page.getByText('Everything works: you can seal and open with this key.')).toBeVisible();
  const list = page.getByRole('listitem').filter({ hasText: 'In order' });
  for (const step of steps) await expect(list.filter({ hasText: step }).last()).toBeVisible();
  const tried = kms.calls.filter(({ action }) => action === 'GenerateDataKey' || action === 'Decrypt');
  expect(tried.length).toBeGreaterThan(0);
  expect(tried.every(({ dryRun }) => dryRun)).toBe(true);
  expect(await page.content()).not.toContain(SECRET);
});

for (const [step, action] of [
  ['Who you are', 'GetCallerIdentity'],
  ['The key', 'DescribeKey'],
  ['Permission to seal', 'GenerateDataKey'],
  ['Permission to open', 'Decrypt'],
] as const) {
  test(`the test of a connection that fails at “${step}” says it there`, async ({ desktop, kms }) => {
    await connect(desktop, kms);
    const { page } = desktop;
    await page.getByLabel('Key to test with').selectOption({ label: 'alias/team' });
    kms.faults.add({ kind: 'denied', action });
    await press(desktop, 'Test work');
    await expect(page.getByText('The test failed. What to do is said at the step.')).toBeVisible();
    const failed = page
      .getByRole('listitem')
      .filter({ hasText: /^(?!.*Add a connection).*Failed/ })
      .last();
    await expect(failed).toContainText(step);
    await expect(failed).toContainText('AWS does not allow you to');
  });
}

test('what must be allowed is shown where the test failed, though the key was never used before', async ({
  desktop,
  kms,
}) => {
  await connect(desktop, kms);
  const { page } = desktop;
  await page.getByLabel('Key to test with').selectOption({ label: 'alias/team' });
  kms.faults.add({ kind: 'denied', action: 'Decrypt' });
  await press(desktop, 'Test work');
  await press(desktop, 'Show what must be allowed');
  await expect(page.getByText('The smallest policy')).toBeVisible();
  await expect(page.getByText('"Action": "kms:Decrypt"')).toBeVisible();
});

test('where there is no key to choose, the test says so', async ({ desktop, kms }) => {
  await connect(desktop, kms);
  await press(desktop, 'Edit work');
  const form = desktop.page.getByRole('dialog', { name: 'Edit “work”' });
  await form.getByLabel('Region', { exact: true }).fill('eu-west-1');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  await press(desktop, 'Test work');
  await expect(
    desktop.page.getByText('The credentials work. There is no key with an alias in this region'),
  ).toBeVisible();
});

test('credentials that are not there fail the first step, and the others are not tried', async ({
  desktop,
  kms,
}) => {
  await connect(desktop, kms, async (form) => {
    await form.getByLabel('Credentials from').selectOption('profile');
    await form.getByLabel('Profile').fill('nobody');
  });
  await press(desktop, 'Test work');
  const { page } = desktop;
  await expect(page.getByText('The test failed. What to do is said at the step.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Not tried' }).last()).toContainText(
    'Permission to open',
  );
  expect(kms.calls.filter(({ action }) => action !== 'ListAliases')).toEqual([]);
});

test('a file is sealed under a KMS key and opened with it', async ({ desktop, kms }) => {
  await connect(desktop, kms);
  await sealWithTeam(desktop);
  writeTree(desktop.folder, { 'a.txt': 'under KMS' });
  await desktop.drop([desktop.path('a.txt')]);
  await expect(rowIn(desktop, desktop.path('a.txt.envelope'))).toBeVisible();
  rmSync(desktop.path('a.txt'));
  await press(desktop, 'Details: a.txt');
  await expect(desktop.page.getByRole('dialog')).toContainText('alias/team');
  await desktop.page.keyboard.press('Escape');
  await desktop.drop([desktop.path('a.txt.envelope')]);
  await expect(desktop.page.getByText('You can open it with “alias/team”.')).toBeVisible();
  await press(desktop, 'Open');
  await expect(done(desktop, 'Opened')).toBeVisible();
  expect(readTree(desktop.folder)).toMatchObject({ 'a.txt': 'under KMS' });
  expect(kms.calls.filter(({ action, dryRun }) => action === 'Decrypt' && !dryRun)).toHaveLength(1);
});

test('who may list no keys seals with the one whose ARN is known', async ({ desktop, kms }) => {
  kms.faults.add({ kind: 'denied', action: 'ListAliases' });
  await connect(desktop, kms);
  const { page } = desktop;
  await goTo(desktop, 'Files');
  await openChoice(desktop, 'Sealed with');
  await expect(page.getByText('AWS does not allow you to list the KMS keys of this account')).toBeVisible();
  const { arn } = kms.keys.find({ account: ACCOUNT, region: REGION }, 'alias/team');
  await page.getByLabel('Another key').fill(arn);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: arn })).toBeChecked();
  await page.keyboard.press('Escape');
  writeTree(desktop.folder, { 'a.txt': 'a' });
  await desktop.drop([desktop.path('a.txt')]);
  await expect(rowIn(desktop, desktop.path('a.txt.envelope'))).toBeVisible();
  expect(readTree(desktop.folder)['a.txt.envelope']).toContain(arn);
});

test('a KMS key is created after its cost was agreed to', async ({ desktop, kms }) => {
  await connect(desktop, kms);
  await goTo(desktop, 'Keys');
  await press(desktop, 'Create a KMS key…');
  const form = desktop.page.getByRole('dialog', { name: 'Create a KMS key' });
  await expect(form).toContainText('about 1 US dollar a month');
  await form.getByLabel('Alias').fill('payroll');
  await form.getByRole('button', { name: 'Create the key' }).click();
  await expect(form).toContainText('The key is created only after you agree.');
  expect(kms.calls.map(({ action }) => action)).not.toContain('CreateKey');
  await form.getByRole('checkbox').check();
  await form.getByRole('button', { name: 'Create the key' }).click();
  await expect(form).toBeHidden();
  await expect(desktop.page.getByRole('switch', { name: 'alias/payroll seals by default' })).toBeVisible();
});

test('what is not allowed shows the policy to add', async ({ desktop, kms }) => {
  await connect(desktop, kms);
  await sealWithTeam(desktop);
  kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
  writeTree(desktop.folder, { 'a.txt': 'a' });
  await desktop.drop([desktop.path('a.txt')]);
  await expect(desktop.page.getByText('AWS does not allow you to use')).toBeVisible();
  await press(desktop, 'Show the policy to add: a.txt');
  const dialog = desktop.page.getByRole('dialog');
  await expect(dialog).toContainText('"Action": "kms:GenerateDataKey"');
  await expect(dialog).toContainText(`Account ${ACCOUNT}, in ${REGION}`);
  await expect(dialog).toContainText(`arn:aws:iam::${ACCOUNT}:user/`);
});

test('a session that ends in mid-batch is asked about once; then all goes on', async ({ stopped, kms }) => {
  writeTree(stopped.path('aws'), {
    credentials: '[base]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = x\n',
  });
  await stopped.launch();
  await connect(stopped, kms, async (form) => {
    await form.getByLabel('Credentials from').selectOption('profile');
    await form.getByLabel('Profile').selectOption('base');
  });
  await sealWithTeam(stopped);
  kms.faults.add({ kind: 'expired', action: 'GenerateDataKey' });
  await sealFolder(stopped, 60);
  const question = stopped.page.getByRole('dialog', { name: 'The session of “work” is over' });
  await expect(question).toBeVisible();
  await expect(stopped.page.getByText('Waiting for your answer')).toBeVisible();
  kms.faults.clear();
  await question.getByRole('button', { name: 'I have signed in: go on' }).click();
  await expect(batch(stopped, '60 files sealed')).toBeVisible();
  await expect(question).toBeHidden();
  expect(isSealed(stopped)).toBe(60);
});

test('the MFA code is asked for once for all that is done', async ({ stopped, kms }) => {
  writeTree(stopped.path('aws'), {
    credentials: '[base]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = x\n',
  });
  await stopped.launch();
  await connect(stopped, kms, roleWithMfa);
  const question = stopped.page.getByRole('dialog', { name: 'MFA code' });
  const answer = async (code: string): Promise<void> => {
    await question.getByLabel('Six digits').fill(code);
    await question.getByRole('button', { name: 'Go on' }).click();
  };
  // Its keys are asked for as soon as there is a connection. A wrong code is asked for again by itself.
  await answer('000000');
  await expect(question.getByText('AWS did not take that code')).toBeVisible();
  await answer('111111');
  await expect(question).toBeHidden();
  await sealWithTeam(stopped);
  await sealFolder(stopped, 30);
  await expect(batch(stopped, '30 files sealed')).toBeVisible();
  await expect(question).toBeHidden();
  expect(kms.calls.filter(({ action }) => action === 'AssumeRole')).toHaveLength(2);
});
