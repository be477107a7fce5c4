/** @file Files that the system hands over, in each way and in each state that the app can be in. */
import { writeFileSync } from 'node:fs';
import { expect, test, type Desktop } from './fixture.ts';
import type { Handover } from './os-open.ts';

/** Seals a file by drop. @returns the path of the envelope */
async function sealed(desktop: Desktop, name: string): Promise<string> {
  const file = desktop.path(name);
  writeFileSync(file, 'content');
  await desktop.drop([file]);
  await expect(desktop.page.getByText(`in ${file}.envelope`)).toBeVisible();
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
