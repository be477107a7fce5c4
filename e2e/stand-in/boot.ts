/** @file The program: reads Electron's command line, makes `electron` mean the stand-in, and starts the app. */
import inspector from 'node:inspector';
import Module, { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCommandLine } from './command-line.ts';
import { packagedApp } from './packaged.ts';
import { start } from './start.ts';
import { commandLine } from './switches.ts';

const { requires, switches, app: named } = parseCommandLine(process.argv.slice(2));
for (const [name, value] of switches) commandLine.appendSwitch(name, value);

const fromHere = createRequire(import.meta.url);
const { version } = fromHere('electron/package.json') as { version: string };
const program = process.env.STANDIN_PROGRAM ?? path.join(import.meta.dirname, 'electron');
const packaged = packagedApp(program);
process.argv = [program, ...process.argv.slice(2)];
process.execPath = program;
Object.defineProperty(process.versions, 'electron', { value: version, enumerable: true });
Object.assign(process, {
  type: 'browser',
  defaultApp: packaged === undefined,
  resourcesPath: path.join(path.dirname(program), 'resources'),
});

const NAMES = new Set(['electron', 'electron/main', 'electron/common']);
const standIn = new URL('electron.ts', import.meta.url).href;
registerHooks({
  resolve: (name, context, next) =>
    NAMES.has(name) ? { url: standIn, format: 'module-typescript', shortCircuit: true } : next(name, context),
});
// The inspector's own `require`, by which Playwright finds `electron`, knows no hooks.
type Resolver = { _resolveFilename: (name: string, ...rest: unknown[]) => string };
const resolver = Module as unknown as Resolver;
const resolveFilename = resolver._resolveFilename.bind(Module);
resolver._resolveFilename = (name, ...rest) =>
  NAMES.has(name) ? fileURLToPath(standIn) : resolveFilename(name, ...rest);

for (const file of requires) fromHere(path.resolve(file));

const isInspected = switches.has('inspect');
if (isInspected) inspector.open(0, '127.0.0.1');
await start({ place: packaged ?? path.resolve(named), isPackaged: packaged !== undefined }, (devTools) => {
  // Playwright waits for this very line.
  if (isInspected) process.stderr.write(`DevTools listening on ${devTools}\n`);
});
