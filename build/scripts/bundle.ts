/** @file `npm run build`: the command line, the desktop program and its page, in `out/`, with everything they import. */
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build as bundle } from 'rolldown';
import { build as bundlePage, type Rolldown } from 'vite';
import { writeDocuments } from './documents.ts';
import { writeNotices } from './notices.ts';

const root = path.resolve(import.meta.dirname, '../..');
const out = path.join(root, 'out');

rmSync(out, { recursive: true, force: true });

/** What stays outside of every bundle. */
const external = [
  // Carries programs of its own for two systems and must be found as it was installed.
  'trash',
  'electron',
];

// Beside each other: the pool finds its worker by its own place (electron/stream/pool.ts). CommonJS, for it starts sooner:
// Node gathers what each module of its own exports before another module may import it (bench/NOTES.md, Start).
const place = {
  dir: out,
  format: 'cjs',
  strict: true,
  entryFileNames: '[name].js',
  minify: false,
} as const;

// The two programs, in pieces that they share. Left alone, rolldown makes a hundred small ones of what `envelope seal`
// loads, and opening each takes about a millisecond: these are what every command loads, what most do, and what
// comes with the pool. Only where a piece begins is said; it takes with it all that it imports.
const programs = await bundle({
  cwd: root,
  input: { cli: 'electron/cli.ts', main: 'electron/main.ts' },
  platform: 'node',
  external,
  // Of course: pieces are fewer than what is imported when it is needed.
  checks: { ineffectiveDynamicImport: false },
  output: {
    ...place,
    chunkFileNames: '[name]-[hash].js',
    codeSplitting: {
      groups: [
        { name: 'commands', priority: 3, test: /electron\/cli\/main\.ts$/ },
        {
          name: 'home',
          priority: 2,
          test: /electron\/(cli\/(inspection|inspection-text|key-names)|settings\/(store|places)|keys\/local-store|waiting\/waiting-list)\.ts$/,
        },
        {
          name: 'jobs',
          priority: 1,
          test: /electron\/(cli\/(engine|batch|given|home|offline|seal-policies)|jobs\/(seal|open)-all)\.ts$/,
        },
      ],
    },
  },
  logLevel: 'warn',
});

// A thread's program is one file: the sooner it is there, the sooner the thread can help.
const threads = await Promise.all(
  Object.entries({
    worker: 'electron/stream/worker.ts',
    'passphrase-worker': 'electron/keys/passphrase-worker.ts',
    'peek-worker': 'electron/files/peek-worker.ts',
    'scan-worker': 'electron/recovery/scan-worker.ts',
  }).map(async ([name, file]) => {
    const output = { ...place, codeSplitting: false };
    return await bundle({
      cwd: root,
      input: { [name]: file },
      platform: 'node',
      external,
      output,
      logLevel: 'warn',
    });
  }),
);

// The preload: in its sandbox there are no modules, and nothing but electron to require.
const preload = await bundle({
  cwd: root,
  input: { preload: 'electron/preload.ts' },
  platform: 'browser',
  external: ['electron'],
  output: { dir: out, format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false, minify: false },
  logLevel: 'warn',
});

const page = await bundlePage({
  configFile: path.join(root, 'build/vite.config.ts'),
  // Read from the disk, not from a network: one large piece is as good as many.
  build: { chunkSizeWarningLimit: 4_000 },
  logLevel: 'warn',
});

/** Of the packaged program, which needs nothing installed: who it is, and where it starts. */
function manifest(): string {
  const all = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, description, homepage, author, license, desktopName } = all;
  const what = { name, version, description, homepage, author, license, desktopName };
  const own = { ...what, type: 'commonjs', main: 'main.js' };
  return `${JSON.stringify(own, null, 2)}\n`;
}

/** Absolute paths of all that is in the bundles. */
function modulesOf(outputs: readonly Rolldown.RolldownOutput[]): Set<string> {
  const chunks = outputs.flatMap(({ output }) => output.filter((piece) => piece.type === 'chunk'));
  return new Set(chunks.flatMap(({ moduleIds }) => moduleIds));
}

if (!('output' in page)) throw new Error('the page was not bundled into one output');
await writeDocuments(path.join(out, 'documents'));
writeNotices(modulesOf([programs, ...threads, preload, page]), path.join(out, 'documents'));
writeFileSync(path.join(out, 'package.json'), manifest());
// What a recovery key's sheet prints.
copyFileSync(path.join(root, 'electron/recovery/opener.py'), path.join(out, 'opener.py'));
chmodSync(path.join(out, 'cli.js'), 0o755);
