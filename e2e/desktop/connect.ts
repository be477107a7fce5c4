/** @file A KMS on loopback with one key, and a person who connects the app to it. */
import { SECRET } from '../kms-stand-in/connect.ts';
import { symmetric } from '../kms-stand-in/keys.ts';
import { startKms, type StandIn } from '../kms-stand-in/start.ts';
import { expect, test as base, type Desktop } from './fixture.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';
const MFA = `arn:aws:iam::${ACCOUNT}:mfa/alice`;

export const test = base.extend<{ kms: StandIn }>({
  /** A KMS with one key, alias/team. */
  kms: async ({}, use) => {
    await using kms = await startKms({ mfaCodes: ['111111', '222222'] });
    const place = { account: ACCOUNT, region: REGION };
    kms.keys.addAlias(place, 'alias/team', kms.keys.create(place, symmetric).id);
    await use(kms);
  },
});

type Credentials = (form: ReturnType<Desktop['page']['getByRole']>) => Promise<void>;

const accessKey: Credentials = async (form) => {
  await form.getByLabel('Credentials from').selectOption({ label: 'An access key' });
  await form.getByLabel('Access key id').fill('AKIAIOSFODNN7EXAMPLE');
  await form.getByLabel('Secret access key').fill(SECRET);
};

export const roleWithMfa: Credentials = async (form) => {
  await form.getByLabel('Credentials from').selectOption({ label: 'A role, with or without MFA' });
  await form.getByLabel('Role ARN').fill(`arn:aws:iam::${ACCOUNT}:role/sealer`);
  await form.getByLabel('Assumed with the profile').selectOption('base');
  await form.getByLabel('MFA device').fill(MFA);
};

/** Adds the connection “work” in Settings. */
export async function connect({ page }: Desktop, kms: StandIn, credentials = accessKey): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Add a connection…' }).click();
  const form = page.getByRole('dialog', { name: 'Add a connection' });
  await form.getByLabel('Name', { exact: true }).fill('work');
  await credentials(form);
  await form.getByLabel('Region', { exact: true }).fill(REGION);
  await form.getByRole('button', { name: 'More' }).click();
  await form.getByLabel('Endpoint', { exact: true }).fill(kms.endpoint);
  await form.getByLabel('Calls per second, at most').fill('1000');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
}
