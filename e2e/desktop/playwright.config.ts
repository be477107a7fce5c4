import { defineConfig } from '@playwright/test';
import { backend } from './backend.ts';

const CACHE = '../../node_modules/.cache/playwright';

// Each worker reads this too; only the first process says it.
if (process.env.TEST_WORKER_INDEX === undefined) console.log(`Specs run on ${backend.name}`);

export default defineConfig({
  // Vitest has the others.
  testMatch: '**/*.spec.ts',
  outputDir: CACHE,
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  forbidOnly: true,
  projects: [
    // What all the others stand on, where they do.
    ...(backend.kind === 'stand-in' ? [{ name: 'stand-in', testDir: '../stand-in' }] : []),
    { name: 'desktop', testDir: '.' },
  ],
});
