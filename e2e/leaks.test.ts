/**
 * @file After work on the command line under every fault of a KMS, no key, secret, passphrase or plaintext is in what was
 * printed, in any file of the program's own, in reports, or in temporary files; and errors name no folder of the program's.
 * The window has the same in desktop/leaks.spec.ts.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HOME, newKey } from './kms-stand-in/fixture.ts';
import type { FaultKind } from './kms-stand-in/faults.ts';
import type { Key } from './kms-stand-in/keys.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';
import { Place, type Ran } from './run-cli.ts';
import { spellings } from './spellings.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/leak-SECRET-77';
const SESSION_TOKEN = 'FwoGZXIvYXdzEJr-leak-SESSION-42';
const PASSPHRASE = 'correct horse battery 59b1';
const PLAINTEXT = 'TAX-PAPERS-4c1e77d0';

const faults: readonly FaultKind[] = [
  { kind: 'denied' },
  { kind: 'broken' },
  { kind: 'expired' },
  { kind: 'skewed' },
  { kind: 'reset' },
  { kind: 'half' },
  { kind: 'foreign-key' },
  { kind: 'short-key' },
  { kind: 'long-key' },
  { kind: 'refuse', name: 'SomethingNew', message: 'with a text of its own' },
];

let kms: StandIn;
let place: Place;
let key: Key;
let printed: { out: string; err: string };

beforeEach(async () => {
  kms = await startKms();
  key = newKey(kms);
  place = new Place();
  printed = { out: '', err: '' };
  mkdirSync(place.at('tmp'));
  writeFileSync(place.at('passphrase'), PASSPHRASE);
});
afterEach(async () => {
  place[Symbol.dispose]();
  await kms.stop();
});

async function run(...words: readonly string[]): Promise<Ran> {
  const env = {
    AWS_ACCESS_KEY_ID: 'ASIALEAKTEST',
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_SESSION_TOKEN: SESSION_TOKEN,
    AWS_REGION: HOME,
    TMPDIR: place.at('tmp'),
    ENVELOPE_PASSPHRASE: PASSPHRASE,
  };
  const ran = await place.run(words, { env });
  printed.out += ran.out;
  printed.err += ran.err;
  return ran;
}

async function well(...words: readonly string[]): Promise<void> {
  const ran = await run(...words);
  expect(ran.code, ran.err).toBe(0);
}

it('nothing that is secret is anywhere', { timeout: 240_000 }, async () => {
  const arn = key.arn;
  const sealed = place.at('sealed', 'a.txt.envelope');
  await well('keys', 'aws', 'connect', 'work', '--endpoint', kms.endpoint, '--region', HOME);
  await well('keys', 'new', 'guarded', '--passphrase', '--new-passphrase-file', place.at('passphrase'));
  writeFileSync(place.at('a.txt'), PLAINTEXT.repeat(100));
  await well('seal', 'a.txt', '--to', 'sealed', '--key', arn, '--key', 'guarded');
  await well('rewrap', sealed, '--remove', 'guarded', '--yes');
  for (const [n, fault] of faults.entries()) {
    const end = kms.faults.add(fault);
    writeFileSync(place.at(`${n}.txt`), PLAINTEXT);
    const report = ['--report', place.at(`report-${n}.json`)];
    const ended = await Promise.all([
      run('seal', `${n}.txt`, '--to', 'sealed', '--key', arn, '--json'),
      run('open', sealed, '--to', `back-${n}`),
      run('rewrap', sealed, '--add', 'guarded', '--yes', ...report),
    ]);
    expect(ended.map(({ code }) => code)).not.toContain(0);
    end();
  }
  await well('open', sealed, '--to', 'back');
  await run('health', 'sealed', '--json');

  const dataKeys = kms.handedOut.flatMap((one) => spellings(Buffer.from(one, 'base64')));
  expect(dataKeys.length).toBeGreaterThan(3 * faults.length);
  const secrets = {
    'the secret access key': [SECRET],
    'the session token': [SESSION_TOKEN],
    'the passphrase': [PASSPHRASE],
    'the plaintext': [PLAINTEXT, ...spellings(Buffer.from(PLAINTEXT)).map((text) => text.slice(0, 20))],
    'a data key': dataKeys,
  };
  const temporary = readdirSync(place.at('tmp'), { recursive: true, encoding: 'utf8' });
  const reports = readdirSync(place.folder).filter((name) => name.startsWith('report-'));
  const everywhere = {
    'what was printed': printed.out,
    errors: printed.err,
    'the program’s own files': place.homeTexts().join('\n'),
    reports: reports.map((name) => readFileSync(place.at(name), 'utf8')).join('\n'),
    envelopes: readdirSync(place.at('sealed'))
      .map((name) => readFileSync(place.at('sealed', name), 'latin1'))
      .join('\n'),
  };
  // A search that found nothing because it looked at nothing would be no proof.
  expect(reports.length).toBeGreaterThan(0);
  expect(everywhere.errors).toContain('does not allow');
  expect(everywhere['the program’s own files']).toContain(kms.endpoint);
  const found = Object.entries(everywhere).flatMap(([where, text]) =>
    Object.entries(secrets).flatMap(([what, all]) =>
      all.some((secret) => text.includes(secret)) ? [`${what} in ${where}`] : [],
    ),
  );
  expect(found).toEqual([]);
  expect(temporary).toEqual([]);
  expect(printed.err).not.toContain(path.dirname(place.homeOf()));
  expect(readdirSync(place.at('sealed')).sort()).toEqual(['a.txt.enc', 'a.txt.envelope']);
});
