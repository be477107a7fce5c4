/** @file A stranger's account that was agreed to, and then: the session is over, its key disabled, the program killed. */
import { rmSync } from 'node:fs';
import type { Desktop } from './fixture.ts';
import { envelope } from './command-line.ts';
import { sessionOver, signInElsewhere, test } from './office.ts';
import { done, expect, goTo, press } from './person.ts';
import { readTree, writeTree } from './tree.ts';

const ACCOUNT = 'aws:111122223333:eu-central-1';
const asked = ({ page }: Desktop) => page.getByRole('dialog', { name: 'An AWS account that is not yours' });

/** An envelope of a key whose account is not approved any more. */
async function prepare(desktop: Desktop): Promise<void> {
  writeTree(desktop.folder, { 'a.txt': 'from afar' });
  await envelope(desktop, 'seal', 'a.txt', '--key', 'alias/team');
  await envelope(desktop, 'keys', 'untrust', ACCOUNT);
  rmSync(desktop.path('a.txt'));
  await desktop.launch();
}

async function open(desktop: Desktop): Promise<void> {
  await desktop.drop([desktop.path('a.txt.envelope')]);
  await desktop.page.getByRole('main').getByRole('button', { name: 'Open', exact: true }).click();
  await expect(asked(desktop)).toContainText('111122223333');
}

test('only this time, and then the session is over: that is asked about too, and the account not again', async ({
  office,
  kms,
}) => {
  await prepare(office);
  kms.calls.length = 0;
  await open(office);
  expect(kms.actions).not.toContain('Decrypt');
  const renewed = kms.faults.add({ kind: 'expired' });
  await press(office, 'Only this time');
  await signInElsewhere(office, renewed);
  await expect(done(office, 'Opened')).toBeVisible();
  await expect(asked(office)).toHaveCount(0);
  expect(readTree(office.folder)).toMatchObject({ 'a.txt': 'from afar' });
  expect(await envelope(office, 'keys', 'trust')).not.toContain(ACCOUNT);
});

test('a no to the sign-in opens nothing, and does not take back what was agreed to', async ({
  office,
  kms,
}) => {
  await prepare(office);
  await open(office);
  const renewed = kms.faults.add({ kind: 'expired' });
  await press(office, 'Always');
  await sessionOver(office).getByRole('button', { name: 'Stop this work' }).click();
  await expect(office.page.locator('[data-state="failed"]')).toHaveCount(1);
  expect(readTree(office.folder)).not.toHaveProperty('a.txt');
  expect(await envelope(office, 'keys', 'trust')).toContain(ACCOUNT);
  await press(office, 'Sign in again: a.txt.envelope');
  renewed();
  await office.page.getByRole('dialog').getByRole('button', { name: 'I have signed in: try again' }).click();
  await expect(done(office, 'Opened')).toBeVisible();
});

test('a key that is disabled after the yes fails the file, which opens without another question later', async ({
  office,
  kms,
  key,
}) => {
  await prepare(office);
  await open(office);
  kms.faults.at('Decrypt', 1, () => {
    key.state = 'Disabled';
  });
  await press(office, 'Always');
  await expect(office.page.locator('[data-state="failed"]')).toContainText('is disabled');
  expect(readTree(office.folder)).not.toHaveProperty('a.txt');
  key.state = 'Enabled';
  await press(office, 'Try again: a.txt.envelope');
  await expect(done(office, 'Opened')).toBeVisible();
  await expect(asked(office)).toHaveCount(0);
});

test('killed while the question is there, nothing was called or agreed to, and it is asked again', async ({
  office,
  kms,
}) => {
  await prepare(office);
  kms.calls.length = 0;
  await open(office);
  await office.kill();
  expect(kms.actions).not.toContain('Decrypt');
  expect(await envelope(office, 'keys', 'trust')).not.toContain(ACCOUNT);
  await office.launch();
  await open(office);
  expect(kms.actions).not.toContain('Decrypt');
  await press(office, 'Only this time');
  await expect(done(office, 'Opened')).toBeVisible();
  await goTo(office, 'Settings');
  await expect(office.page.getByText(ACCOUNT)).toHaveCount(0);
});
