/** @file Lost halves in the window: an envelope restored from its copy, a body found elsewhere, and where copies lie. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { done, expect, goTo, press, test } from './person.ts';
import { writeTree } from './tree.ts';

/** A pair alone in its folder, sealed by the command line. @returns path of the envelope */
async function pair(desktop: Desktop): Promise<string> {
  writeTree(desktop.path('pairs', 'in'), { 'report.txt': 'figures' });
  await envelope(desktop, 'seal', 'pairs/in/report.txt');
  rmSync(desktop.path('pairs', 'in', 'report.txt'));
  return desktop.path('pairs', 'in', 'report.txt.envelope');
}

const opened = (desktop: Desktop): string => readFileSync(desktop.path('pairs', 'in', 'report.txt'), 'utf8');

test('a body without its envelope: the card restores it from the copy, and opens it', async ({ window }) => {
  const file = await pair(window);
  const bytes = readFileSync(file);
  rmSync(file);
  await window.drop([file.replace(/envelope$/, 'enc')]);
  await expect(
    window.page.getByText('This computer keeps a copy of the envelope.', { exact: true }),
  ).toBeVisible();
  await expect(window.page.getByText('report.txt (7 bytes)')).toBeVisible();
  await press(window, 'Restore the envelope');
  await expect(window.page.getByText('“report.txt.envelope” was restored beside its file.')).toBeVisible();
  expect(readFileSync(file)).toEqual(bytes);
  await press(window, 'Open');
  await expect(done(window, 'Opened')).toBeVisible();
  expect(opened(window)).toBe('figures');
});

test('several bodies without envelopes: each row restores its own', async ({ window }) => {
  const file = await pair(window);
  rmSync(file);
  writeTree(window.folder, { 'other.txt': 'x' });
  await window.drop([file.replace(/envelope$/, 'enc'), window.path('other.txt')]);
  await press(window, 'Restore the envelope…: report.txt.enc');
  await press(window, 'Restore the envelope');
  await expect(done(window, 'Opened')).toBeVisible();
  expect(opened(window)).toBe('figures');
});

test('a body that was moved and renamed is found around, and used when the person says so', async ({
  window,
}) => {
  const file = await pair(window);
  mkdirSync(window.path('pairs', 'attic'));
  const moved = window.path('pairs', 'attic', 'moved.bin');
  renameSync(file.replace(/envelope$/, 'enc'), moved);
  await window.drop([file]);
  await expect(window.page.getByText('Its sealed file was found.')).toBeVisible();
  await expect(window.page.getByText(moved)).toBeVisible();
  await expect(window.page.getByRole('button', { name: 'Open', exact: true })).toBeDisabled();
  await press(window, 'Use this file');
  await press(window, 'Open');
  await expect(done(window, 'Opened')).toBeVisible();
  expect(opened(window)).toBe('figures');
});

test('the settings say how many copies there are, and move and remove them', async ({ window }) => {
  await pair(window);
  await goTo(window, 'Settings');
  await expect(window.page.getByText('1 copy, ', { exact: false })).toBeVisible();
  mkdirSync(window.path('usb'));
  await window.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths: [window.path('usb')] });
  await press(window, 'Move…');
  await expect(window.page.getByText('The copies were moved.')).toBeVisible();
  await expect(window.page.getByText(window.path('usb'), { exact: true })).toBeVisible();
  expect(existsSync(path.join(window.path('usb')))).toBe(true);
  await press(window, 'Remove all copies…');
  await window.page.getByRole('dialog').getByRole('button', { name: 'Remove the copies' }).click();
  await expect(window.page.getByText('0 copies, ', { exact: false })).toBeVisible();
});
