/**
 * @file `npm run attack`: 100,000 attacks on sealed pairs and 1,000 kills at work, with their counts. `npm test` makes some of
 * each; this takes half an hour or more. `ENVELOPE_ATTACKS` and `ENVELOPE_KILLS` say how many, `ENVELOPE_SEED` repeats them.
 * `npm run fuzz` goes on where no attack was thought of.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
const tests = ['e2e/attack.test.ts', 'e2e/kill.test.ts'];
const env = { ENVELOPE_ATTACKS: '100000', ENVELOPE_KILLS: '1000', ...process.env };
const args = [vitest, 'run', '--config', 'build/vitest.config.ts', ...tests];
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1;
