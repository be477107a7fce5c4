/**
 * @file `npm run breaks`: takes each mechanism that SECURITY.md rests on out of a copy of the program (`e2e/breaks/`), one at a
 * time, and sees that every test named for it fails. `npm run breaks -- WORDS` takes only those whose sentence, file or test
 * has one of the words in it; `--tests` leaves out the specs of the window, `--specs` everything else. Takes half an hour.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { breaks } from '../../e2e/breaks/all.ts';
import type { Break } from '../../e2e/breaks/break.ts';

const root = path.resolve(import.meta.dirname, '../..');
const isSpec = (test: string): boolean => test.endsWith('.spec.ts');
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const kinds = { tests: !process.argv.includes('--specs'), specs: !process.argv.includes('--tests') };

/** The program as it is here, but for what git ignores. */
function copyProgram(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'envelope-breaks-'));
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  for (const file of listed.stdout.toString().split('\0').filter(Boolean))
    cpSync(path.join(root, file), path.join(copy, file));
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

const node = (copy: string, ...args: string[]) =>
  spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 28 });

function bundle(copy: string): void {
  const { status, stderr } = node(copy, 'build/scripts/bundle.ts');
  if (status !== 0) throw new Error(`it does not build: ${stderr}`);
}

/** How many tests of a file failed, and of how many. */
function runTest(copy: string, test: string, named?: string): { failed: number; of: number } {
  const report = path.join(copy, 'report.json');
  if (test.startsWith('build/package/')) bundle(copy);
  rmSync(report, { force: true });
  const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
  const only = named === undefined ? [] : ['-t', named];
  const config = ['--config', 'build/vitest.config.ts', '--reporter=json', `--outputFile=${report}`];
  node(copy, vitest, 'run', ...config, ...only, test);
  if (!existsSync(report)) return { failed: 0, of: 0 };
  const { numFailedTests, numTotalTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<
    string,
    number
  >;
  return { failed: numFailedTests ?? 0, of: numTotalTests ?? 0 };
}

function runSpec(copy: string, spec: string): { failed: number; of: number } {
  bundle(copy);
  const playwright = path.join('node_modules', '@playwright/test', 'cli.js');
  const config = ['-c', 'e2e/desktop/playwright.config.ts', '--project=desktop', '--reporter=json'];
  const ran = node(copy, playwright, 'test', ...config, path.basename(spec));
  const { stats } = JSON.parse(ran.stdout.slice(ran.stdout.indexOf('{'))) as {
    stats: Record<string, number>;
  };
  const { expected = 0, unexpected = 0 } = stats;
  return { failed: unexpected, of: expected + unexpected };
}

/** Sees one mechanism fail. @returns whether every test noticed */
function breakIt(copy: string, { what, file, find, put, tests, named }: Break): boolean {
  const at = path.join(copy, file);
  const text = readFileSync(at, 'utf8');
  if (text.split(find).length !== 2)
    throw new Error(`${file}: what is to be broken does not stand there once`);
  writeFileSync(
    at,
    text.replace(find, () => put),
  );
  console.log(`\n${what} (${file})`);
  let all = true;
  for (const test of tests.filter((one) => (isSpec(one) ? kinds.specs : kinds.tests))) {
    const { failed, of } = isSpec(test) ? runSpec(copy, test) : runTest(copy, test, named);
    all &&= failed > 0;
    console.log(`  ${failed > 0 ? 'noticed by' : 'NOT NOTICED by'} ${test}: ${failed} of ${of} fail`);
  }
  writeFileSync(at, text);
  return all;
}

const chosen = breaks.filter(
  ({ what, file, tests }) =>
    words.length === 0 || words.some((word) => [what, file, ...tests].some((text) => text.includes(word))),
);
const copy = copyProgram();
try {
  const unnoticed = chosen.filter((one) => !breakIt(copy, one));
  console.log(
    `\n${chosen.length} broken, ${chosen.length - unnoticed.length} noticed by every test named for it`,
  );
  for (const { what } of unnoticed) console.log(`  not by every one: ${what}`);
  if (unnoticed.length > 0) process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
