/** @file A look at the health of envelopes that is killed half way, whose key is disabled then, or whose session ends. */
import type { StandIn } from '../kms-stand-in/start.ts';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { namesBelow, papers, signInElsewhere, test } from './office.ts';
import { expect, goTo, press } from './person.ts';
import { readTree, writeTree } from './tree.ts';

const COUNT = 6;
/** One dry run for all, then one real call for each envelope: this is in the middle. */
const HALF_WAY = 4;

const headline = ({ page }: Desktop, opens: number) =>
  page.getByRole('heading', { name: `${opens} of ${COUNT} envelopes open now` });

async function toHealth(desktop: Desktop): Promise<void> {
  await goTo(desktop, 'Keys');
  await desktop.page.getByRole('tab', { name: 'Health' }).click();
}

/** Envelopes of alias/team alone, which were looked at and open. */
async function prepare(desktop: Desktop): Promise<void> {
  writeTree(desktop.path('papers'), papers(COUNT));
  await envelope(desktop, 'seal', 'papers', '--to', 'sealed', '--key', 'alias/team');
  await desktop.launch();
  await toHealth(desktop);
  await desktop.drop([desktop.path('sealed')]);
  await expect(headline(desktop, COUNT)).toBeVisible();
}

const decrypts = (kms: StandIn): number =>
  kms.calls.filter(({ action, dryRun }) => action === 'Decrypt' && !dryRun).length;

test('a key that is disabled half way is told as that, and what was checked before stays so', async ({
  office,
  kms,
  key,
}) => {
  await prepare(office);
  const before = readTree(office.path('sealed'));
  kms.faults.at('Decrypt', HALF_WAY, () => {
    key.state = 'Disabled';
  });
  await press(office, 'Check every byte');
  await expect(headline(office, HALF_WAY - 2)).toBeVisible();
  await expect(office.page.getByText('is disabled').first()).toBeVisible();
  expect(readTree(office.path('sealed'))).toEqual(before);
  key.state = 'Enabled';
  await press(office, 'Check every byte');
  await expect(headline(office, COUNT)).toBeVisible();
});

test('a session that ends half way is asked about once, and the look goes on', async ({ office, kms }) => {
  await prepare(office);
  let renewed = (): void => {};
  kms.faults.at('Decrypt', HALF_WAY, () => {
    renewed = kms.faults.add({ kind: 'expired' });
  });
  await press(office, 'Check every byte');
  await signInElsewhere(office, () => {
    renewed();
  });
  await expect(headline(office, COUNT)).toBeVisible();
  await expect(office.page.getByText(`every byte of ${COUNT} files was checked`)).toBeVisible();
});

test('killed half way, it has changed nothing and left nothing, and can be done again', async ({
  office,
  kms,
}) => {
  await prepare(office);
  const before = readTree(office.path('sealed'));
  kms.calls.length = 0;
  let release = (): void => {};
  kms.faults.at('Decrypt', HALF_WAY, () => {
    release = kms.faults.hold('Decrypt');
  });
  await press(office, 'Check every byte');
  await expect.poll(() => decrypts(kms)).toBeGreaterThanOrEqual(HALF_WAY - 1);
  await office.kill();
  release();
  expect(readTree(office.path('sealed'))).toEqual(before);
  await office.launch();
  await toHealth(office);
  await expect(office.page.getByRole('button', { name: 'Choose a folder…' })).toBeVisible();
  expect(namesBelow(office.home, '.jsonl').filter((name) => name.includes('health'))).toEqual([]);
  await office.drop([office.path('sealed')]);
  await expect(headline(office, COUNT)).toBeVisible();
});
