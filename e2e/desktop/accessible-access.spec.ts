/** @file axe finds nothing in what a change of who can open shows while it lasts, in Health's ways onward, in policies aside. */
import { rmSync } from 'node:fs';
import { expectFine } from './axe.ts';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { papers, test } from './office.ts';
import { expect, goTo, press, test as local } from './person.ts';
import { writeTree } from './tree.ts';

const COUNT = 6;

async function toTab(desktop: Desktop, name: string): Promise<void> {
  await goTo(desktop, 'Keys');
  await desktop.page.getByRole('tab', { name }).click();
}

test('sealing again: chosen, planned, paused, interrupted', async ({ office, kms }) => {
  test.slow();
  writeTree(office.path('papers'), papers(COUNT));
  await envelope(office, 'seal', 'papers', '--to', 'sealed', '--key', 'alias/team');
  let page = await office.launch();
  await toTab(office, 'Who can open');
  await office.drop([office.path('sealed')]);
  await page.getByText('Seal again', { exact: true }).click();
  await expect(page.getByText('Keys that open it from now on')).toBeVisible();
  await expectFine(office, 'sealing again, chosen');
  await press(office, 'Show the plan');
  await expect(page.getByRole('heading', { name: `${COUNT} envelopes would be sealed again` })).toBeVisible();
  await expectFine(office, 'sealing again, the plan');
  const release = kms.faults.hold('GenerateDataKey');
  await press(office, `Seal ${COUNT} envelopes again`);
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await expectFine(office, 'sealing again, running');
  await press(office, 'Pause');
  await expect(page.getByText('Paused: no further envelope is begun.')).toBeVisible();
  await expectFine(office, 'sealing again, paused');
  await office.kill();
  release();
  page = await office.launch();
  await expect(page.getByText('A change of who can open was interrupted.')).toBeVisible();
  await expectFine(office, 'the notice of what was interrupted');
  await toTab(office, 'Who can open');
  await expect(page.getByRole('region', { name: 'Begun and not finished' })).toBeVisible();
  await expectFine(office, 'begun and not finished');
});

test('Health: a key that will be deleted, and the half of a pair that is missing', async ({
  office,
  key,
}) => {
  test.slow();
  writeTree(office.path('papers'), papers(2));
  await envelope(office, 'keys', 'new', 'mine');
  await envelope(office, 'seal', 'papers', '--to', 'sealed', '--key', 'alias/team', '--key', 'mine');
  rmSync(office.path('sealed', 'papers', '0.txt.enc'));
  key.state = 'PendingDeletion';
  key.deletion = new Date('2027-01-03T16:20:00Z');
  const page = await office.launch();
  await toTab(office, 'Health');
  await office.drop([office.path('sealed')]);
  const way = 'Change who can open these…: Open now; they name alias/team';
  await expect(page.getByRole('button', { name: way, exact: true })).toBeVisible();
  await page.getByRole('button', { name: /Sealed file missing/ }).click();
  await expectFine(office, 'Health with a key that ends');
  await press(office, 'Look for the sealed file of 0.txt.envelope');
  await expect(page.getByRole('dialog', { name: 'The missing sealed file' })).toBeVisible();
  await expectFine(office, 'the missing half');
});

local('policies that cannot be followed, left aside', async ({ window }) => {
  local.slow();
  writeTree(window.folder, { 'p/.envelope-policy.json': '{}', 'p/x.txt': 'x' });
  await window.drop([window.path('p')]);
  await expect(window.page.getByRole('button', { name: 'Leave these policies aside' })).toBeVisible();
  await expectFine(window, 'a policy that cannot be followed');
  await press(window, 'Leave these policies aside');
  await expect(window.page.getByText('The policies of the folders are left aside')).toBeVisible();
  await expectFine(window, 'policies left aside');
});
