/** @file Sealing again with a new data key: killed half way, the key disabled half way, the session over half way. */
import { readFileSync } from 'node:fs';
import type { StandIn } from '../kms-stand-in/start.ts';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { namesBelow, papers, signInElsewhere, test } from './office.ts';
import { expect, goTo, press } from './person.ts';
import { readTree, writeTree } from './tree.ts';

const COUNT = 12;
const HALF_WAY = 5;

const heading = ({ page }: Desktop, name: string | RegExp) => page.getByRole('heading', { name });

async function toAccess(desktop: Desktop): Promise<void> {
  await goTo(desktop, 'Keys');
  await desktop.page.getByRole('tab', { name: 'Who can open' }).click();
}

/** Envelopes of alias/team, about to be sealed again for it. @returns the bodies as they were */
async function prepare(desktop: Desktop): Promise<Record<string, string>> {
  writeTree(desktop.path('papers'), papers(COUNT));
  await envelope(desktop, 'seal', 'papers', '--to', 'sealed', '--key', 'alias/team');
  await desktop.launch();
  await toAccess(desktop);
  await desktop.drop([desktop.path('sealed')]);
  await desktop.page.getByText('Seal again', { exact: true }).click();
  await expect(desktop.page.getByText('Keys that open it from now on')).toBeVisible();
  await press(desktop, 'Show the plan');
  await expect(heading(desktop, `${COUNT} envelopes would be sealed again`)).toBeVisible();
  return bodies(desktop);
}

const bodies = (desktop: Desktop): Record<string, string> =>
  Object.fromEntries(
    namesBelow(desktop.path('sealed'), '.enc').map((name) => [
      name,
      readFileSync(desktop.path('sealed', name), 'base64'),
    ]),
  );

const changed = (desktop: Desktop, before: Record<string, string>): number =>
  Object.entries(bodies(desktop)).filter(([name, bytes]) => bytes !== before[name]).length;

const generated = (kms: StandIn): number =>
  kms.calls.filter(({ action, dryRun }) => action === 'GenerateDataKey' && !dryRun).length;

/** Every pair is whole, the old one or the new one, and no body is left over. */
async function expectWhole(desktop: Desktop): Promise<void> {
  expect(namesBelow(desktop.path('sealed'), '.partial')).toEqual([]);
  expect(namesBelow(desktop.path('sealed'), '.enc')).toHaveLength(COUNT);
  expect(namesBelow(desktop.path('sealed'), '.envelope')).toHaveLength(COUNT);
  await envelope(desktop, 'verify', 'sealed');
  expect(readTree(desktop.path('papers'))).toEqual(papers(COUNT));
}

test('killed half way, every pair is the old or the new one, and the rest is done at the next start', async ({
  office,
  kms,
}) => {
  const before = await prepare(office);
  kms.calls.length = 0;
  let release = (): void => {};
  kms.faults.at('GenerateDataKey', HALF_WAY, () => {
    release = kms.faults.hold('GenerateDataKey');
  });
  await press(office, `Seal ${COUNT} envelopes again`);
  await expect.poll(() => generated(kms)).toBeGreaterThanOrEqual(HALF_WAY);
  await office.kill();
  release();
  const page = await office.launch();
  await expect(page.getByText('A change of who can open was interrupted.')).toBeVisible();
  await expectWhole(office);
  expect(changed(office, before)).toBeLessThan(COUNT);
  await toAccess(office);
  const left = page.getByRole('region', { name: 'Begun and not finished' });
  await expect(left).toContainText('interrupted before its end');
  await left.getByRole('button', { name: /^Go on with it/ }).click();
  // Each is counted once, also one whose pair was there before its line in the record.
  await expect(heading(office, `${COUNT} envelopes sealed again`)).toBeVisible();
  await expect(left).toBeHidden();
  await expectWhole(office);
  expect(changed(office, before)).toBe(COUNT);
});

test('a key that is disabled half way fails the rest, which is done once it is enabled', async ({
  office,
  kms,
  key,
}) => {
  const before = await prepare(office);
  kms.faults.at('GenerateDataKey', HALF_WAY, () => {
    key.state = 'Disabled';
  });
  await press(office, `Seal ${COUNT} envelopes again`);
  const list = office.page.getByRole('region', { name: 'Envelopes: Failed' });
  await expect(list.getByText('is disabled').first()).toBeVisible();
  key.state = 'Enabled';
  await expectWhole(office);
  expect(changed(office, before)).toBeLessThan(COUNT);
  await press(office, 'Try the failed ones again');
  await expect(heading(office, `${COUNT} envelopes sealed again`)).toBeVisible();
  await expectWhole(office);
  expect(changed(office, before)).toBe(COUNT);
});

test('a session that ends half way is asked about once, and all are sealed again', async ({
  office,
  kms,
}) => {
  const before = await prepare(office);
  let renewed = (): void => {};
  kms.faults.at('GenerateDataKey', HALF_WAY, () => {
    renewed = kms.faults.add({ kind: 'expired' });
  });
  await press(office, `Seal ${COUNT} envelopes again`);
  await signInElsewhere(office, () => {
    renewed();
  });
  await expect(heading(office, `${COUNT} envelopes sealed again`)).toBeVisible();
  await expectWhole(office);
  expect(changed(office, before)).toBe(COUNT);
});
