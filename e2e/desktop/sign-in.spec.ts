/** @file Signing in at IAM Identity Center from the window, against the stand-in on loopback. */
import { existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { startKms, type StandIn } from '../kms-stand-in/start.ts';
import { symmetric } from '../kms-stand-in/keys.ts';
import { START_URL } from '../sso-stand-in/address.ts';
import { look, violations } from './axe.ts';
import { test as base, type Desktop } from './fixture.ts';
import { batch, expect, goTo, openChoice, press } from './person.ts';
import { readTree, writeTree } from './tree.ts';

const REGION = 'eu-central-1';

const test = base.extend<{ kms: StandIn; signed: Desktop }>({
  /** A KMS with one key, alias/team, and IAM Identity Center beside it. */
  kms: async ({}, use) => {
    await using kms = await startKms();
    const place = { account: '111122223333', region: REGION };
    kms.keys.addAlias(place, 'alias/team', kms.keys.create(place, symmetric).id);
    await use(kms);
  },
  /** The app of a person whose `~/.aws` is empty. */
  signed: async ({ stopped }, use) => {
    await stopped.launch({ env: { HOME: stopped.path('person') } });
    await use(stopped);
  },
});

const tokenFile = (desktop: Desktop): string =>
  desktop.path(
    'person',
    '.aws',
    'sso',
    'cache',
    `${createHash('sha1').update(START_URL).digest('hex')}.json`,
  );

/** The code that the window shows, which is the one in the address that the browser was sent to. */
async function codeShown(desktop: Desktop): Promise<string> {
  const panel = desktop.page.getByRole('group', { name: 'Sign in' });
  await expect(panel).toBeVisible();
  const [code = ''] = /[A-Z]{4}-[A-Z]{4}/.exec((await panel.textContent()) ?? '') ?? [];
  const opened = await desktop.recordedCalls('shell.openExternal');
  expect(String(opened.at(-1)?.args[0])).toContain(`user_code=${code}`);
  return code;
}

async function fillForm({ page }: Desktop, kms: StandIn) {
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Add a connection…' }).click();
  const form = page.getByRole('dialog', { name: 'Add a connection' });
  await form.getByLabel('Name', { exact: true }).fill('work');
  await form.getByLabel('Credentials from').selectOption('sso');
  await form.getByLabel('Start URL').fill(START_URL);
  await form.getByLabel('Region of IAM Identity Center').fill(REGION);
  await form.getByLabel('Region', { exact: true }).fill(REGION);
  await form.getByRole('button', { name: 'More' }).click();
  await form.getByLabel('Endpoint', { exact: true }).fill(kms.endpoint);
  await form.getByLabel('Calls per second, at most').fill('1000');
  return form;
}

/** Adds the connection “work” with account and role typed, without signing in. */
async function connect(desktop: Desktop, kms: StandIn): Promise<void> {
  const form = await fillForm(desktop, kms);
  await form.getByLabel('Account', { exact: true }).fill('111122223333');
  await form.getByLabel('Role', { exact: true }).fill('Sealer');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
}

test('a connection is set up by signing in, choosing account and role from a list', async ({
  signed,
  kms,
}) => {
  const form = await fillForm(signed, kms);
  await form.getByRole('button', { name: 'Sign in and choose account and role…' }).click();
  const code = await codeShown(signed);
  expect(await violations(signed)).toEqual([]);
  kms.sso.answer(code, 'approve');
  await form.getByLabel('Your accounts').selectOption({ label: 'Production (111122223333)' });
  await form.getByLabel('Your roles there').selectOption('Sealer');
  await expect(form.getByLabel('Account', { exact: true })).toHaveValue('111122223333');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  await expect(signed.page.getByText('Signed in; renewed by itself.')).toBeVisible();
  await press(signed, 'Test work');
  await expect(
    signed.page.getByText('The credentials work.').or(signed.page.getByText('Everything works')),
  ).toBeVisible();
  const { tokens, deviceCodes } = kms.sso;
  const page = await signed.page.content();
  for (const secret of [...tokens.secrets, ...deviceCodes]) {
    expect(page).not.toContain(secret);
    expect(signed.output).not.toContain(secret);
  }
  expect(readFileSync(tokenFile(signed), 'utf8')).toContain(tokens.secrets[0]);
});

test('sealing that waits for a sign-in goes on by itself once it is confirmed', async ({ signed, kms }) => {
  await connect(signed, kms);
  const { page } = signed;
  await expect(page.getByText('Not signed in.')).toBeVisible();
  await press(signed, 'Sign in with the browser');
  kms.sso.answer(await codeShown(signed), 'approve');
  await expect(page.getByText('Signed in; renewed by itself.')).toBeVisible();
  await goTo(signed, 'Files');
  await openChoice(signed, 'Sealed with');
  await page.getByRole('checkbox', { name: 'alias/team' }).check();
  await page.keyboard.press('Escape');
  // Everything is over: the session at the KMS, and what would renew it.
  kms.callers.endSessions();
  kms.sso.tokens.revoke();
  const tree = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.txt`, `${index}`]));
  writeTree(signed.path('papers'), tree);
  await signed.drop([signed.path('papers')]);
  await page.getByRole('button', { name: 'Seal 30 files' }).click();
  const prompt = page.getByRole('dialog', { name: 'The session of “work” is over' });
  await expect(prompt).toBeVisible();
  await prompt.getByRole('button', { name: 'Sign in with the browser' }).click();
  const code = await codeShown(signed);
  for (const language of ['en', 'zh-CN'] as const) {
    for (const appearance of ['light', 'dark', 'contrast'] as const) {
      await look(signed, appearance, language);
      expect(await violations(signed)).toEqual([]);
    }
  }
  await look(signed, 'light', 'en');
  kms.sso.answer(code, 'approve');
  await expect(prompt).toBeHidden();
  await expect(batch(signed, '30 files sealed')).toBeVisible();
  expect(
    Object.keys(readTree(signed.path('papers'))).filter((name) => name.endsWith('.envelope')),
  ).toHaveLength(30);
});

test('a sign-in that is declined says so, and a cancelled one leaves no trace', async ({ signed, kms }) => {
  await connect(signed, kms);
  const { page } = signed;
  await press(signed, 'Sign in with the browser');
  kms.sso.answer(await codeShown(signed), 'deny');
  await expect(page.getByText('The sign-in was declined in the browser.')).toBeVisible();
  await press(signed, 'Sign in with the browser');
  await codeShown(signed);
  await page.getByRole('group', { name: 'Sign in' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Not signed in.')).toBeVisible();
  expect(existsSync(tokenFile(signed))).toBe(false);
});

test('a page that is not one of AWS is not opened', async ({ signed, kms }) => {
  await connect(signed, kms);
  kms.sso.page = 'https://evil.example/device';
  await press(signed, 'Sign in with the browser');
  await expect(signed.page.getByText('is not one of AWS, so it was not opened')).toBeVisible();
  expect(await signed.recordedCalls('shell.openExternal')).toEqual([]);
});
