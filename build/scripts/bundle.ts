/** @file `npm run build`: the command line, the desktop program and its page, in `out/`, with everything they import. */
import { chmodSync, copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build as bundle } from 'rolldown';
import { build as bundlePage } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');
const out = path.join(root, 'out');

rmSync(out, { recursive: true, force: true });

// The programs, in pieces that they share.
await bundle({
  cwd: root,
  input: {
    cli: 'electron/cli.ts',
    main: 'electron/main.ts',
    worker: 'electron/stream/worker.ts',
    'passphrase-worker': 'electron/keys/passphrase-worker.ts',
  },
  platform: 'node',
  external: [
    // Carries programs of its own for two systems and must be found as it was installed.
    'trash',
    'electron',
  ],
  output: {
    dir: out,
    format: 'esm',
    // Beside each other: the pool finds its worker by its own place (electron/stream/pool.ts).
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    minify: false,
  },
  logLevel: 'warn',
});

// The preload: in its sandbox there are no modules, and nothing but electron to require.
await bundle({
  cwd: root,
  input: { preload: 'electron/preload.ts' },
  platform: 'browser',
  external: ['electron'],
  output: { dir: out, format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false, minify: false },
  logLevel: 'warn',
});

await bundlePage({
  configFile: path.join(root, 'build/vite.config.ts'),
  // Read from the disk, not from a network: one large piece is as good as many.
  build: { chunkSizeWarningLimit: 4_000 },
  logLevel: 'warn',
});

// What the help menu opens.
copyFileSync(path.join(root, 'electron/envelope/FORMAT.md'), path.join(out, 'FORMAT.md'));
copyFileSync(path.join(root, 'README.md'), path.join(out, 'README.md'));
chmodSync(path.join(out, 'cli.js'), 0o755);
