/** @file A failed row and what mends it, where something else happens before it is mended: session over, key disabled, killed. */
import { existsSync } from 'node:fs';
import type { StandIn } from '../kms-stand-in/start.ts';
import type { Desktop } from './fixture.ts';
import { namesBelow, sealWith, signInElsewhere, test } from './office.ts';
import { done, expect, press, rowIn } from './person.ts';
import { writeTree } from './tree.ts';

const row = ({ page }: Desktop) => page.locator('[data-state="failed"]');
const policy = ({ page }: Desktop) => page.getByRole('dialog');

/** A file that may not be sealed with alias/team. @returns what allows it */
async function refused(desktop: Desktop, kms: StandIn): Promise<() => void> {
  await desktop.launch();
  await sealWith(desktop, 'alias/team');
  const allow = kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
  writeTree(desktop.folder, { 'docs/a.txt': 'a' });
  await desktop.drop([desktop.path('docs', 'a.txt')]);
  await expect(row(desktop)).toContainText('AWS does not allow you to use');
  return allow;
}

test('the session ends while it is found out what is denied: it is said, and mended in turn', async ({
  office,
  kms,
}) => {
  const allow = await refused(office, kms);
  const renewed = kms.faults.add({ kind: 'expired' });
  await press(office, 'Show the policy to add: a.txt');
  await expect(policy(office)).toBeVisible();
  await office.page.keyboard.press('Escape');
  await expect(policy(office)).toBeHidden();
  renewed();
  await press(office, 'Show the policy to add: a.txt');
  await expect(policy(office)).toContainText('"Action": "kms:GenerateDataKey"');
  allow();
  await policy(office).getByRole('button', { name: 'Try again' }).click();
  await expect(done(office, 'Sealed')).toBeVisible();
});

test('once it is allowed the key is disabled: that is said instead, and mended in turn', async ({
  office,
  kms,
  key,
}) => {
  const allow = await refused(office, kms);
  await press(office, 'Show the policy to add: a.txt');
  await expect(policy(office)).toContainText('"Action": "kms:GenerateDataKey"');
  allow();
  key.state = 'Disabled';
  await policy(office).getByRole('button', { name: 'Try again' }).click();
  await expect(row(office)).toContainText('is disabled');
  // Sealing offers another key; dropped again, it is sealed with this one, once somebody has signed in.
  const renewed = kms.faults.add({ kind: 'expired' });
  key.state = 'Enabled';
  await office.drop([office.path('docs', 'a.txt')]);
  await signInElsewhere(office, renewed);
  await expect(done(office, 'Sealed')).toBeVisible();
});

test('killed before it is mended, nothing is there; the row says so still, and the file can be sealed', async ({
  office,
  kms,
}) => {
  const allow = await refused(office, kms);
  const hold = kms.faults.hold('GenerateDataKey');
  await press(office, 'Show the policy to add: a.txt');
  await office.kill();
  hold();
  allow();
  expect(namesBelow(office.path('docs'), '')).toEqual(['a.txt']);
  await office.launch();
  await expect(row(office)).toContainText('AWS does not allow you to use');
  expect(existsSync(office.path('docs', 'a.txt.envelope'))).toBe(false);
  await office.drop([office.path('docs', 'a.txt')]);
  await expect(rowIn(office, office.path('docs', 'a.txt.envelope'))).toBeVisible();
});
