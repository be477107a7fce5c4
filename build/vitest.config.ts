import path from 'node:path';
import { defineConfig } from 'vitest/config';

const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    projects: [
      { test: { name: 'unit', include: ['{shared,electron,renderer,build}/**/*.test.ts'], ...timeouts } },
      { test: { name: 'e2e', include: ['e2e/**/*.test.ts'], ...timeouts } },
    ],
  },
});
