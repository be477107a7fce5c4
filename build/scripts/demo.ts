/**
 * @file `npm run demo`: a demonstration by the real command line. Seals a sample file with a local
 * key, shows what was written, opens it again and compares. Everything stays in one temporary folder.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const cli = path.resolve(import.meta.dirname, '../../electron/cli.ts');
const folder = mkdtempSync(path.join(tmpdir(), 'envelope-demo-'));
const at = (...names: string[]): string => path.join(folder, ...names);

function say(text: string): void {
  console.log(`\n${text}`);
}

/** Runs `envelope …` as a user would, in the demonstration's folder and with keys of its own. */
function envelope(...args: string[]): void {
  console.log(`$ envelope ${args.join(' ')}`);
  const env = { ...process.env, ENVELOPE_HOME: at('home') };
  const { status } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, env, stdio: 'inherit' });
  if (status !== 0) throw new Error(`envelope ${args[0] ?? ''} ended with ${String(status)}`);
}

function writeSample(): void {
  const line = 'What is in here is nobody’s business but yours.\n';
  writeFileSync(at('letter.txt'), line.repeat(1000), { mode: 0o640 });
  utimesSync(at('letter.txt'), new Date(), new Date('2026-01-02T03:04:05Z'));
}

function showSame(name: string, copy: string): void {
  const same = readFileSync(at(name)).equals(readFileSync(at(copy)));
  const [a, b] = [statSync(at(name)), statSync(at(copy))];
  const kept = Math.floor(a.mtimeMs) === Math.floor(b.mtimeMs) && a.mode === b.mode;
  if (!same || !kept) throw new Error(`${copy} is not ${name}`);
  say(`${copy} has the bytes, the time and the permissions of ${name}.`);
}

say(`The engine of Envelope at work, in ${folder}`);
writeSample();

say('1. Seal a file. There is no key yet: one is made for this computer, no question asked.');
envelope('seal', 'letter.txt');

say(
  '2. What lies there now: the body, which is noise without its key, and the envelope, which says how to get it.',
);
console.log(readFileSync(at('letter.txt.envelope'), 'utf8'));
envelope('inspect', 'letter.txt.envelope');

say('3. Open it elsewhere, and compare.');
mkdirSync(at('opened'));
envelope('open', 'letter.txt.envelope', '--to', 'opened');
showSame('letter.txt', path.join('opened', 'letter.txt'));
say('Try it on your own files: npm run envelope -- --help');
