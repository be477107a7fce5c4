/** @file A lost envelope that is restored and opened, while the program is killed, its key disabled, the session over. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { namesBelow, signInElsewhere, test } from './office.ts';
import { done, expect, press } from './person.ts';
import { writeTree } from './tree.ts';

/** What is looked through around it lies within the spec’s own folder. */
const at = (desktop: Desktop, name: string): string => desktop.path('pairs', 'in', name);
const card = ({ page }: Desktop) =>
  page.getByText('This computer keeps a copy of the envelope.', { exact: true });

/** A body of alias/team whose envelope is gone. @returns what the envelope was */
async function lose(desktop: Desktop): Promise<Buffer> {
  writeTree(desktop.path('pairs', 'in'), { 'a.txt': 'figures' });
  await envelope(desktop, 'seal', 'pairs/in/a.txt', '--key', 'alias/team');
  const bytes = readFileSync(at(desktop, 'a.txt.envelope'));
  for (const name of ['a.txt', 'a.txt.envelope']) rmSync(at(desktop, name));
  await desktop.launch();
  await desktop.drop([at(desktop, 'a.txt.enc')]);
  await expect(card(desktop)).toBeVisible();
  return bytes;
}

test('killed while it is restored, the envelope is there whole or not at all, and its copy still is', async ({
  office,
}) => {
  const bytes = await lose(office);
  for (const delay of [0, 3, 12]) {
    await press(office, 'Restore the envelope');
    await sleep(delay);
    await office.kill();
    if (existsSync(at(office, 'a.txt.envelope'))) {
      expect(readFileSync(at(office, 'a.txt.envelope'))).toEqual(bytes);
      rmSync(at(office, 'a.txt.envelope'));
    }
    // What a crash leaves of it has no name of an envelope, and is kept: it may be the only one there is.
    await office.launch();
    await office.drop([at(office, 'a.txt.enc')]);
    await expect(card(office)).toBeVisible();
  }
  await press(office, 'Restore the envelope');
  await expect(office.page.getByText('“a.txt.envelope” was restored beside its file.')).toBeVisible();
  expect(readFileSync(at(office, 'a.txt.envelope'))).toEqual(bytes);
});

test('a key that is disabled by then fails the opening, not the repair', async ({ office, key }) => {
  const bytes = await lose(office);
  await press(office, 'Restore the envelope');
  await expect(office.page.getByText('You can open it with “alias/team”.')).toBeVisible();
  key.state = 'Disabled';
  await press(office, 'Open');
  await expect(office.page.locator('[data-state="failed"]')).toContainText('is disabled');
  expect(readFileSync(at(office, 'a.txt.envelope'))).toEqual(bytes);
  expect(namesBelow(office.path('pairs'), 'a.txt')).toEqual([]);
  key.state = 'Enabled';
  await press(office, 'Try again: a.txt.envelope');
  await expect(done(office, 'Opened')).toBeVisible();
  expect(readFileSync(at(office, 'a.txt'), 'utf8')).toBe('figures');
});

test('a session that is over by then is asked about, and what was restored opens', async ({
  office,
  kms,
}) => {
  await lose(office);
  await press(office, 'Restore the envelope');
  await expect(office.page.getByText('You can open it with “alias/team”.')).toBeVisible();
  const renewed = kms.faults.add({ kind: 'expired' });
  await press(office, 'Open');
  await signInElsewhere(office, renewed);
  await expect(done(office, 'Opened')).toBeVisible();
  expect(readFileSync(at(office, 'a.txt'), 'utf8')).toBe('figures');
});

test('killed while a body is looked for, nothing has moved; found at the next start, it opens', async ({
  office,
}) => {
  writeTree(office.path('pairs', 'in'), { 'a.txt': 'figures' });
  await envelope(office, 'seal', 'pairs/in/a.txt', '--key', 'alias/team');
  rmSync(at(office, 'a.txt'));
  // Enough around it that it is not found at once.
  const many = Object.fromEntries(Array.from({ length: 1500 }, (_, n) => [`attic/${n % 30}/${n}.bin`, 'x']));
  writeTree(office.path('pairs', 'in'), many);
  mkdirSync(at(office, 'attic/zz'));
  const moved = at(office, 'attic/zz/moved.bin');
  renameSync(at(office, 'a.txt.enc'), moved);
  await office.launch();
  await office.drop([at(office, 'a.txt.envelope')]);
  await expect(office.page.getByRole('heading', { name: 'a.txt', level: 1 })).toBeVisible();
  await office.kill();
  expect(existsSync(moved)).toBe(true);
  await office.launch();
  await office.drop([at(office, 'a.txt.envelope')]);
  await expect(office.page.getByText('Its sealed file was found.')).toBeVisible();
  await press(office, 'Use this file');
  await press(office, 'Open');
  await expect(done(office, 'Opened')).toBeVisible();
  expect(readFileSync(at(office, 'a.txt'), 'utf8')).toBe('figures');
});
