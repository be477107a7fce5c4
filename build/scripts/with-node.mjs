/**
 * @file Runs a script of this repository under a Node that is new enough: this one, or one fetched from the npm
 * registry into a cache folder. Plain JavaScript, since it must start under the old Node it replaces.
 *
 *   node build/scripts/with-node.mjs <script.ts> [arguments]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The first release that runs TypeScript, `using` and node:sqlite without a flag or a warning. */
const LEAST = /** @type {const} */ ([24, 15]);
const FETCHED = '24.21.0';

const isNewEnough = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
};

const cacheFolder = () =>
  process.env.ENVELOPE_CACHE ||
  path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'envelope');

/** Installs the npm package that carries Node for this system, unless it is cached. Returns its `bin` folder. */
const fetchNode = () => {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const home = path.join(cacheFolder(), `node-${FETCHED}`);
  const bin = path.join(home, 'node_modules', name, 'bin');
  if (existsSync(bin)) return bin;

  console.error(`Node ${process.versions.node} is too old; fetching Node ${FETCHED} into ${home} (once).`);
  mkdirSync(cacheFolder(), { recursive: true });
  const fresh = mkdtempSync(`${home}-`);
  writeFileSync(path.join(fresh, 'package.json'), '{ "private": true }\n');
  const args = [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    `${name}@${FETCHED}`,
  ];
  const npm = process.env.npm_execpath;
  const run = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: fresh, stdio: ['ignore', 'ignore', 'inherit'] })
    : spawnSync('npm', args, {
        cwd: fresh,
        stdio: ['ignore', 'ignore', 'inherit'],
        shell: process.platform === 'win32',
      });
  if (run.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(`fetching ${name} ${FETCHED} from the npm registry failed`);
  }
  try {
    renameSync(fresh, home);
  } catch (error) {
    // Another process was faster: its copy is as good.
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(bin)) throw error;
  }
  return bin;
};

/** Runs `script` under the fetched Node, passing the terminal, the signals and the exit code through. */
const runUnder = (/** @type {string} */ bin, /** @type {string[]} */ args) => {
  const child = spawn(path.join(bin, process.platform === 'win32' ? 'node.exe' : 'node'), args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: bin + path.delimiter + (process.env.PATH ?? '') },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
};

const [script, ...rest] = process.argv.slice(2);
if (script === undefined) throw new Error('usage: with-node.mjs <script.ts> [arguments]');
if (isNewEnough()) {
  process.argv = [process.execPath, path.resolve(script), ...rest];
  await import(pathToFileURL(script).href);
} else {
  try {
    runUnder(fetchNode(), [script, ...rest]);
  } catch (error) {
    console.error(
      `Envelope needs Node ${LEAST.join('.')} or newer, this is ${process.versions.node}, and ` +
        `${error instanceof Error ? error.message : String(error)}. Install Node 24 and try again.`,
    );
    process.exitCode = 1;
  }
}
