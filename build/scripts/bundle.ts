/** @file `npm run build`: the command line and its worker as a few files in `out/`, with everything they import. */
import { chmodSync, copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'rolldown';

const root = path.resolve(import.meta.dirname, '../..');
const out = path.join(root, 'out');

rmSync(out, { recursive: true, force: true });
await build({
  cwd: root,
  input: { cli: 'electron/cli.ts', worker: 'electron/stream/worker.ts' },
  platform: 'node',
  // Carries programs of its own for two systems and must be found as it was installed.
  external: ['trash'],
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
copyFileSync(path.join(root, 'electron/envelope/FORMAT.md'), path.join(out, 'FORMAT.md'));
chmodSync(path.join(out, 'cli.js'), 0o755);
