/**
 * @file The page crashes, then the program itself, while keys and secrets are in memory: no file that is left, such as an
 * image of that memory, has any of them. Electron keeps none as long as nobody starts its crash reporter
 * (electron/app/crash-reports.test.ts).
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { SECRET } from '../kms-stand-in/connect.ts';
import { symmetric } from '../kms-stand-in/keys.ts';
import { startKms } from '../kms-stand-in/start.ts';
import { makeSharedKey } from './command-line.ts';
import { ACCOUNT, connect, REGION } from './connect.ts';
import type { Desktop } from './fixture.ts';
import { expect, goTo, openChoice, rowIn, test } from './person.ts';
import { textsBelow } from './sheet.ts';
import { spellings } from '../spellings.ts';

const PLAINTEXT = 'TAX-PAPERS-4c1e77d2';
const TYPED = 'typed-and-not-saved-91c4';

/** What lies in the folders where programs leave things. */
function expectNothingLeft(desktop: Desktop, secrets: readonly string[]): void {
  for (const folder of ['home', 'user', 'tmp']) {
    const text = textsBelow(desktop.path(folder));
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    const names = readdirSync(desktop.path(folder), { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /\.dmp$|(?:^|\/)core(?:\.\d+)?$|\.heapsnapshot$/.test(name))).toEqual([]);
  }
}

test('a crash of the page, and one of the program, leave nothing secret', async ({ stopped }) => {
  await using kms = await startKms();
  const place = { account: ACCOUNT, region: REGION };
  kms.keys.addAlias(place, 'alias/team', kms.keys.create(place, symmetric).id);
  for (const folder of ['tmp', 'user']) mkdirSync(stopped.path(folder));
  await makeSharedKey(stopped);
  await stopped.launch({ env: { TMPDIR: stopped.path('tmp') } });
  const { page } = stopped;
  await connect(stopped, kms);
  await goTo(stopped, 'Files');
  writeFileSync(stopped.path('a.txt'), PLAINTEXT.repeat(2000));
  await openChoice(stopped, 'Sealed with');
  await page.getByRole('checkbox', { name: 'alias/team' }).check();
  await page.keyboard.press('Escape');
  await stopped.drop([stopped.path('a.txt')]);
  await expect(rowIn(stopped, stopped.path('a.txt.envelope'))).toBeVisible();
  await goTo(stopped, 'Settings');
  await page.getByRole('button', { name: 'Add a connection…' }).click();
  const form = page.getByRole('dialog', { name: 'Add a connection' });
  await form.getByLabel('Credentials from').selectOption({ label: 'An access key' });
  await form.getByLabel('Secret access key').fill(TYPED);

  const dataKeys = kms.handedOut.flatMap((one) => spellings(Buffer.from(one, 'base64')));
  expect(dataKeys.length).toBeGreaterThan(0);
  const secrets = [SECRET, TYPED, PLAINTEXT, ...dataKeys];
  const session = await page.context().newCDPSession(page);
  // It is never answered: whoever would is gone.
  session.send('Page.crash').catch(() => {});
  await expect.poll(() => stopped.output).toContain("the page's process ended");
  expectNothingLeft(stopped, secrets);
  await stopped.kill('SIGABRT');
  expectNothingLeft(stopped, secrets);
  expect(secrets.filter((secret) => stopped.output.includes(secret))).toEqual([]);
});
