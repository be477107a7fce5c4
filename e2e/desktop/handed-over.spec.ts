/** @file Files that the system hands over, in each way and in each state that the app can be in. */
import { rmSync, writeFileSync } from 'node:fs';
import { envelope, makeSharedKey } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import type { Handover } from './os-open.ts';
import { expect, rowIn, test } from './person.ts';
import { readTree, writeTree } from './tree.ts';

/** Seals a file by drop. @returns the path of the envelope */
async function sealed(desktop: Desktop, name: string): Promise<string> {
  const file = desktop.path(name);
  writeFileSync(file, 'content');
  await desktop.drop([file]);
  await expect(rowIn(desktop, `${file}.envelope`)).toBeVisible();
  return `${file}.envelope`;
}

/** The card of an envelope is open, and nothing has been written yet. */
async function expectCard(desktop: Desktop, name: string): Promise<void> {
  await expect(desktop.page.getByRole('heading', { name })).toBeVisible();
  await expect(desktop.page.getByRole('button', { name: 'Open', exact: true })).toBeVisible();
}

const ways: readonly Handover[] = ['path', 'uri', 'event'];

for (const by of ways) {
  test(`an envelope opened by ${by} while the app runs`, async ({ desktop }) => {
    const envelope = await sealed(desktop, 'bréakfast menu.txt');
    await desktop.open([envelope], by);
    await expectCard(desktop, 'bréakfast menu.txt');
  });

  test(`an envelope opened by ${by} starts the app`, async ({ desktop }) => {
    const envelope = await sealed(desktop, 'bréakfast menu.txt');
    await desktop.quit();
    await desktop.launch({ open: [envelope], by });
    await expectCard(desktop, 'bréakfast menu.txt');
  });
}

/** What was handed over is one plan, which opens nothing before it is agreed to. */
async function expectPlan(desktop: Desktop, count: number): Promise<void> {
  const plan = desktop.page.getByRole('dialog', { name: 'Ready to open' });
  await plan.getByRole('button', { name: `Open ${count} files` }).click();
  const line = desktop.page.getByRole('group', { name: `${count} files opened`, exact: true });
  await expect(line).toBeVisible();
}

/** Three files, sealed beside each other; the originals are gone. @returns the envelopes */
async function threeSealed(desktop: Desktop): Promise<string[]> {
  const names = ['a.txt', 'b.txt', 'ç d.txt'];
  writeTree(desktop.path('three'), Object.fromEntries(names.map((name) => [name, name])));
  await envelope(desktop, 'seal', 'three');
  for (const name of names) rmSync(desktop.path('three', name));
  return names.map((name) => desktop.path('three', `${name}.envelope`));
}

for (const by of ways) {
  test(`several envelopes opened by ${by} at once while the app runs are one batch`, async ({ window }) => {
    await window.open(await threeSealed(window), by);
    await expectPlan(window, 3);
    expect(readTree(window.path('three'))).toMatchObject({ 'a.txt': 'a.txt', 'ç d.txt': 'ç d.txt' });
  });

  test(`several envelopes opened by ${by} at once start the app as one batch`, async ({ stopped }) => {
    await makeSharedKey(stopped);
    await stopped.launch({ open: await threeSealed(stopped), by });
    await expectPlan(stopped, 3);
  });
}

test('as many starts as files, which Windows makes of a selection, are one batch too', async ({ window }) => {
  const files = await threeSealed(window);
  await Promise.all(files.map(async (file) => await window.open([file], 'path')));
  await expectPlan(window, 3);
});
