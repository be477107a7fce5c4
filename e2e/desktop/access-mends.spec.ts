/** @file Ways into and out of a change of who can open: from a key that will be deleted, and from an envelope that is damaged. */
import { readFileSync, writeFileSync } from 'node:fs';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { papers, test } from './office.ts';
import { expect, goTo, press } from './person.ts';
import { writeTree } from './tree.ts';

async function toTab(desktop: Desktop, name: string): Promise<void> {
  await goTo(desktop, 'Keys');
  await desktop.page.getByRole('tab', { name }).click();
}

test('what opens now and names a key that will be deleted is changed from Health', async ({
  office,
  key,
}) => {
  writeTree(office.path('papers'), papers(3));
  await envelope(office, 'keys', 'new', 'mine');
  await envelope(office, 'seal', 'papers', '--to', 'sealed', '--key', 'alias/team', '--key', 'mine');
  key.state = 'PendingDeletion';
  key.deletion = new Date('2027-01-03T16:20:00Z');
  const page = await office.launch();
  await toTab(office, 'Health');
  await office.drop([office.path('sealed')]);
  await expect(page.getByRole('heading', { name: '3 of 3 envelopes open now' })).toBeVisible();
  await press(office, 'Change who can open these…: Open now; they name alias/team');
  await expect(page.getByLabel('What becomes of alias/team')).toBeVisible();
  await expect(page.getByText('in 3 envelopes').first()).toBeVisible();
});

test('an envelope that is damaged before its turn is restored from its row', async ({ office }) => {
  writeTree(office.path('papers'), papers(3));
  await envelope(office, 'keys', 'new', 'mine');
  await envelope(office, 'keys', 'new', 'other');
  await envelope(office, 'seal', 'papers', '--to', 'sealed', '--key', 'mine');
  const file = office.path('sealed', 'papers', '1.txt.envelope');
  const good = readFileSync(file, 'utf8');
  const page = await office.launch();
  await toTab(office, 'Who can open');
  await office.drop([office.path('sealed')]);
  await page.getByLabel('What becomes of mine').selectOption({ label: 'Replaced by other' });
  await press(office, 'Show the plan');
  await expect(page.getByRole('heading', { name: '3 envelopes would be changed' })).toBeVisible();
  writeFileSync(file, 'damaged');
  await press(office, 'Change 3 envelopes');
  const list = page.getByRole('region', { name: 'Envelopes: Failed' });
  await list.getByRole('button', { name: /^Restore the envelope….*1\.txt\.envelope/ }).click();
  await press(office, 'Restore the envelope');
  await expect(page.getByText('You can open it with “mine”.')).toBeVisible();
  expect(readFileSync(office.path('sealed', 'papers', '1 (2).txt.envelope'), 'utf8')).toBe(good);
});
