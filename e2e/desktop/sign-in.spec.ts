/** @file Signing in at IAM Identity Center from the window, against the stand-in on loopback. */
import { existsSync, readFileSync } from 'node:fs';
import { look, violations } from './axe.ts';
import { batch, expect, goTo, openChoice, press } from './person.ts';
import { codeShown, connect, fileOfToken, fillForm, test } from './signing-in.ts';
import { readTree, writeTree } from './tree.ts';

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
  expect(readFileSync(fileOfToken(signed), 'utf8')).toContain(tokens.secrets[0]);
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
  expect(existsSync(fileOfToken(signed))).toBe(false);
});

test('a page that is not one of AWS is not opened', async ({ signed, kms }) => {
  await connect(signed, kms);
  kms.sso.page = 'https://evil.example/device';
  await press(signed, 'Sign in with the browser');
  await expect(signed.page.getByText('is not one of AWS, so it was not opened')).toBeVisible();
  expect(await signed.recordedCalls('shell.openExternal')).toEqual([]);
});
