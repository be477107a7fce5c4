/**
 * @file A short run of the fuzzer on everything that reads what a stranger wrote, and the proof that it finds something
 * where there is something. `npm run fuzz` is the long run; ENVELOPE_SEED repeats one.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutate } from './fuzz/mutate.ts';
import { planted } from './fuzz/targets/planted.ts';
import { randomOf } from './kill/random.ts';

const main = path.join(import.meta.dirname, 'fuzz', 'main.ts');
const seed = Number(process.env['ENVELOPE_SEED'] ?? Math.floor(Math.random() * 1e6));

type Counts = {
  target: string;
  tried: number;
  accepted: number;
  blocks: number;
  kept: number;
  findings: number;
};

function run(...args: readonly string[]): { status: number | null; counts: Counts; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  const [first = ''] = stdout.split('\n');
  expect(first, stderr).toMatch(/^\{/);
  return { status, counts: JSON.parse(first) as Counts, text: stdout };
}

/** Least blocks that the corpus alone reaches; fewer would say that the fuzzer no longer comes where it came. */
const LEAST_BLOCKS = { envelope: 250, body: 60, archive: 200, policy: 50 };

describe(`fuzzed (ENVELOPE_SEED=${seed})`, () => {
  it.each(Object.entries(LEAST_BLOCKS))('%s: nothing is found', { timeout: 300_000 }, (target, least) => {
    const { status, counts, text } = run('--only', target, '--runs', '2000', '--seed', String(seed));
    console.log(text.trimEnd());
    expect(status, text).toBe(0);
    expect(counts).toMatchObject({ target, findings: 0 });
    expect(counts.accepted).toBeGreaterThan(0);
    expect(counts.accepted).toBeLessThan(counts.tried);
    expect(counts.blocks).toBeGreaterThanOrEqual(least);
  });
});

describe('a fault planted four blocks deep', () => {
  const RUNS = 20_000;

  it('is found by guidance, and told with its input', { timeout: 300_000 }, () => {
    const { status, counts, text } = run('--only', 'planted', '--runs', String(RUNS), '--seed', '1');
    expect(status).toBe(1);
    expect(counts.findings).toBeGreaterThan(0);
    const [, error, input = ''] = text.split('\n');
    expect(error).toBe('TypeError: nobody thought of this');
    expect(() => planted.run(Buffer.from(input.trim(), 'base64'))).toThrow('nobody thought of this');
  });

  it('is not found blindly by as many tries', () => {
    const random = randomOf(1);
    const [start = Buffer.alloc(0)] = planted.seeds();
    const blind = () => {
      for (let tried = 0; tried < RUNS; tried += 1) planted.run(mutate(start, random, start, planted.words));
    };
    expect(blind).not.toThrow();
  });
});
