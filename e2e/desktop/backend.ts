/**
 * @file What the specs run on: a packaged program (`EXECUTABLE`), the Electron of node_modules where it has its runtime, or
 * else the stand-in. Decided once, before Playwright or anyone else asks npm's `electron` where its program is.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const load = createRequire(import.meta.url);
const repository = path.resolve(import.meta.dirname, '../..');
const electronFolder = path.dirname(load.resolve('electron/package.json'));

export type Backend = {
  kind: 'packaged' | 'electron' | 'stand-in';
  /** For people. */
  name: string;
  program: string;
  /** Before everything else on the command line: where the app is, unless the program is the app. */
  appArguments: readonly string[];
};

function choose(): Backend {
  const executable = process.env.EXECUTABLE;
  if (executable !== undefined && executable !== '') {
    return { kind: 'packaged', name: `the packaged ${executable}`, program: executable, appArguments: [] };
  }
  const isReal =
    existsSync(path.join(electronFolder, 'path.txt')) && existsSync(path.join(electronFolder, 'dist'));
  if (!isReal) process.env.ELECTRON_OVERRIDE_DIST_PATH = path.join(repository, 'e2e/stand-in');
  const { version } = load('electron/package.json') as { version: string };
  return {
    kind: isReal ? 'electron' : 'stand-in',
    name: isReal ? `Electron ${version}` : `the stand-in for Electron ${version} (e2e/stand-in)`,
    program: load('electron') as string,
    appArguments: [repository],
  };
}

export const backend = choose();

/** What both backends need to know from the environment. */
export const backendEnvironment = (): Record<string, string> => ({ STANDIN_NODE: process.execPath });
