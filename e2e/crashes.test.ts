/**
 * @file A bug, or a crash, while keys are in memory: no key, secret, passphrase or plaintext is in what is printed of it, nor
 * in any file that is left, reports of Node among them. The window has the same in desktop/crashes.spec.ts.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HOME, newKey } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';
import { Place } from './run-cli.ts';
import { spellings } from './spellings.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/crash-SECRET-77';
const SESSION_TOKEN = 'FwoGZXIvYXdzEJr-crash-SESSION-42';
const PASSPHRASE = 'correct horse battery 59b2';
const PLAINTEXT = 'TAX-PAPERS-4c1e77d1';

let kms: StandIn;
let place: Place;

beforeEach(async () => {
  kms = await startKms();
  place = new Place();
  mkdirSync(place.at('tmp'));
  mkdirSync(place.at('reports'));
  writeFileSync(place.at('passphrase'), PASSPHRASE);
  writeFileSync(place.at('a.txt'), PLAINTEXT.repeat(100));
});
afterEach(async () => {
  place[Symbol.dispose]();
  await kms.stop();
});

const variables = (): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: 'ASIACRASHTEST',
  AWS_SECRET_ACCESS_KEY: SECRET,
  AWS_SESSION_TOKEN: SESSION_TOKEN,
  AWS_REGION: HOME,
  TMPDIR: place.at('tmp'),
  ENVELOPE_PASSPHRASE: PASSPHRASE,
});

/** As an administrator might set it for other programs: whatever goes wrong is written down. */
const reporting = (): string =>
  [
    `--import=${path.join(import.meta.dirname, 'bug.mjs')}`,
    '--report-uncaught-exception',
    '--report-on-fatalerror',
    `--report-directory=${place.at('reports')}`,
  ].join(' ');

/** Everything below the folder that a test of its own did not put there as it is. */
function filesBelow(folder: string): Record<string, string> {
  const own = new Set(['passphrase', 'a.txt']);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !own.has(name));
  const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(path.join(folder, name), 'latin1')]));
}

it.each([
  ['thrown while a file is sealed', 'throw'],
  ['thrown where nobody waits for it', 'later'],
  ['that ends the process', 'abort'],
])('a bug %s leaves nothing secret', { timeout: 120_000 }, async (_, bug) => {
  const env = variables();
  const made = await place.run(
    ['keys', 'new', 'guarded', '--passphrase', '--new-passphrase-file', place.at('passphrase')],
    { env },
  );
  expect(made.code, made.err).toBe(0);
  const words = ['seal', 'a.txt', '--key', newKey(kms).arn, '--key', 'guarded', '--endpoint', kms.endpoint];
  const ran = await place.run(words, {
    env: { ...env, NODE_OPTIONS: reporting(), BUG: bug },
    // No image of its memory: whether the system writes one is the system's own setting.
    before: ['sh', '-c', 'ulimit -c 0; exec "$@"', 'sh'],
  });
  expect(ran.code).not.toBe(0);
  if (bug !== 'abort') expect(ran.err).toContain('provoked');
  const files = filesBelow(place.folder);
  const reports = Object.keys(files).filter((name) => name.startsWith('reports'));
  // A search that found nothing because it looked at nothing would be no proof.
  expect(reports.length).toBe(bug === 'abort' ? 0 : 1);
  for (const name of reports) {
    expect(files[name]).toContain('provoked');
    // A thread that was there has a part of its own in it.
    const threads = bug === 'later' ? [expect.anything()] : [];
    expect(JSON.parse(files[name] ?? '')).toMatchObject({ workers: threads });
  }
  const dataKeys = kms.handedOut.flatMap((one) => spellings(Buffer.from(one, 'base64')));
  expect(dataKeys.length).toBeGreaterThan(0);
  const secrets = {
    'the secret access key': [SECRET],
    'the session token': [SESSION_TOKEN],
    'the passphrase': [PASSPHRASE],
    'the plaintext': [PLAINTEXT],
    'a data key': dataKeys,
  };
  const everywhere = { ...files, printed: ran.out + ran.err, 'its own files': place.homeTexts().join('\n') };
  const found = Object.entries(everywhere).flatMap(([where, text]) =>
    Object.entries(secrets).flatMap(([what, all]) =>
      all.some((secret) => text.includes(secret)) ? [`${what} in ${where}`] : [],
    ),
  );
  expect(found).toEqual([]);
  // What was begun is put away by the next start.
  expect((await place.run(['seal', 'a.txt', '--key', 'guarded'], { env })).code).toBe(0);
  expect(Object.keys(filesBelow(place.folder)).filter((name) => name.includes('.partial'))).toEqual([]);
  expect(readFileSync(place.at('a.txt'), 'utf8')).toBe(PLAINTEXT.repeat(100));
});
