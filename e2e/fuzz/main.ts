/**
 * @file `npm run fuzz`: bytes that nobody thought of, at everything that reads a stranger's. `--only TARGET`,
 * `--runs N` (default 20,000 each), `--seed N`, `--keep` adds what is new to the corpus in the repository.
 * Ends with 1 if anything was found; the input then stands in base64, for a test of its own.
 */
import { parseArgs } from 'node:util';
import { randomOf } from '../kill/random.ts';
import { addToCorpus, readCorpus } from './corpus.ts';
import { fuzz } from './fuzz.ts';
import type { Target } from './target.ts';
import { archive } from './targets/archive.ts';
import { body } from './targets/body.ts';
import { envelope } from './targets/envelope.ts';
import { planted } from './targets/planted.ts';
import { policy } from './targets/policy.ts';

const everything: readonly Target[] = [envelope, body, archive, policy];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
    keep: { type: 'boolean', default: false },
  },
});

function fuzzOne(target: Target): boolean {
  const seed = Number(values.seed);
  const result = fuzz(target, readCorpus(target.name), Number(values.runs), randomOf(seed));
  const { tried, accepted, blocks, kept, findings } = result;
  const counts = { target: target.name, seed, tried, accepted, blocks, kept: kept.length };
  console.log(JSON.stringify({ ...counts, findings: findings.length }));
  for (const { input, error } of findings) {
    console.log(`${String(error)}\n  ${Buffer.from(input).toString('base64')}`);
  }
  if (values.keep) addToCorpus(target.name, kept);
  return findings.length === 0;
}

const chosen = [...everything, planted].filter(({ name }) => name === values.only);
if (values.only !== undefined && chosen.length === 0) throw new Error(`no target ${values.only}`);
const clean = (values.only === undefined ? everything : chosen).map(fuzzOne);
process.exitCode = clean.every(Boolean) ? 0 : 1;
