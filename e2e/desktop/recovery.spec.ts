/** @file The recovery key in the window: made, printed, tried, lost, and used where nothing else is left. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { groupsOf } from '../../shared/identity-text.ts';
import { readByOthers, renderPage } from '../../electron/recovery/sheet.fixture.ts';
import type { Desktop } from './fixture.ts';
import { done, expect, goTo, press, rowIn, test } from './person.ts';
import { enterKey, makeRecoveryKey, readSheet, sheetPage, startMaking, textsBelow } from './sheet.ts';
import { writeTree } from './tree.ts';

const keysOf = (file: string): string[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { keys: { provider: string }[] }).keys.map(
    ({ provider }) => provider,
  );

async function seal(desktop: Desktop, name: string): Promise<string> {
  writeTree(desktop.folder, { [name]: `what ${name} says` });
  await goTo(desktop, 'Files');
  await desktop.drop([desktop.path(name)]);
  const envelope = desktop.path(`${name}.envelope`);
  await expect(rowIn(desktop, envelope)).toBeVisible();
  rmSync(desktop.path(name));
  return envelope;
}

/** Another computer: nothing of keys, settings or history. */
async function startFresh(desktop: Desktop): Promise<void> {
  await desktop.quit();
  rmSync(desktop.home, { recursive: true });
  await desktop.launch();
}

test('made, printed and shown to be there, it opens what is sealed from then on', async ({ window }) => {
  expect(keysOf(await seal(window, 'before.txt'))).toEqual(['local']);
  await goTo(window, 'Keys');
  await expect(window.page.getByText('Envelope knows of no backup of its key')).toBeVisible();
  const sheet = await startMaking(window);
  const { identity, last } = await readSheet(sheet);
  const form = window.page.getByRole('dialog', { name: 'Put the sheet on paper' });
  await window.answerDialog('webContents.print', { success: true, failureReason: '' });
  await form.getByRole('button', { name: 'Print…' }).click();
  await expect(form).toContainText('The sheet was given to the printer.');
  expect(await window.recordedCalls('webContents.print')).toHaveLength(1);

  await form.getByLabel('The last group on the sheet').fill('QQQQ');
  await form.getByRole('button', { name: 'Use this recovery key' }).click();
  await expect(form).toContainText('This is not the last group on the sheet.');
  await form.getByLabel('The last group on the sheet').fill(last);
  await form.getByRole('button', { name: 'Use this recovery key' }).click();
  await expect(window.page.getByText('Every new envelope is sealed for it too, whatever keys')).toBeVisible();
  await expect(window.page.getByText('Envelope knows of no backup of its key')).toBeHidden();
  await expect.poll(() => window.app.windows().length).toBe(1);

  const envelope = await seal(window, 'after.txt');
  await expect(
    window.page.getByRole('button', { name: /^Sealed with shared \+ recovery key/ }),
  ).toBeVisible();
  expect(keysOf(envelope)).toEqual(['local', 'age']);
  await startFresh(window);
  await window.drop([envelope]);
  await press(window, 'Open with a recovery key…');
  await enterKey(
    window,
    'Open with a recovery key',
    groupsOf(identity).join(' ').toLowerCase(),
    'Use this key',
  );
  await expect(window.page.getByText('You can open it with “The key you entered”.')).toBeVisible();
  await press(window, 'Open');
  await expect(done(window, 'Opened')).toBeVisible();
  expect(readFileSync(window.path('after.txt'), 'utf8')).toBe('what after.txt says');
});

test('its PDF has a code that any reader reads', async ({ window }) => {
  await goTo(window, 'Keys');
  const { identity } = await readSheet(await startMaking(window));
  const form = window.page.getByRole('dialog', { name: 'Put the sheet on paper' });
  const filePath = window.path('sheet.pdf');
  await window.answerDialog('dialog.showSaveDialog', { canceled: false, filePath });
  await form.getByRole('button', { name: 'Save as PDF…' }).click();
  await expect(form).toContainText('Saved: sheet.pdf.');
  expect(statSync(filePath).mode & 0o077).toBe(0);
  expect(readByOthers(renderPage(filePath, 1, 150, true))).toBe(identity);
  const info = execFileSync('pdfinfo', [filePath], { encoding: 'utf8' });
  expect(info).toMatch(/Pages:\s+2\n/);
  const text = execFileSync('pdftotext', ['-layout', filePath, '-'], { encoding: 'utf8' });
  for (const group of groupsOf(identity)) expect(text).toContain(group);
  expect(text).toContain('os.umask(0o077)');
});

test('its sheet can be closed and shown again; without a printer one is told', async ({ window }) => {
  await goTo(window, 'Keys');
  const sheet = await startMaking(window);
  const { identity } = await readSheet(sheet);
  await sheet.close();
  await expect.poll(() => window.app.windows().length).toBe(1);
  const form = window.page.getByRole('dialog', { name: 'Put the sheet on paper' });
  await form.getByRole('button', { name: 'Show the sheet' }).click();
  expect((await readSheet(await sheetPage(window))).identity).toBe(identity);
  await window.answerDialog('webContents.print', { success: false, failureReason: 'Print job failed' });
  await form.getByRole('button', { name: 'Print…' }).click();
  await expect(form).toContainText('The sheet was not printed (the system says: Print job failed).');
});

test('cancelled, or killed before its sheet was confirmed, it leaves nothing', async ({ window }) => {
  await goTo(window, 'Keys');
  await startMaking(window);
  await window.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => window.app.windows().length).toBe(1);
  await expect(window.page.getByRole('button', { name: 'Make a recovery key…' })).toBeVisible();
  const { identity } = await readSheet(await startMaking(window));
  const ended = new Promise((resolve) => window.app.process().once('exit', resolve));
  window.app.process().kill('SIGKILL');
  await ended;
  await window.launch();
  await goTo(window, 'Keys');
  await expect(window.page.getByRole('button', { name: 'Make a recovery key…' })).toBeVisible();
  expect(keysOf(await seal(window, 'a.txt'))).toEqual(['local']);
  expect(textsBelow(window.folder)).not.toContain(groupsOf(identity)[0]);
});

test('a drill says whether the sheet opens a real envelope, by typing and by a picture', async ({
  window,
}) => {
  await goTo(window, 'Keys');
  const identity = await makeRecoveryKey(window);
  await seal(window, 'a.txt');
  await goTo(window, 'Keys');
  await press(window, 'Try the sheet…');
  const letter = identity[20] === 'Q' ? 'P' : 'Q';
  await enterKey(window, 'Try the sheet', identity.slice(0, 20) + letter + identity.slice(21), 'Try it');
  const form = window.page.getByRole('dialog', { name: 'Try the sheet' });
  await expect(form).toContainText('A character in group 1 is not as on the sheet.');
  await form.getByLabel('The key').fill(identity);
  await expect(form).toContainText('The key is complete.');
  await form.getByRole('button', { name: 'Try it' }).click();
  await expect(
    window.page.getByText('The sheet opens it: all of “a.txt” (15 bytes) was checked.'),
  ).toBeVisible();
  await expect(window.page.getByText('Never', { exact: true })).toBeHidden();

  await press(window, 'Make a new one…');
  await window.page.getByRole('dialog').getByRole('button', { name: 'Show the sheet' }).click();
  const sheet = await sheetPage(window);
  const photo = window.path('photo.png');
  writeFileSync(photo, await sheet.locator('.key').screenshot());
  const { last } = await readSheet(sheet);
  await window.page.getByLabel('The last group on the sheet').fill(last);
  await press(window, 'Use this recovery key');
  await expect(window.page.getByText('Recovery keys of before')).toBeVisible();
  await seal(window, 'b.txt');
  await goTo(window, 'Keys');
  await press(window, 'Try the sheet…');
  await enterKey(window, 'Try the sheet', identity, 'Try it');
  await expect(form).toContainText('This sheet is of an earlier recovery key');
  await window.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths: [photo] });
  await form.getByRole('button', { name: 'Choose a picture of the code…' }).click();
  await form.getByRole('button', { name: 'Try it' }).click();
  await expect(window.page.getByText('all of “b.txt” (15 bytes) was checked.')).toBeVisible();
});

test('a batch that nothing opens is mended by entering the key', async ({ window }) => {
  await goTo(window, 'Keys');
  const identity = await makeRecoveryKey(window);
  const envelopes = [await seal(window, 'a.txt'), await seal(window, 'b.txt')];
  await startFresh(window);
  await window.drop(envelopes);
  await expect(window.page.locator('[data-state="failed"]')).toHaveCount(2);
  await window.page.getByRole('button', { name: 'Open with a recovery key…: a.txt.envelope' }).click();
  await enterKey(window, 'Open with a recovery key', identity, 'Use this key');
  await expect(done(window, 'Opened')).toHaveCount(2);
  await goTo(window, 'Keys');
  await press(window, 'Forget it now');
  await expect(window.page.getByText('A recovery key was entered.')).toBeHidden();
});

test('forgotten, it is in no new envelope, and its sheet opens the old ones', async ({ window }) => {
  await goTo(window, 'Keys');
  const identity = await makeRecoveryKey(window);
  const before = await seal(window, 'before.txt');
  await goTo(window, 'Keys');
  await press(window, 'Forget it…');
  await window.page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click();
  await expect(window.page.getByText('Its sheet still opens what was sealed then: keep it.')).toBeVisible();
  expect(keysOf(await seal(window, 'after.txt'))).toEqual(['local']);
  await window.drop([before]);
  await expect(window.page.getByText(/^Recovery key of before, made on/).first()).toBeVisible();
  await expect(window.page.getByText('It is on your recovery sheet.')).toBeVisible();
  await window.page.keyboard.press('Escape');
  await goTo(window, 'Keys');
  await press(window, 'I have a sheet already…');
  await enterKey(window, 'Use a sheet that you have', identity, 'Use it');
  await expect(window.page.getByText('Every new envelope is sealed for it too, whatever keys')).toBeVisible();
  expect(keysOf(await seal(window, 'again.txt'))).toEqual(['local', 'age']);
});
