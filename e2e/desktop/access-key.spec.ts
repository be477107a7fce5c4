/** @file An access key that ends, or whose secret is gone: it is entered where the work waits, and the work goes on. */
import { SECRET } from '../kms-stand-in/connect.ts';
import type { StandIn } from '../kms-stand-in/start.ts';
import { violations } from './axe.ts';
import { connect, test } from './connect.ts';
import type { Desktop } from './fixture.ts';
import { batch, expect, goTo, openChoice, press, rowIn } from './person.ts';
import { writeTree } from './tree.ts';

const question = ({ page }: Desktop) => page.getByRole('dialog', { name: '“work” needs its access key' });

async function sealWithTeam(desktop: Desktop, kms: StandIn): Promise<void> {
  await connect(desktop, kms);
  await goTo(desktop, 'Files');
  await openChoice(desktop, 'Sealed with');
  await desktop.page.getByRole('checkbox', { name: 'alias/team' }).check();
  await desktop.page.keyboard.press('Escape');
}

test('temporary keys that end in mid-batch are replaced in the question, and all goes on', async ({
  desktop,
  kms,
}) => {
  await sealWithTeam(desktop, kms);
  kms.faults.add({ kind: 'expired', action: 'GenerateDataKey' });
  writeTree(
    desktop.path('papers'),
    Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.txt`, 'x'])),
  );
  await desktop.drop([desktop.path('papers')]);
  await press(desktop, 'Seal 30 files');
  await expect(question(desktop)).toContainText(
    'has expired. Enter the key, and everything that waits goes on.',
  );
  const go = question(desktop).getByRole('button', { name: 'Go on' });
  await go.click();
  await expect(question(desktop)).toContainText('Enter the secret of this access key.');
  expect(await violations(desktop)).toEqual([]);
  kms.faults.clear();
  await question(desktop).getByLabel('Access key id').fill('ASIAIOSFODNN7EXAMPLE');
  await question(desktop).getByLabel('Secret access key').fill('the/new/SECRET/of/the/session');
  await question(desktop).getByLabel('Session token').fill('token-of-the-session');
  await go.click();
  await expect(batch(desktop, '30 files sealed')).toBeVisible();
  expect(kms.calls.filter(({ action }) => action === 'GenerateDataKey').at(-1)).toMatchObject({
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  });
  expect(await desktop.page.content()).not.toContain('the/new/SECRET');
});

test('without a real key store the secret is asked for after a restart, and a no stops only the work', async ({
  stopped: desktop,
  kms,
}) => {
  const weak = { env: { STANDIN_KEY_STORE: 'basic_text' }, args: ['--password-store=basic'] };
  await desktop.launch(weak);
  await sealWithTeam(desktop, kms);
  await desktop.quit();
  await desktop.launch(weak);
  await goTo(desktop, 'Keys');
  await expect(question(desktop)).toHaveCount(0);
  await goTo(desktop, 'Files');
  await openChoice(desktop, 'Sealed with');
  const listed = desktop.page.getByText('work: No AWS credentials were found.');
  await expect(listed).toBeVisible();
  await desktop.page.keyboard.press('Escape');
  await goTo(desktop, 'Settings');
  await expect(desktop.page.getByText('Its secret is not set.')).toBeVisible();
  await press(desktop, 'Edit work');
  const form = desktop.page.getByRole('dialog', { name: 'Edit “work”' });
  await form.getByLabel('Secret access key').fill(SECRET);
  await form.getByRole('button', { name: 'Save' }).click();
  await goTo(desktop, 'Keys');
  const isDefault = desktop.page.getByRole('switch', { name: 'alias/team seals by default' });
  await isDefault.click({ force: true });
  await expect(isDefault).toBeChecked();
  await desktop.quit();

  await desktop.launch(weak);
  writeTree(desktop.folder, { 'a.txt': 'a', 'b.txt': 'b' });
  await desktop.drop([desktop.path('a.txt')]);
  await expect(question(desktop)).toContainText('was kept only until the program was closed');
  await question(desktop).getByRole('button', { name: 'Stop this work' }).click();
  await expect(question(desktop)).toBeHidden();
  await expect(desktop.page.getByText('No AWS credentials were found.').first()).toBeVisible();
  await desktop.drop([desktop.path('b.txt')]);
  await question(desktop).getByLabel('Secret access key').fill(SECRET);
  await question(desktop).getByRole('button', { name: 'Go on' }).click();
  await expect(rowIn(desktop, desktop.path('b.txt.envelope'))).toBeVisible();
});
