/**
 * @file A KMS key end to end on moto, the emulator the field trusts, which checks signatures and permissions itself: what a
 * person does who has an AWS account, an access key of it, and nothing else. Needs the Python of e2e/interop/README.md.
 */
import { execFile, execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { startMoto, type Moto } from '../kms-stand-in/moto.ts';
import { describeMotoKey, makeMotoUser, type MotoUser } from '../kms-stand-in/moto-user.ts';
import { REGION } from './connect.ts';
import { test as base, type Desktop } from './fixture.ts';
import { done, expect, goTo, press, rowIn } from './person.ts';
import { readTree, writeTree } from './tree.ts';

const python = process.env['ENVELOPE_PYTHON'] ?? '';
const opener = path.resolve(import.meta.dirname, '../interop/opener.py');

type Account = { moto: Moto; user: MotoUser };

const test = base.extend<{ account: Account }>({
  account: async ({}, use) => {
    const version = execFileSync(python, ['-c', 'import moto; print(moto.__version__)'], {
      encoding: 'utf8',
    });
    console.log(`on moto ${version.trim()}, by ${python}`);
    await using moto = await startMoto(python);
    await use({ moto, user: await makeMotoUser(python, moto, REGION) });
  },
});

const form = ({ page }: Desktop, name: string) => page.getByRole('dialog', { name });

/** Settings: the connection “work”, with an access key whose secret is `secret`. */
async function addConnection(desktop: Desktop, { moto, user }: Account, secret: string): Promise<void> {
  await goTo(desktop, 'Settings');
  await press(desktop, 'Add a connection…');
  const add = form(desktop, 'Add a connection');
  await add.getByLabel('Name', { exact: true }).fill('work');
  await add.getByLabel('Credentials from').selectOption({ label: 'An access key' });
  await add.getByLabel('Access key id').fill(user.accessKeyId);
  await add.getByLabel('Secret access key').fill(secret);
  await add.getByLabel('Region', { exact: true }).fill(REGION);
  await add.getByRole('button', { name: 'More' }).click();
  await add.getByLabel('Endpoint', { exact: true }).fill(moto.endpoint);
  await add.getByRole('button', { name: 'Save' }).click();
  await expect(add).toBeHidden();
}

async function replaceSecret(desktop: Desktop, secret: string): Promise<void> {
  await press(desktop, 'Edit work');
  const edit = form(desktop, 'Edit “work”');
  await edit.getByRole('button', { name: 'Replace…' }).click();
  await edit.getByLabel('Secret access key').fill(secret);
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(edit).toBeHidden();
}

/** Presses *Test*, and waits for what it comes to. */
async function testConnection({ page }: Desktop, verdict: string): Promise<void> {
  await page.getByRole('button', { name: /^Test (?:again: )?work$/ }).click();
  await expect(page.getByText(verdict)).toBeVisible({ timeout: 30_000 });
}

/** Keys: alias/payroll, which rotates by itself and is the default from now on. */
async function createKey(desktop: Desktop): Promise<void> {
  await goTo(desktop, 'Keys');
  await press(desktop, 'Create a KMS key…');
  const create = form(desktop, 'Create a KMS key');
  await create.getByLabel('Alias').fill('payroll');
  await create.getByRole('switch', { name: 'Rotate by itself' }).check();
  await create.getByRole('checkbox').check();
  await create.getByRole('button', { name: 'Create the key' }).click();
  await expect(create).toBeHidden({ timeout: 30_000 });
  const isDefault = desktop.page.getByRole('switch', { name: 'alias/payroll seals by default' });
  await isDefault.click();
  await expect(isDefault).toBeChecked();
}

/** Opens a pair without this program: by Python alone, which asks moto to unwrap the data key. */
async function openByPython(envelope: string, { moto, user }: Account, key: string): Promise<void> {
  const account = `aws:${key.split(':')[4] ?? ''}`;
  const out = `${envelope}.back`;
  await promisify(execFile)(
    python,
    ['-B', opener, envelope, '--out', out, '--account', account, '--endpoint', moto.endpoint],
    {
      env: {
        PATH: process.env['PATH'],
        AWS_ACCESS_KEY_ID: user.accessKeyId,
        AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
      },
    },
  );
}

if (python === '') {
  base('a KMS key on moto: NOT RUN, ENVELOPE_PYTHON is not set', () => {
    console.log('a KMS key on moto: not run, ENVELOPE_PYTHON is not set (e2e/interop/README.md)');
    expect(process.env['ENVELOPE_REQUIRE_INTEROP'] ?? '', 'moto is required here').not.toBe('1');
  });
} else {
  test('on moto: an AWS account is connected and tested, a key made, a file sealed and opened', async ({
    desktop,
    account,
  }) => {
    test.setTimeout(120_000);
    const { page } = desktop;
    const { moto, user } = account;

    await addConnection(desktop, account, 'not/the/secret/of/this/access/key/at/all');
    await testConnection(desktop, 'The test failed. What to do is said at the step.');
    const identity = page.getByRole('listitem').filter({ hasText: 'Who you are' }).last();
    await expect(identity).toContainText('AWS does not know these credentials, or their secret is wrong.');
    await replaceSecret(desktop, user.secretAccessKey);
    await testConnection(desktop, 'The credentials work.');
    await expect(identity).toContainText(user.arn);

    await createKey(desktop);
    const key = await describeMotoKey(python, moto, REGION, user, 'alias/payroll');
    expect(key).toEqual({ arn: expect.stringContaining(`:${REGION}:`), enabled: true, rotates: true });

    await goTo(desktop, 'Settings');
    await page.getByLabel('Key to test with').selectOption({ label: 'alias/payroll' });
    await testConnection(desktop, 'Everything works: you can seal and open with this key.');
    const ticked = page.getByRole('listitem').filter({ hasText: 'In order' });
    for (const step of ['Credentials', 'Who you are', 'The key', 'Permission to seal', 'Permission to open'])
      await expect(ticked.filter({ hasText: step }).last()).toBeVisible();

    const content = 'Gehälter, 工资\n'.repeat(1000);
    writeTree(desktop.folder, { 'payroll.csv': content });
    await goTo(desktop, 'Files');
    const envelope = desktop.path('payroll.csv.envelope');
    await desktop.drop([desktop.path('payroll.csv')]);
    await expect(rowIn(desktop, envelope)).toBeVisible();
    expect(readTree(desktop.folder)['payroll.csv.enc']).not.toContain('Gehälter');
    rmSync(desktop.path('payroll.csv'));

    await desktop.open([envelope]);
    await expect(page.getByText('You can open it with “alias/payroll”.')).toBeVisible();
    await press(desktop, 'Open');
    await expect(done(desktop, 'Opened')).toBeVisible();
    await openByPython(envelope, account, key.arn);
    const after = readTree(desktop.folder);
    expect(after['payroll.csv']).toBe(content);
    expect(after['payroll.csv.envelope.back']).toBe(content);
    expect(await page.content()).not.toContain(user.secretAccessKey);
    expect(desktop.output).not.toContain(user.secretAccessKey);
  });
}
