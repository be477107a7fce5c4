/** @file A folder sealed by its policy: killed half way, the policy's key disabled half way, the session over half way. */
import { readFileSync } from 'node:fs';
import type { StandIn } from '../kms-stand-in/start.ts';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { keysOf, namesBelow, papers, sessionOver, signInElsewhere, test } from './office.ts';
import { batch, expect, press } from './person.ts';
import { readTree, writeTree } from './tree.ts';

const COUNT = 20;
const HALF_WAY = 6;

async function prepare(desktop: Desktop): Promise<void> {
  writeTree(desktop.path('papers'), papers(COUNT));
  const policy = ['--key', 'alias/team', '--label', 'project=apollo', '--output', 'sealed'];
  await envelope(desktop, 'policy', 'init', 'papers', ...policy);
  const page = await desktop.launch();
  await desktop.drop([desktop.path('papers')]);
  const plan = page.getByRole('dialog', { name: 'Ready to seal' });
  await expect(plan).toContainText(`${COUNT} files by the policy`);
  await expect(plan).toContainText('alias/team');
}

/** All is sealed as the policy says, into its folder; the originals are as they were. */
async function expectObeyed(desktop: Desktop, arn: string): Promise<void> {
  const sealed = desktop.path('papers', 'sealed');
  const wanted = Object.keys(papers(COUNT)).sort();
  expect(namesBelow(sealed, '.envelope')).toEqual(wanted.map((name) => `${name}.envelope`));
  expect(namesBelow(sealed, '.enc')).toEqual(wanted.map((name) => `${name}.enc`));
  for (const name of wanted) {
    const file = desktop.path('papers', 'sealed', `${name}.envelope`);
    expect(keysOf(file)).toEqual([arn]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      header: { context: { project: 'apollo' } },
    });
  }
  expect(readTree(desktop.path('papers'))).toMatchObject(papers(COUNT));
  await envelope(desktop, 'verify', 'papers/sealed');
}

const generated = (kms: StandIn): number =>
  kms.calls.filter(({ action, dryRun }) => action === 'GenerateDataKey' && !dryRun).length;

test('a key that is disabled half way fails the rest, which is done by the same policy afterwards', async ({
  office,
  kms,
  key,
}) => {
  await prepare(office);
  kms.faults.at('GenerateDataKey', HALF_WAY, () => {
    key.state = 'Disabled';
  });
  await press(office, `Seal ${COUNT} files`);
  const [sealed, failed] = [HALF_WAY - 1, COUNT - HALF_WAY + 1];
  await expect(batch(office, `${sealed} files sealed, ${failed} could not be sealed`)).toBeVisible();
  await expect(office.page.getByText('is disabled').first()).toBeVisible();
  expect(namesBelow(office.path('papers', 'sealed'), '.enc')).toHaveLength(sealed);
  key.state = 'Enabled';
  await press(office, 'Retry failed');
  await expect(batch(office, `${failed} files sealed`)).toBeVisible();
  await expectObeyed(office, key.arn);
});

test('a session that ends half way is asked about once, and no file is sealed twice', async ({
  office,
  kms,
  key,
}) => {
  await prepare(office);
  let renewed = (): void => {};
  kms.faults.at('GenerateDataKey', HALF_WAY, () => {
    renewed = kms.faults.add({ kind: 'expired' });
  });
  await press(office, `Seal ${COUNT} files`);
  await signInElsewhere(office, () => {
    renewed();
  });
  await expect(batch(office, `${COUNT} files sealed`)).toBeVisible();
  await expect(sessionOver(office)).toBeHidden();
  await expectObeyed(office, key.arn);
});

test('killed half way, only whole pairs are there; the rest is sealed by the same policy', async ({
  office,
  kms,
  key,
}) => {
  await prepare(office);
  let release = (): void => {};
  kms.faults.at('GenerateDataKey', HALF_WAY, () => {
    release = kms.faults.hold('GenerateDataKey');
  });
  await press(office, `Seal ${COUNT} files`);
  await expect.poll(() => generated(kms)).toBeGreaterThanOrEqual(HALF_WAY);
  await office.kill();
  release();
  const page = await office.launch();
  const pairs = namesBelow(office.path('papers'), '.envelope');
  expect(pairs.length).toBeLessThan(COUNT);
  expect(namesBelow(office.path('papers'), '.enc').map((name) => name.replace(/enc$/, 'envelope'))).toEqual(
    pairs,
  );
  expect(namesBelow(office.path('papers'), '.partial')).toEqual([]);
  await office.drop([office.path('papers')]);
  const plan = page.getByRole('dialog', { name: 'Ready to seal' });
  await expect(plan).toContainText('by the policy');
  if (pairs.length > 0) await plan.getByRole('radio', { name: /skip/i }).check();
  await plan.getByRole('button', { name: /^Seal / }).click();
  await expect.poll(() => namesBelow(office.path('papers', 'sealed'), '.envelope').length).toBe(COUNT);
  await expectObeyed(office, key.arn);
});
