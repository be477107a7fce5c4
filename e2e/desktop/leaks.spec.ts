/**
 * @file After a run with everything in it, faults too, no secret is anywhere it should not be: not in what was printed, not
 * in any file of the program's own, not in the page, nor in the page's memory.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SECRET } from '../kms-stand-in/connect.ts';
import { symmetric } from '../kms-stand-in/keys.ts';
import { startKms } from '../kms-stand-in/start.ts';
import { ACCOUNT, connect, REGION, roleWithMfa } from './connect.ts';
import { envelope, makeSharedKey } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { heapOf } from './heap.ts';
import { done, expect, goTo, openChoice, press, rowIn, test } from './person.ts';
import { textsBelow } from './sheet.ts';
import { writeTree } from './tree.ts';
import { spellings } from '../spellings.ts';

const MFA_CODE = '902781';
const PROFILE_SECRET = 'profile+SECRET/0f3c8a71d2b94e56a7';
const PASSPHRASE = 'correct horse battery 59b1';
const PLAINTEXT = 'TAX-PAPERS-4c1e77d0';

async function everythingOf(desktop: Desktop): Promise<Record<string, string>> {
  return {
    printed: desktop.output,
    files: textsBelow(desktop.home),
    page: await desktop.page.content(),
    memory: await heapOf(desktop),
  };
}

function expectNone(all: Readonly<Record<string, string>>, secrets: Readonly<Record<string, string>>): void {
  const found = Object.entries(all).flatMap(([where, text]) =>
    Object.entries(secrets).flatMap(([what, secret]) =>
      text.includes(secret) ? [`${what} in ${where}`] : [],
    ),
  );
  expect(found).toEqual([]);
}

async function answer(desktop: Desktop, title: string, ...texts: readonly string[]): Promise<void> {
  const question = desktop.page.getByRole('dialog', { name: title });
  await expect(question).toBeVisible();
  for (const [index, text] of texts.entries()) await question.getByRole('textbox').nth(index).fill(text);
  await desktop.page.keyboard.press('Enter');
  await expect(question).toBeHidden();
}

test('keys, secrets, codes and plaintext, with access keys and a passphrase', async ({ stopped: window }) => {
  // Where programs leave things, temporaries and reports of crashes: nobody else's are in it.
  const temporary = window.path('tmp');
  mkdirSync(temporary);
  await makeSharedKey(window);
  await window.launch({ env: { TMPDIR: temporary } });
  await using kms = await startKms();
  const place = { account: ACCOUNT, region: REGION };
  const key = kms.keys.create(place, symmetric);
  kms.keys.addAlias(place, 'alias/team', key.id);
  await connect(window, kms);
  await goTo(window, 'Files');
  writeFileSync(window.path('a.txt'), PLAINTEXT.repeat(2000));
  await openChoice(window, 'Sealed with');
  await window.page.getByRole('checkbox', { name: 'alias/team' }).check();
  await window.page.keyboard.press('Escape');
  await window.drop([window.path('a.txt')]);
  await expect(rowIn(window, window.path('a.txt.envelope'))).toBeVisible();
  // Faults, whose messages go far.
  const allow = kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
  writeFileSync(window.path('denied.txt'), PLAINTEXT);
  await window.drop([window.path('denied.txt')]);
  await expect(window.page.getByText('AWS does not allow you to use')).toBeVisible();
  allow();
  // A data key of the wrong length is in the answer, and so in what is refused.
  const right = kms.faults.add({ kind: 'short-key', action: 'GenerateDataKey' });
  writeFileSync(window.path('short.txt'), PLAINTEXT);
  await window.drop([window.path('short.txt')]);
  await expect(window.page.getByText('The KMS gave an answer that cannot be right').first()).toBeVisible();
  right();
  const renew = kms.faults.add({ kind: 'expired', action: 'GenerateDataKey' });
  writeFileSync(window.path('expired.txt'), PLAINTEXT);
  await window.drop([window.path('expired.txt')]);
  const question = window.page.getByRole('dialog', { name: '“work” needs its access key' });
  await expect(question).toBeVisible();
  renew();
  await question.getByLabel('Secret access key').fill(SECRET);
  await question.getByRole('button', { name: 'Go on' }).click();
  await expect(rowIn(window, window.path('expired.txt.envelope'))).toBeVisible();
  writeFileSync(window.path('broken.envelope'), PLAINTEXT);
  await window.drop([window.path('broken.envelope')]);
  await expect(window.page.getByText('This is not a valid envelope').first()).toBeVisible();
  await window.drop([window.path('a.txt.envelope')]);
  await press(window, 'Open');
  await expect(done(window, 'Opened')).toBeVisible();
  await goTo(window, 'Keys');
  await window.page.getByRole('button', { name: 'More for shared' }).click();
  await window.page.getByRole('menuitem', { name: 'Change protection…' }).click();
  const form = window.page.getByRole('dialog', { name: 'Protect “shared”' });
  await form.getByRole('radio', { name: 'Passphrase' }).check();
  await form.getByRole('button', { name: 'Save' }).click();
  await answer(window, 'A passphrase for “shared”', PASSPHRASE, PASSPHRASE);
  await expect(window.page.getByText('Protected by a passphrase')).toBeVisible();
  await goTo(window, 'Settings');

  const dataKeys = kms.handedOut.flatMap((one) => spellings(Buffer.from(one, 'base64')));
  expect(dataKeys.length).toBeGreaterThan(3);
  const secrets = {
    'the secret access key': SECRET,
    'the passphrase': PASSPHRASE,
    'the plaintext': PLAINTEXT,
    'the plaintext in base64': Buffer.from(PLAINTEXT).toString('base64').slice(0, -4),
    'the master key of the KMS': key.materials[0]?.secret.toString('hex') ?? '',
    ...Object.fromEntries(dataKeys.map((text, index) => [`data key ${index}`, text])),
  };
  const all = await everythingOf(window);
  // A search that found nothing because it looked at nothing would be no proof.
  expect(all['memory']).toContain('AKIAIOSFODNN7EXAMPLE');
  expect(all['files']).toContain('AKIAIOSFODNN7EXAMPLE');
  expectNone({ ...all, temporary: textsBelow(temporary) }, secrets);
  expect(all['printed']).not.toContain(window.folder);
  const left = readdirSync(temporary, { recursive: true, encoding: 'utf8' });
  expect(left.filter((name) => /envelope|\.dmp$/i.test(name))).toEqual([]);
});

test('an MFA code, and what it gives', async ({ stopped }) => {
  await using kms = await startKms({ mfaCodes: [MFA_CODE] });
  const place = { account: ACCOUNT, region: REGION };
  kms.keys.addAlias(place, 'alias/team', kms.keys.create(place, symmetric).id);
  writeTree(stopped.path('aws'), {
    credentials: `[base]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = ${PROFILE_SECRET}\n`,
  });
  await envelope(stopped, 'keys', 'new', 'shared');
  await stopped.launch();
  await connect(stopped, kms, roleWithMfa);
  const question = stopped.page.getByRole('dialog', { name: 'MFA code' });
  await question.getByLabel('Six digits').fill('111222');
  await question.getByRole('button', { name: 'Go on' }).click();
  await expect(question.getByText('AWS did not take that code')).toBeVisible();
  await question.getByLabel('Six digits').fill(MFA_CODE);
  await question.getByRole('button', { name: 'Go on' }).click();
  await expect(question).toBeHidden();
  await goTo(stopped, 'Files');
  await openChoice(stopped, 'Sealed with');
  await stopped.page.getByRole('checkbox', { name: 'alias/team' }).check();
  await stopped.page.keyboard.press('Escape');
  writeFileSync(stopped.path('a.txt'), PLAINTEXT);
  await stopped.drop([stopped.path('a.txt')]);
  await expect(rowIn(stopped, stopped.path('a.txt.envelope'))).toBeVisible();
  const all = await everythingOf(stopped);
  // Digits stand in a snapshot for other things too: the code is looked for as a text of its own.
  expectNone(
    { ...all, memory: textsIn(all['memory'] ?? '') },
    {
      'the MFA code': `"${MFA_CODE}"`,
      'the secret of the profile': PROFILE_SECRET,
    },
  );
  expectNone({ printed: stopped.output, files: all['files'] ?? '' }, { 'the MFA code': MFA_CODE });
  expect(readFileSync(path.join(stopped.home, 'settings.json'), 'utf8')).toContain('role/sealer');
});

/** The strings of a snapshot, each in quotes. */
function textsIn(snapshot: string): string {
  const { strings } = JSON.parse(snapshot) as { strings: string[] };
  return strings.map((text) => JSON.stringify(text)).join('\n');
}
