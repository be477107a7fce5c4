/** @file Opening as a person does it: the card first, and what is wrong said with the button that mends it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { envelope, makeSharedKey } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { done, expect, press, test } from './person.ts';
import { writeTree } from './tree.ts';

/** A pair alone in its folder, sealed by the command line; the original is gone. @returns path of the envelope */
async function pair(desktop: Desktop, name = 'report.txt', content = 'figures'): Promise<string> {
  writeTree(desktop.path('pairs'), { [name]: content });
  await envelope(desktop, 'seal', `pairs/${name}`);
  rmSync(desktop.path('pairs', name));
  return desktop.path('pairs', `${name}.envelope`);
}

/** As when the file of a key is lost. */
function forgetKey(desktop: Desktop, name: string): void {
  const keys = desktop.path('home', 'keys');
  const file = readdirSync(keys).find((one) =>
    readFileSync(path.join(keys, one), 'utf8').includes(`"${name}"`),
  );
  rmSync(path.join(keys, file ?? 'none'));
}

/** One bit of its last byte. */
function alter(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

const cardOf = (desktop: Desktop, name: string) =>
  desktop.page.getByRole('heading', { name, level: 1, exact: true });

const content = (desktop: Desktop): string => readFileSync(desktop.path('pairs', 'report.txt'), 'utf8');

test('a double-click shows the card; Open opens', async ({ stopped }) => {
  await makeSharedKey(stopped);
  const file = await pair(stopped);
  await stopped.launch({ open: [file] });
  await expect(cardOf(stopped, 'report.txt')).toBeVisible();
  await expect(stopped.page.getByText('You can open it with “shared”.')).toBeVisible();
  await expect(stopped.page.getByText('Found: report.txt.enc')).toBeVisible();
  expect(existsSync(stopped.path('pairs', 'report.txt'))).toBe(false);
  await press(stopped, 'Open');
  await expect(done(stopped, 'Opened')).toBeVisible();
  expect(content(stopped)).toBe('figures');
});

test('one envelope that is dropped shows its card; Enter opens, Escape goes back', async ({ window }) => {
  const file = await pair(window);
  await window.drop([file]);
  await expect(cardOf(window, 'report.txt')).toBeVisible();
  await window.page.keyboard.press('Escape');
  await expect(cardOf(window, 'report.txt')).toBeHidden();
  await window.drop([file]);
  await expect(window.page.getByRole('button', { name: 'Open', exact: true })).toBeFocused();
  await window.page.keyboard.press('Enter');
  await expect(done(window, 'Opened')).toBeVisible();
  expect(content(window)).toBe('figures');
});

test('Escape goes back also from a card that has nothing to open', async ({ window }) => {
  const file = await pair(window);
  rmSync(file.replace(/envelope$/, 'enc'));
  await window.drop([file]);
  await expect(window.page.getByRole('button', { name: 'Find the missing file…' })).toBeVisible();
  await window.page.keyboard.press('Escape');
  await expect(cardOf(window, 'report.txt')).toBeHidden();
  writeFileSync(file, 'Dear Sirs');
  await window.drop([file]);
  await expect(window.page.getByText('This is not a valid envelope')).toBeVisible();
  await window.page.keyboard.press('Escape');
  await expect(cardOf(window, 'report.txt.envelope')).toBeHidden();
});

test('the body alone, dropped, shows the card of its envelope', async ({ window }) => {
  const file = await pair(window);
  await window.drop([file.replace(/envelope$/, 'enc')]);
  await expect(cardOf(window, 'report.txt')).toBeVisible();
});

test('“Open to…” puts the file where the person says', async ({ window }) => {
  const file = await pair(window);
  mkdirSync(window.path('elsewhere'));
  await window.answerDialog('dialog.showOpenDialog', {
    canceled: false,
    filePaths: [window.path('elsewhere')],
  });
  await window.drop([file]);
  await press(window, 'Open to…');
  await expect(done(window, 'Opened')).toBeVisible();
  expect(readFileSync(window.path('elsewhere', 'report.txt'), 'utf8')).toBe('figures');
});

test('Verify says that all is well, and writes nothing', async ({ window }) => {
  await window.drop([await pair(window)]);
  await press(window, 'Verify');
  await expect(done(window, 'Verified')).toBeVisible();
  expect(existsSync(window.path('pairs', 'report.txt'))).toBe(false);
});

test('a finished row opens its file and shows its folder', async ({ window }) => {
  await window.drop([await pair(window)]);
  await press(window, 'Open');
  await expect(done(window, 'Opened')).toBeVisible();
  await press(window, 'Open file: report.txt');
  await press(window, 'Show in folder: report.txt');
  const place = window.path('pairs', 'report.txt');
  await expect(async () => {
    expect((await window.recordedCalls('shell.openPath')).map(({ args }) => args)).toEqual([[place]]);
    expect((await window.recordedCalls('shell.showItemInFolder')).map(({ args }) => args)).toEqual([[place]]);
  }).toPass();
});

test('an altered body is refused, and nothing of it is kept', async ({ window }) => {
  const file = await pair(window);
  alter(file.replace(/envelope$/, 'enc'));
  await window.drop([file]);
  await press(window, 'Open');
  await expect(window.page.getByText('The sealed file is altered or damaged')).toBeVisible();
  await expect(window.page.getByText('Nothing of it was kept.')).toBeVisible();
  expect(existsSync(window.path('pairs', 'report.txt'))).toBe(false);
});

test('another copy of an altered body mends the row', async ({ window }) => {
  const file = await pair(window);
  const body = file.replace(/envelope$/, 'enc');
  const copy = window.path('copy from the backup');
  writeFileSync(copy, readFileSync(body));
  alter(body);
  await window.drop([file]);
  await press(window, 'Open');
  await window.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths: [copy] });
  await press(window, 'Use another copy…: report.txt.envelope');
  await expect(done(window, 'Opened')).toBeVisible();
  expect(content(window)).toBe('figures');
});

test('a missing body is found by “Find the missing file…”', async ({ window }) => {
  const file = await pair(window);
  const moved = window.path('moved away.bin');
  renameSync(file.replace(/envelope$/, 'enc'), moved);
  await window.drop([file]);
  await expect(window.page.getByText('The sealed file of this envelope is not beside it')).toBeVisible();
  await expect(window.page.getByRole('button', { name: 'Open', exact: true })).toBeDisabled();
  await window.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths: [moved] });
  await press(window, 'Find the missing file…');
  await expect(window.page.getByText('Chosen by you: moved away.bin')).toBeVisible();
  await press(window, 'Open');
  await expect(done(window, 'Opened')).toBeVisible();
  expect(content(window)).toBe('figures');
});

test('without its key, the card says so and the row says what every key said', async ({ window }) => {
  await envelope(window, 'keys', 'new', 'lent');
  writeTree(window.folder, { 'a.txt': 'a' });
  await envelope(window, 'seal', 'a.txt', '--key', 'lent', '--to', 'pairs');
  forgetKey(window, 'lent');
  await window.drop([window.path('pairs', 'a.txt.envelope')]);
  await expect(window.page.getByText('None of its keys opens it for you.')).toBeVisible();
  await press(window, 'Open');
  await expect(window.page.getByText('None of its keys could open this envelope.')).toBeVisible();
  await expect(window.page.getByRole('button', { name: 'Go to Keys: a.txt.envelope' })).toBeVisible();
  expect(existsSync(window.path('pairs', 'a.txt'))).toBe(false);
});

test('what is no envelope is said to be none', async ({ window }) => {
  writeTree(window.folder, { 'x.envelope': '{"format":"envelope/1"}' });
  await window.drop([window.path('x.envelope')]);
  await expect(window.page.getByText('This is not a valid envelope')).toBeVisible();
});
