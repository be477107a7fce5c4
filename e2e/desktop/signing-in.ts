/** @file A person who signs in at IAM Identity Center from the window, against the stand-in on loopback. */
import { createHash } from 'node:crypto';
import type { StandIn } from '../kms-stand-in/start.ts';
import { START_URL } from '../sso-stand-in/address.ts';
import type { Desktop } from './fixture.ts';
import { REGION, test as base } from './office.ts';
import { expect } from './person.ts';

export const test = base.extend<{ signed: Desktop }>({
  /** The app of a person whose `~/.aws` is empty; alias/team is there for who signs in. */
  signed: async ({ stopped, key }, use) => {
    expect(key.state).toBe('Enabled');
    await stopped.launch({ env: { HOME: stopped.path('person') } });
    await use(stopped);
  },
});

/** Where the AWS tools keep the token too. */
export const fileOfToken = (desktop: Desktop): string =>
  desktop.path(
    'person',
    '.aws',
    'sso',
    'cache',
    `${createHash('sha1').update(START_URL).digest('hex')}.json`,
  );

/** The code that the window shows, which is the one in the address that the browser was sent to. */
export async function codeShown(desktop: Desktop): Promise<string> {
  const panel = desktop.page.getByRole('group', { name: 'Sign in' });
  await expect(panel).toBeVisible();
  const [code = ''] = /[A-Z]{4}-[A-Z]{4}/.exec((await panel.textContent()) ?? '') ?? [];
  const opened = await desktop.recordedCalls('shell.openExternal');
  expect(String(opened.at(-1)?.args[0])).toContain(`user_code=${code}`);
  return code;
}

export async function fillForm({ page }: Desktop, kms: StandIn) {
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
export async function connect(desktop: Desktop, kms: StandIn): Promise<void> {
  const form = await fillForm(desktop, kms);
  await form.getByLabel('Account', { exact: true }).fill('111122223333');
  await form.getByLabel('Role', { exact: true }).fill('Sealer');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
}
