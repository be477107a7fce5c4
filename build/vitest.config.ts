import { defineConfig } from 'vitest/config';

const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      { test: { name: 'unit', include: ['{shared,electron,renderer,build}/**/*.test.ts'], ...timeouts } },
      { test: { name: 'e2e', include: ['e2e/**/*.test.ts'], ...timeouts } },
    ],
  },
});
