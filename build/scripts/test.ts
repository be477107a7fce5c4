/**
 * @file `npm test`: everything, in the order in which a failure is cheapest to find. Prints what it ran on and ends
 * with one line of counts. `npm test -- <vitest filters>` runs only the matching tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { backend } from '../../e2e/desktop/backend.ts';
import { findChromium } from '../../e2e/stand-in/chromium.ts';
import { debianInstaller, hasBrowser, NO_BROWSER } from './browser.ts';

const tool = (name: string, bin: string): string => path.join('node_modules', name, bin);

function run(title: string, args: string[]): boolean {
  console.log(`\n— ${title}`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  console.log(`  ${status === 0 ? 'ok' : 'FAILED'}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return status === 0;
}

/** The Python that has tink, moto, cryptography and boto3, if this machine has one (e2e/interop/README.md). */
function interopPython(): string | undefined {
  const cache =
    process.env.ENVELOPE_CACHE ??
    path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'envelope');
  const python = process.env.ENVELOPE_PYTHON ?? path.join(cache, 'python', 'bin', 'python');
  if (!existsSync(python)) return undefined;
  const probe = spawnSync(python, ['-c', 'import tink, moto, cryptography, boto3'], { stdio: 'ignore' });
  return probe.status === 0 ? python : undefined;
}

function announceInterop(): void {
  const python = interopPython();
  if (python !== undefined) {
    process.env.ENVELOPE_PYTHON = python;
    console.log(`Interop with tink, moto and the Python opener: by ${python}`);
    return;
  }
  delete process.env.ENVELOPE_PYTHON;
  console.log('Interop with tink, moto and the Python opener: NOT RUN, no Python with these packages.');
  console.log('  e2e/interop/README.md says how to have it; .ci/run always has it.');
}

function runTests(filters: string[]): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'envelope-test-report-'));
  const report = path.join(folder, 'report.json');
  const passed = run('tests', [
    tool('vitest', 'vitest.mjs'),
    'run',
    '--config',
    'build/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ]);
  if (existsSync(report)) {
    const counts = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    console.log(`\n${counts.numPassedTests} passed, ${counts.numFailedTests} failed`);
  }
  rmSync(folder, { recursive: true, force: true });
  return passed;
}

/** The desktop app's own specs, on Electron where its runtime is there, else on the stand-in and an installed Chromium. */
function runSpecs(): boolean {
  const isRoot = process.getuid?.() === 0;
  if (!hasBrowser({ backend: backend.kind, findChromium, isRoot, install: debianInstaller() })) {
    console.log(`\n— ${NO_BROWSER}`);
    return false;
  }
  return (
    run('bundle', ['build/scripts/bundle.ts']) &&
    run('specs of the window', [
      tool('@playwright/test', 'cli.js'),
      'test',
      '--config',
      'e2e/desktop/playwright.config.ts',
    ]) &&
    (backend.kind === 'packaged' || run('specs of the packaged program', ['build/scripts/packaged.ts']))
  );
}

const filters = process.argv.slice(2);
console.log(`Node ${process.versions.node}, ${process.platform} ${process.arch}`);
announceInterop();
/** What fails at once spares the rest; what takes long is all run, so that one red run tells everything. */
const soon: (() => boolean)[] = [
  () => run('types', [tool('typescript', 'bin/tsc'), '-b']),
  () => run('lint', [tool('oxlint', 'bin/oxlint'), '--type-aware', '--deny-warnings']),
  () => run('format', [tool('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '.']),
];
const passed =
  filters.length > 0
    ? runTests(filters)
    : soon.every((step) => step()) && [runTests([]), runSpecs()].every(Boolean);
if (!passed) process.exitCode = 1;
