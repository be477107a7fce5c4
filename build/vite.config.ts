/** @file The page's bundle: `renderer/` to `out/renderer/`. Also its development server, for the page with its double. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

export default defineConfig({
  root: path.join(root, 'renderer'),
  // The page lives under app://bundle/ and has no other root.
  base: './',
  plugins: [react()],
  server: { host: '127.0.0.1' },
  build: {
    outDir: path.join(root, 'out/renderer'),
    emptyOutDir: true,
    target: 'chrome156',
    // Everything is a file: the page's policy allows no inline script, and data: only for images.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Read from disk, not from a network: one chunk is as good as ten.
    chunkSizeWarningLimit: 2000,
  },
});
