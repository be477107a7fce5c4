/** @file One KMS key for another from the window, against the KMS stand-in: by ReEncrypt, and what interrupts it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { symmetric, type Key } from '../kms-stand-in/keys.ts';
import type { StandIn } from '../kms-stand-in/start.ts';
import type { Desktop } from './fixture.ts';
import {
  connectOffice,
  papers,
  place,
  sealWith,
  sessionOver,
  signInElsewhere,
  test as base,
} from './office.ts';
import { batch, expect, goTo, press } from './person.ts';
import { readTree, writeTree } from './tree.ts';

const COUNT = 40;
const works = ['ReEncrypt', 'Decrypt', 'Encrypt', 'GenerateDataKey'];

const test = base.extend<{ old: Key }>({
  old: async ({ kms }, use) => {
    const old = kms.keys.create(place, symmetric);
    kms.keys.addAlias(place, 'alias/old', old.id);
    kms.keys.addAlias(place, 'alias/new', kms.keys.create(place, symmetric).id);
    await use(old);
  },
});

/** Some files are sealed with alias/old alone, and their folder is looked at in “Who can open”. */
async function prepare(desktop: Desktop, kms: StandIn): Promise<void> {
  await connectOffice(desktop, kms);
  const page = await desktop.launch();
  await sealWith(desktop, 'alias/old');
  writeTree(desktop.path('papers'), papers(COUNT));
  await desktop.drop([desktop.path('papers')]);
  await press(desktop, `Seal ${COUNT} files`);
  await expect(batch(desktop, `${COUNT} files sealed`)).toBeVisible();
  await goTo(desktop, 'Keys');
  await page.getByRole('tab', { name: 'Who can open' }).click();
}

/** Files by the end of their names: bodies, or the originals beside them. */
const ending = (desktop: Desktop, end: '.enc' | '.txt'): Record<string, string> =>
  Object.fromEntries(Object.entries(readTree(desktop.path('papers'))).filter(([name]) => name.endsWith(end)));

async function plan(desktop: Desktop): Promise<void> {
  const { page } = desktop;
  await desktop.drop([desktop.path('papers')]);
  await page.getByLabel('What becomes of alias/old').selectOption({ label: 'Replaced by alias/new' });
  await press(desktop, 'Show the plan');
  await expect(page.getByRole('heading', { name: `${COUNT} envelopes would be changed` })).toBeVisible();
}

/** Begins it, and pauses when some are done and some are not. */
async function pauseHalfWay(desktop: Desktop, kms: StandIn): Promise<void> {
  const release = kms.faults.hold('ReEncrypt');
  await press(desktop, `Change ${COUNT} envelopes`);
  await press(desktop, 'Pause');
  await expect(desktop.page.getByText('Paused: no further envelope is begun.')).toBeVisible();
  release();
  await expect(desktop.page.getByText(new RegExp(`^[1-9][0-9]* of ${COUNT}$`))).toBeVisible();
  // Who was through the gate comes to an end.
  await sleep(300);
}

const done = ({ page }: Desktop) => page.getByRole('heading', { name: `${COUNT} envelopes changed` });

test('it goes by ReEncrypt under a KMS that refuses Decrypt, and the KMS is asked for the proof', async ({
  stopped: desktop,
  kms,
  old,
}) => {
  await prepare(desktop, kms);
  const { page } = desktop;
  const before = [ending(desktop, '.enc'), ending(desktop, '.txt')];
  const allow = kms.faults.add({ kind: 'denied', action: 'Decrypt' });
  kms.calls.length = 0;
  await plan(desktop);
  expect(kms.calls.filter(({ dryRun, action }) => !dryRun && works.includes(action))).toEqual([]);
  await expect(page.getByText(`${COUNT} × ReEncrypt`)).toBeVisible();
  await expect(page.getByText('the data key stays in the KMS')).toBeVisible();
  await press(desktop, `Change ${COUNT} envelopes`);
  await expect(done(desktop)).toBeVisible();
  await expect(page.getByText('None of them names a removed key any more.')).toBeVisible();
  await expect(page.getByText(`${COUNT} entries could not be tried with a removed key`)).toBeVisible();
  expect(kms.calls.filter(({ action }) => action === 'ReEncrypt')).toHaveLength(COUNT);
  expect(kms.calls.filter(({ dryRun, action }) => !dryRun && action === 'Decrypt')).toEqual([]);
  allow();
  await press(desktop, 'Ask AWS KMS too');
  await expect(page.getByText(`${COUNT} entries by a dry run of the KMS`)).toBeVisible();
  expect([ending(desktop, '.enc'), ending(desktop, '.txt')]).toEqual(before);
  expect(old.state).toBe('Enabled');
});

test('a key that is disabled half way fails the rest, which is done once it is enabled', async ({
  stopped: desktop,
  kms,
  old,
}) => {
  await prepare(desktop, kms);
  const { page } = desktop;
  const before = [ending(desktop, '.enc'), ending(desktop, '.txt')];
  await plan(desktop);
  await pauseHalfWay(desktop, kms);
  old.state = 'Disabled';
  await press(desktop, 'Go on');
  const list = page.getByRole('region', { name: 'Envelopes: Failed' });
  await expect(list.getByText('is disabled').first()).toBeVisible();
  await expect(list.getByRole('button', { name: /^Try again: / }).first()).toBeVisible();
  await expect(page.getByText(/still names? a removed key:/)).toBeVisible();
  old.state = 'Enabled';
  kms.calls.length = 0;
  await press(desktop, 'Try the failed ones again');
  await expect(done(desktop)).toBeVisible();
  // What was done before is not done twice.
  expect(kms.calls.filter(({ action }) => action === 'ReEncrypt').length).toBeLessThan(COUNT);
  await expect(page.getByText('None of them names a removed key any more.')).toBeVisible();
  expect([ending(desktop, '.enc'), ending(desktop, '.txt')]).toEqual(before);
});

test('killed half way, it is found at the next start and gone on with', async ({
  stopped: desktop,
  kms,
  old,
}) => {
  await prepare(desktop, kms);
  const before = [ending(desktop, '.enc'), ending(desktop, '.txt')];
  await plan(desktop);
  await pauseHalfWay(desktop, kms);
  const gone = new Promise((resolve) => desktop.app.process().once('exit', resolve));
  desktop.app.process().kill('SIGKILL');
  await gone;
  const page = await desktop.launch();
  await expect(page.getByText('A change of who can open was interrupted.')).toBeVisible();
  await goTo(desktop, 'Keys');
  await page.getByRole('tab', { name: 'Who can open' }).click();
  const left = page.getByRole('region', { name: 'Begun and not finished' });
  await expect(left).toContainText('Change of who can open: papers');
  await expect(left).toContainText('Replaced: alias/old by alias/new');
  await expect(left).toContainText('interrupted before its end');
  kms.calls.length = 0;
  await left.getByRole('button', { name: /^Go on with it/ }).click();
  // One that was written as the program was killed is found to be as it should be.
  await expect(page.getByRole('heading', { name: /^(?:3[0-9]|40) envelopes changed$/ })).toBeVisible();
  await expect(left).toBeHidden();
  expect(kms.calls.filter(({ action }) => action === 'ReEncrypt').length).toBeLessThan(COUNT);
  await expect(page.getByText('None of them names a removed key any more.')).toBeVisible();
  expect([ending(desktop, '.enc'), ending(desktop, '.txt')]).toEqual(before);
  expect(old.state).toBe('Enabled');
});

test('a session that ends half way is asked about once; a no stops it, and the rest can be done', async ({
  stopped: desktop,
  kms,
  old,
}) => {
  await prepare(desktop, kms);
  const { page } = desktop;
  await plan(desktop);
  const renewed = kms.faults.add({ kind: 'expired', action: 'ReEncrypt' });
  await press(desktop, `Change ${COUNT} envelopes`);
  const question = page.getByRole('dialog', { name: 'The session of “work” is over' });
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('It was stopped before it had gone through everything.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in again' })).toBeVisible();
  await press(desktop, 'Do the rest');
  await expect(question).toBeVisible();
  renewed();
  await question.getByRole('button', { name: 'I have signed in: go on' }).click();
  await expect(done(desktop)).toBeVisible();
  expect(old.state).toBe('Enabled');
});

test('waiting for a session, and its end, are told to whoever looks elsewhere', async ({
  stopped: desktop,
  kms,
  old,
}) => {
  test.slow();
  await prepare(desktop, kms);
  await plan(desktop);
  const told = async (): Promise<unknown[]> =>
    (await desktop.recordedCalls('Notification.show')).flatMap(({ args }) => args);
  const expired = kms.faults.add({ kind: 'expired', action: 'ReEncrypt' });
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur());
  await press(desktop, `Change ${COUNT} envelopes`);
  await expect(sessionOver(desktop)).toBeVisible();
  const waits = {
    title: 'Changing who can open waits',
    body: 'It goes on once you have answered a question in the window.',
  };
  await expect.poll(told).toEqual([waits]);
  // Work counts as long from ten seconds.
  await sleep(11_000);
  await signInElsewhere(desktop, expired);
  await expect(done(desktop)).toBeVisible();
  const ended = { title: 'Changing who can open is done', body: `${COUNT} envelopes changed.` };
  await expect.poll(told).toEqual([waits, ended]);
  expect(old.state).toBe('Enabled');
});
