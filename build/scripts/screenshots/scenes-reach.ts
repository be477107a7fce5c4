/** @file A KMS out of reach, and what waits for it; and signing in at IAM Identity Center, up to the code. */
import { writeFileSync } from 'node:fs';
import { START_URL } from '../../../e2e/sso-stand-in/address.ts';
import type { Stage } from './scenes.ts';

const go = async ({ page }: Stage, index: 0 | 1 | 2): Promise<void> =>
  await page.getByRole('navigation').getByRole('button').nth(index).click();

export async function reach(stage: Stage): Promise<void> {
  const { desktop, camera, page, kms } = stage;
  await go(stage, 0);
  await page.getByRole('button', { name: /^Sealed with/ }).click();
  await page.getByRole('checkbox', { name: 'alias/contracts' }).check();
  await page.keyboard.press('Escape');
  const reachable = kms.faults.add({ kind: 'reset' });
  writeFileSync(desktop.path('Contract draft.docx'), 'x'.repeat(90_000));
  await desktop.drop([desktop.path('Contract draft.docx')]);
  await page.getByRole('dialog', { name: 'A KMS key cannot be reached' }).waitFor();
  await camera.take('offline-question');
  await page.getByRole('button', { name: 'Seal for now' }).click();
  const line = page.getByRole('region', { name: /waits for alias\/contracts/ });
  await line.waitFor();
  await camera.take('offline-waiting');
  await line.getByRole('button', { name: 'Try now' }).click();
  await line.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('dialog', { name: 'Files that wait for a KMS key' }).waitFor();
  await camera.take('offline-list');
  await page.keyboard.press('Escape');
  await desktop.drop([desktop.path('Contract draft.docx.envelope')]);
  await page.getByText('Waiting for the KMS key').waitFor();
  await camera.take('offline-card');
  await page.keyboard.press('Escape');
  reachable();
  await line.getByRole('button', { name: 'Try now' }).click();
  await line.waitFor({ state: 'detached' });
  await signIn(stage);
}

async function signIn(stage: Stage): Promise<void> {
  const { camera, page, kms } = stage;
  await go(stage, 2);
  await page.getByRole('button', { name: 'Add a connection…' }).click();
  const form = page.getByRole('dialog', { name: 'Add a connection' });
  await form.getByLabel('Name', { exact: true }).fill('work');
  await form.getByLabel('Credentials from').selectOption('sso');
  await form.getByLabel('Start URL').fill(START_URL);
  await form.getByLabel('Region of IAM Identity Center').fill('eu-central-1');
  await form.getByLabel('Region', { exact: true }).fill('eu-central-1');
  await form.getByRole('button', { name: 'More' }).click();
  await form.getByLabel('Endpoint', { exact: true }).fill(kms.endpoint);
  await form.getByRole('button', { name: 'More' }).click();
  const start = form.getByRole('button', { name: 'Sign in and choose account and role…' });
  await start.scrollIntoViewIfNeeded();
  await camera.take('sign-in-form');
  await start.click();
  const panel = page.getByRole('group', { name: 'Sign in' });
  await panel.waitFor();
  await panel.scrollIntoViewIfNeeded();
  await camera.take('sign-in-code');
  await page.keyboard.press('Escape');
}
