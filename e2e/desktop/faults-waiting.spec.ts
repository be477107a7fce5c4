/** @file A KMS key that is being added to what waited for it: killed half way, disabled half way, the session over half way. */
import type { StandIn } from '../kms-stand-in/start.ts';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { keysOf, namesBelow, papers, sessionOver, signInElsewhere, test } from './office.ts';
import { expect } from './person.ts';
import { writeTree } from './tree.ts';

const COUNT = 3;
/** The key is added to the first, and not yet to the second. */
const HALF_WAY = 2;

const line = ({ page }: Desktop) => page.getByRole('region', { name: /files? waits? for alias\/team$/ });

/** Files that were sealed while nobody was there. */
async function sealOffline(desktop: Desktop): Promise<void> {
  writeTree(desktop.path('papers'), papers(COUNT));
  const nobody = ['--endpoint', 'http://127.0.0.1:9'];
  await envelope(desktop, 'seal', 'papers', '--key', 'alias/team', '--offline-ok', ...nobody);
}

/** The first key of each envelope: that of this computer, or one of the KMS. */
const kinds = (desktop: Desktop): string[] =>
  namesBelow(desktop.path('papers'), '.envelope')
    .map((name) => keysOf(desktop.path('papers', name)).join(' '))
    .map((keys) => keys.replaceAll(/local:\S+/g, 'local').replaceAll(/arn:\S+/g, 'kms'));

/** Presses “Try now”, unless the app is trying by itself at this moment. */
async function tryNow(desktop: Desktop): Promise<void> {
  await line(desktop).getByRole('button', { name: /^Try/ }).dispatchEvent('click');
}

const encrypts = (kms: StandIn): number => kms.actions.filter((action) => action === 'Encrypt').length;

test('killed half way, each envelope is as it was or has its key; the rest goes on at the next start', async ({
  office,
  kms,
}) => {
  await sealOffline(office);
  let release = (): void => {};
  kms.faults.at('Encrypt', HALF_WAY, () => {
    release = kms.faults.hold('Encrypt');
  });
  await office.launch();
  await expect(line(office)).toBeVisible();
  await tryNow(office);
  await expect.poll(() => encrypts(kms)).toBeGreaterThanOrEqual(HALF_WAY);
  await office.kill();
  release();
  for (const kind of kinds(office)) expect(['local', 'kms', 'local kms']).toContain(kind);
  expect(kinds(office)).toContain('local');
  await office.launch();
  await expect(async () => {
    if (await line(office).isVisible()) await tryNow(office);
    expect(kinds(office)).toEqual(['kms', 'kms', 'kms']);
  }).toPass();
  await expect(line(office)).toBeHidden();
  expect(namesBelow(office.path('papers'), '.partial')).toEqual([]);
  await envelope(office, 'verify', 'papers');
});

test('a key that is disabled half way is not added to the rest, which says why and waits on', async ({
  office,
  kms,
  key,
}) => {
  await sealOffline(office);
  kms.faults.at('Encrypt', HALF_WAY, () => {
    key.state = 'Disabled';
  });
  const page = await office.launch();
  await tryNow(office);
  await expect.poll(() => encrypts(kms)).toBeGreaterThanOrEqual(HALF_WAY);
  await expect(line(office).getByRole('button', { name: 'Try now' })).toBeEnabled();
  await line(office).getByRole('button', { name: 'Show' }).click();
  const list = page.getByRole('dialog', { name: 'Files that wait for a KMS key' });
  await expect(list).toContainText('is disabled');
  await page.keyboard.press('Escape');
  for (const kind of kinds(office)) expect(['local', 'kms', 'local kms']).toContain(kind);
  expect(kinds(office)).toContain('local');
  key.state = 'Enabled';
  await expect(async () => {
    if (await line(office).isVisible()) await tryNow(office);
    await expect(line(office)).toBeHidden({ timeout: 1000 });
  }).toPass();
  expect(kinds(office)).toEqual(['kms', 'kms', 'kms']);
});

test('a session that ends half way is asked about where a person tries, and all get their key', async ({
  office,
  kms,
}) => {
  await sealOffline(office);
  let renewed = (): void => {};
  kms.faults.at('Encrypt', HALF_WAY, () => {
    renewed = kms.faults.add({ kind: 'expired' });
  });
  await office.launch();
  // What the app tries by itself asks nobody: then it is tried once more.
  await expect(async () => {
    await tryNow(office);
    await expect(sessionOver(office)).toBeVisible({ timeout: 1000 });
  }).toPass();
  await signInElsewhere(office, () => {
    renewed();
  });
  await expect(line(office)).toBeHidden();
  expect(kinds(office)).toEqual(['kms', 'kms', 'kms']);
});
