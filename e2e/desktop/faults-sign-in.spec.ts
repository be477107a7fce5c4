/** @file A sign-in half way: the program is killed, the code runs out, the key is disabled while it is confirmed. */
import { existsSync } from 'node:fs';
import type { StandIn } from '../kms-stand-in/start.ts';
import type { Desktop } from './fixture.ts';
import { openChoice, batch, expect, goTo, press } from './person.ts';
import { codeShown, connect, fileOfToken, test } from './signing-in.ts';
import { namesBelow, papers } from './office.ts';
import { writeTree } from './tree.ts';

const COUNT = 12;

/** Signs in and seals. Half way everything is over: the session at the KMS, and what would renew it. */
async function sealTillOver(signed: Desktop, kms: StandIn): Promise<void> {
  const { page } = signed;
  await connect(signed, kms);
  await press(signed, 'Sign in with the browser');
  kms.sso.answer(await codeShown(signed), 'approve');
  await expect(page.getByText('Signed in; renewed by itself.')).toBeVisible();
  await goTo(signed, 'Files');
  await openChoice(signed, 'Sealed with');
  await page.getByRole('checkbox', { name: 'alias/team' }).check();
  await page.keyboard.press('Escape');
  writeTree(signed.path('papers'), papers(COUNT));
  await signed.drop([signed.path('papers')]);
  kms.faults.at('GenerateDataKey', 5, () => {
    kms.callers.endSessions();
    kms.sso.tokens.revoke();
  });
  await page.getByRole('button', { name: `Seal ${COUNT} files` }).click();
}

test('killed while the code is shown, there is no token, and the next start signs in with what it had', async ({
  signed,
  kms,
}) => {
  await connect(signed, kms);
  await press(signed, 'Sign in with the browser');
  await codeShown(signed);
  await signed.kill();
  expect(existsSync(fileOfToken(signed))).toBe(false);
  await signed.launch({ env: { HOME: signed.path('person') } });
  await goTo(signed, 'Settings');
  await expect(signed.page.getByText('Not signed in.')).toBeVisible();
  await press(signed, 'Sign in with the browser');
  kms.sso.answer(await codeShown(signed), 'approve');
  await expect(signed.page.getByText('Signed in; renewed by itself.')).toBeVisible();
  // The registration was whole by then.
  expect(kms.actions.filter((action) => action === 'RegisterClient')).toHaveLength(1);
});

test('a code that runs out while nobody answers says so, and another one is asked for', async ({
  signed,
  kms,
}) => {
  await connect(signed, kms);
  await press(signed, 'Sign in with the browser');
  await codeShown(signed);
  kms.sso.expireCodes();
  await expect(signed.page.getByText('The sign-in was not confirmed in time')).toBeVisible();
  await press(signed, 'Sign in with the browser');
  kms.sso.answer(await codeShown(signed), 'approve');
  await expect(signed.page.getByText('Signed in; renewed by itself.')).toBeVisible();
});

test('what waits for a sign-in, when its key is disabled by then, fails by name; later it is all sealed', async ({
  signed,
  kms,
  key,
}) => {
  const { page } = signed;
  await sealTillOver(signed, kms);
  const prompt = page.getByRole('dialog', { name: 'The session of “work” is over' });
  await prompt.getByRole('button', { name: 'Sign in with the browser' }).click();
  const code = await codeShown(signed);
  key.state = 'Disabled';
  kms.sso.answer(code, 'approve');
  await expect(prompt).toBeHidden();
  await expect(batch(signed, `4 files sealed, ${COUNT - 4} could not be sealed`)).toBeVisible();
  await expect(page.getByText('is disabled').first()).toBeVisible();
  key.state = 'Enabled';
  await press(signed, 'Retry failed');
  await expect(batch(signed, `${COUNT - 4} files sealed`)).toBeVisible();
  expect(namesBelow(signed.path('papers'), '.envelope')).toHaveLength(COUNT);
  expect(namesBelow(signed.path('papers'), '.partial')).toEqual([]);
});

test('killed while work waits for the sign-in, originals are as they were, and no pair is half', async ({
  signed,
  kms,
}) => {
  const { page } = signed;
  await sealTillOver(signed, kms);
  await expect(page.getByRole('dialog', { name: 'The session of “work” is over' })).toBeVisible();
  await signed.kill();
  await signed.launch({ env: { HOME: signed.path('person') } });
  const names = (end: string): string[] =>
    namesBelow(signed.path('papers'), end).map((name) => name.slice(0, -end.length));
  expect(names('.txt')).toHaveLength(COUNT);
  expect(names('.envelope')).toEqual(names('.enc'));
  expect(names('.envelope').length).toBeLessThan(COUNT);
  expect(names('.partial')).toEqual([]);
});
