/** @file What an administrator has laid down for everybody on the computer, as a person meets it. */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expectFine } from './axe.ts';
import { backend } from './backend.ts';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { makeForeign } from './foreign.ts';
import { expect, goTo, openChoice, press, test } from './person.ts';
import { makeRecoveryKey } from './sheet.ts';
import { writeTree } from './tree.ts';
import { NOBODY, STRANGER } from '../strangers.ts';

/** The app as it is but for one thing: where it looks for what an administrator has laid down, and whose that must be. */
function buildFor(desktop: Desktop, content: object): string {
  const build = desktop.path('build');
  cpSync(path.resolve(import.meta.dirname, '../../out'), build, { recursive: true });
  const file = desktop.path('admin', 'policy.json');
  mkdirSync(path.dirname(file));
  writeFileSync(file, JSON.stringify(content));
  let replaced = 0;
  for (const name of readdirSync(build).filter((one) => one.endsWith('.js'))) {
    const text = readFileSync(path.join(build, name), 'utf8');
    const other = text
      .replace(/\bROOT = 0\b/, `ROOT = ${process.getuid?.() ?? 0}`)
      .replace('"/etc/envelope/policy.json"', JSON.stringify(file));
    if (other === text) continue;
    replaced += 1;
    writeFileSync(path.join(build, name), other);
  }
  expect(replaced).toBe(1);
  return build;
}

const keysOf = (file: string): string[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { keys: { key: string }[] }).keys.map(({ key }) => key);

const builtIn = 'a packaged program has its place built in, and no test writes there';

test('an administrator’s list is shown as that, and others are neither called nor asked about', async ({
  stopped,
}) => {
  test.skip(backend.kind === 'packaged', builtIn);
  writeTree(stopped.folder, { 'a.txt': 'x' });
  await envelope(stopped, 'seal', 'a.txt');
  makeForeign(stopped.path('a.txt.envelope'));
  const trust = { accounts: ['aws:111122223333:*'], ask: false };
  const build = buildFor(stopped, { version: 1, trust, keys: [STRANGER] });
  await stopped.launch({ build });
  await goTo(stopped, 'Settings');
  await expect(stopped.page.getByText('Your administrator has fixed this list')).toBeVisible();
  await expect(stopped.page.getByText('aws:111122223333')).toBeVisible();
  await expect(stopped.page.getByText('Set by your administrator')).toHaveCount(2);
  await goTo(stopped, 'Files');
  await stopped.drop([stopped.path('a.txt.envelope')]);
  await expect(stopped.page.getByText('Your administrator allows no calls there').first()).toBeVisible();
  await stopped.page.keyboard.press('Escape');
  await stopped.drop([stopped.path('a.txt')]);
  await press(stopped, 'Seal 1 file');
  await expect(stopped.page.locator('[data-state="done"]')).toBeVisible();
  expect(keysOf(stopped.path('a (2).txt.envelope'))).toContain(STRANGER);
});

test('an administrator’s file that anybody may change stops sealing, and says so', async ({ stopped }) => {
  test.skip(backend.kind === 'packaged', builtIn);
  test.skip(
    process.platform === 'win32',
    'permissions on Windows are lists of another kind (windows-acl.test.ts)',
  );
  writeTree(stopped.folder, { 'a.txt': 'x' });
  const build = buildFor(stopped, { version: 1 });
  chmodSync(stopped.path('admin', 'policy.json'), 0o666);
  await stopped.launch({ build });
  await goTo(stopped, 'Settings');
  await expect(stopped.page.getByText('others than the administrator can change it')).toBeVisible();
  await goTo(stopped, 'Files');
  await stopped.drop([stopped.path('a.txt')]);
  await expect(stopped.page.locator('[data-state="failed"]')).toBeVisible();
  expect(existsSync(stopped.path('a.txt.envelope'))).toBe(false);
});

test('wherever keys are chosen it is said that the administrator’s open what comes of it, and they do', async ({
  stopped,
}) => {
  test.skip(backend.kind === 'packaged', builtIn);
  test.slow();
  writeTree(stopped.folder, { 'a.txt': 'a', 'b.txt': 'b', 'b.txt.envelope': 'taken' });
  const build = buildFor(stopped, { version: 1, keys: [STRANGER, NOBODY] });
  const page = await stopped.launch({ build });
  const said = page.getByText('2 keys of your administrator open them too, whatever you choose.');

  await openChoice(stopped, 'Sealed with');
  await expect(said).toBeVisible();
  await expectFine(stopped, 'the choice of keys');
  await page.keyboard.press('Escape');
  await expect(said).toBeHidden();

  await stopped.drop([stopped.path('b.txt')]);
  await expect(page.getByRole('dialog', { name: 'Ready to seal' })).toContainText(
    'keys of your administrator',
  );
  await expectFine(stopped, 'the plan');
  await page.keyboard.press('Escape');

  await stopped.drop([stopped.path('a.txt')]);
  await expect(page.locator('[data-state="done"]')).toBeVisible();
  expect(keysOf(stopped.path('a.txt.envelope'))).toEqual(expect.arrayContaining([STRANGER, NOBODY]));

  for (const name of ['one', 'two', 'three', 'four', 'five']) await envelope(stopped, 'keys', 'new', name);
  await goTo(stopped, 'Keys');
  await page.getByRole('tab', { name: 'Who can open' }).click();
  await stopped.drop([stopped.path('a.txt.envelope')]);
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeVisible();
  await expect(said).toBeHidden();
  await page.getByText('Seal again', { exact: true }).click();
  await expect(said).toBeVisible();
  await expectFine(stopped, 'sealing again');

  await page.getByRole('tab', { name: 'Keys' }).click();
  // The most that can stand there, in the lowest window.
  await makeRecoveryKey(stopped);
  await stopped.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(720, 520),
  );
  await goTo(stopped, 'Files');
  await openChoice(stopped, 'Sealed with');
  await expect(page.getByRole('dialog', { name: 'Sealed with' })).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: 'Manage keys…' }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('button', { name: 'Manage keys…' })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');

  await goTo(stopped, 'Settings');
  await expect(page.getByText(NOBODY)).toBeVisible();
  await page.getByText(NOBODY).scrollIntoViewIfNeeded();
  await expectFine(stopped, 'Settings');
});
