/** @file The recovery key as a person has to do with it: the sheet in its own window, and what it says. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { errnoOf } from '../../electron/files/io-error.ts';
import { IDENTITY_PREFIX } from '../../shared/identity-text.ts';
import type { Desktop } from './fixture.ts';

/** The window with the sheet, once it is there. */
export async function sheetPage({ app, page }: Desktop): Promise<Page> {
  await expect.poll(() => app.windows().length).toBe(2);
  const sheet = app.windows().find((other) => other !== page);
  if (!sheet) throw new Error('there is no second window');
  await expect(sheet.getByRole('heading', { level: 1 })).toBeVisible();
  return sheet;
}

/** What a person reads off the sheet. */
export async function readSheet(sheet: Page): Promise<{ identity: string; last: string }> {
  const items = await sheet.locator('.groups li').allInnerTexts();
  // Each begins with its number.
  const groups = items.map((text, index) =>
    text
      .trim()
      .slice(String(index + 1).length)
      .trim(),
  );
  expect(groups.map((group) => group.length)).toEqual([6, 6, 6, 6, 6, 6, 6, 6, 6, 4]);
  return { identity: IDENTITY_PREFIX + groups.join(''), last: groups.at(-1) ?? '' };
}

/** Begins to make one: its sheet is shown. */
export async function startMaking(desktop: Desktop): Promise<Page> {
  const { page } = desktop;
  await page.getByRole('button', { name: /^Make a (recovery key|new one)…$/ }).click();
  const form = page.getByRole('dialog', { name: 'Make a recovery key' });
  await form.getByRole('button', { name: 'Show the sheet' }).click();
  await expect(page.getByRole('dialog', { name: 'Put the sheet on paper' })).toBeVisible();
  return await sheetPage(desktop);
}

/** Makes one and takes it into use. */
export async function makeRecoveryKey(desktop: Desktop): Promise<string> {
  const { identity, last } = await readSheet(await startMaking(desktop));
  const form = desktop.page.getByRole('dialog', { name: 'Put the sheet on paper' });
  await form.getByLabel('The last group on the sheet').fill(last.toLowerCase());
  await form.getByRole('button', { name: 'Use this recovery key' }).click();
  await expect(form).toBeHidden();
  await expect.poll(() => desktop.app.windows().length).toBe(1);
  return identity;
}

/** Enters a key into the dialog that is open, and says yes. */
export async function enterKey({ page }: Desktop, name: string, key: string, action: string): Promise<void> {
  const form = page.getByRole('dialog', { name });
  await form.getByLabel('The key').fill(key);
  await form.getByRole('button', { name: action }).click();
}

/** What is in all files below `folder`. */
export function textsBelow(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    path.join(folder, name),
  );
  return files.map(textOf).join('\n');
}

/** Of a file; of anything else, and of one that Chromium has taken away meanwhile, nothing. */
function textOf(file: string): string {
  try {
    return lstatSync(file).isFile() ? readFileSync(file, 'latin1') : '';
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    return '';
  }
}
