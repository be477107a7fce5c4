/** @file Strangers' accounts and the policies of folders, as a person meets them. */
import { existsSync, readFileSync } from 'node:fs';
import { startKms } from '../kms-stand-in/start.ts';
import { symmetric } from '../kms-stand-in/keys.ts';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { makeForeign } from './foreign.ts';
import { batch, expect, goTo, press, test } from './person.ts';
import { readTree, writeTree } from './tree.ts';
import { STRANGER } from '../strangers.ts';

const question = ({ page }: Desktop, name: string) => page.getByRole('dialog', { name });

test('a stranger’s account is named before any call: no, only this time, always, and taken back', async ({
  window,
}) => {
  await using kms = await startKms({ account: '999988887777' });
  const place = { account: '999988887777', region: 'eu-central-1' };
  const { arn } = kms.keys.create(place, symmetric);
  writeTree(window.folder, {
    'a.txt': 'from afar',
    'aws/config': '[default]\nregion = eu-central-1\n',
    'aws/credentials': '[default]\naws_access_key_id = AKIATEST\naws_secret_access_key = x\n',
  });
  await envelope(
    window,
    'keys',
    'aws',
    'connect',
    'partner',
    '--endpoint',
    kms.endpoint,
    '--region',
    'eu-central-1',
  );
  await envelope(window, 'seal', 'a.txt');
  makeForeign(window.path('a.txt.envelope'), arn);
  const asked = question(window, 'An AWS account that is not yours');
  const open = async (): Promise<void> => {
    await window.drop([window.path('a.txt.envelope')]);
    await window.page.getByRole('main').getByRole('button', { name: 'Open', exact: true }).click();
  };

  await open();
  await expect(asked).toContainText('999988887777');
  await expect(asked).toContainText('eu-central-1');
  await expect(asked).toContainText(arn);
  await expect(asked).toContainText(kms.endpoint);
  await press(window, 'Do not ask it');
  await expect(window.page.locator('[data-state="failed"]')).toHaveCount(1);
  expect(kms.calls).toEqual([]);

  await open();
  await press(window, 'Only this time');
  await expect(window.page.locator('[data-state="failed"]')).toHaveCount(2);
  expect(kms.actions).toEqual(['Decrypt']);

  await open();
  await press(window, 'Always');
  await expect(window.page.locator('[data-state="failed"]')).toHaveCount(3);
  await goTo(window, 'Settings');
  await expect(window.page.getByText('aws:999988887777')).toBeVisible();
  await press(window, 'Forget account aws:999988887777:eu-central-1');
  await expect(window.page.getByText('aws:999988887777')).toBeHidden();
  kms.calls.length = 0;
  await goTo(window, 'Files');
  await open();
  await expect(asked).toBeVisible();
  expect(kms.calls).toEqual([]);
});

test('a folder’s policy is shown before sealing, and its strange key is agreed to first', async ({
  window,
}) => {
  writeTree(window.path('work'), {
    '.envelope-policy.json': JSON.stringify({
      version: 1,
      keys: ['shared', STRANGER],
      labels: { project: 'apollo' },
      output: { folder: 'sealed' },
    }),
    'plan.txt': 'the plan',
    'drafts/.envelope-policy.json': '{"version":1,"hideName":true}',
    'drafts/x.txt': 'draft',
  });
  await window.drop([window.path('work', 'plan.txt')]);
  const plan = question(window, 'Ready to seal');
  await expect(plan).toContainText('1 file by the policy');
  await expect(plan).toContainText(window.path('work', '.envelope-policy.json'));
  await expect(plan).toContainText('project: apollo');
  await expect(plan).toContainText('not yours: you are asked before anything is sealed');
  await press(window, 'Seal 1 file');
  const asked = question(window, 'Keys that are not yours');
  await expect(asked).toContainText(STRANGER);
  await press(window, 'Do not seal');
  await expect(window.page.locator('[data-state="failed"]')).toHaveCount(1);
  expect(existsSync(window.path('work', 'sealed'))).toBe(false);

  await press(window, 'Try again: plan.txt');
  await press(window, 'Always');
  await expect(window.page.locator('[data-state="done"]')).toHaveCount(1);
  await envelope(window, 'open', 'work/sealed/plan.txt.envelope', '--to', 'opened');
  expect(readTree(window.path('opened'))).toEqual({ 'plan.txt': 'the plan' });

  await window.drop([window.path('work')]);
  await expect(plan).toContainText('there is no “hideName”');
  await expect(plan).toContainText('not yours; you agreed to it');
  await press(window, 'Seal 1 file');
  await expect(batch(window, '1 file sealed, 1 could not be sealed')).toBeVisible();
  expect(readTree(window.path('work', 'drafts'))).toMatchObject({ 'x.txt': 'draft' });
  expect(existsSync(window.path('work', 'drafts', 'x.txt.envelope'))).toBe(false);

  await goTo(window, 'Settings');
  await press(window, `Forget the keys of ${window.path('work', '.envelope-policy.json')}`);
  await expect(window.page.getByText(STRANGER)).toBeHidden();
});

test('a folder’s policy can be left aside, which is said, and then none of its keys opens anything', async ({
  window,
}) => {
  writeTree(window.path('work'), {
    '.envelope-policy.json': JSON.stringify({ version: 1, keys: [STRANGER], output: { folder: 'sealed' } }),
    'plan.txt': 'the plan',
  });
  await window.drop([window.path('work', 'plan.txt')]);
  const plan = question(window, 'Ready to seal');
  await expect(plan).toContainText('1 file by the policy');
  await press(window, 'Leave these policies aside');
  await expect(plan).toContainText('The policies of the folders are left aside');
  await expect(plan).not.toContainText(STRANGER);
  await press(window, 'Seal 1 file');
  await expect(window.page.locator('[data-state="done"]')).toHaveCount(1);
  const sealed = JSON.parse(readFileSync(window.path('work', 'plan.txt.envelope'), 'utf8')) as {
    keys: { provider: string }[];
  };
  expect(sealed.keys.map(({ provider }) => provider)).toEqual(['local']);
  expect(existsSync(window.path('work', 'sealed'))).toBe(false);

  // The next drop asks again: it was for this work alone.
  await window.drop([window.path('work', 'plan.txt')]);
  await expect(plan).toContainText('1 file by the policy');
});
