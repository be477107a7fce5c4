/**
 * @file Nothing that was changed is accepted, nothing crashes, nothing is written elsewhere: seeded attacks on real pairs,
 * opened as a person would. `ENVELOPE_ATTACKS` (default 2,000) says how many, `ENVELOPE_SEED` repeats those of an earlier
 * run. `npm run attack` makes 100,000.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestEngine, type TestEngine } from '../electron/envelope/engine.fixture.ts';
import { open } from '../electron/envelope/open.ts';
import { readEnvelopeFile } from '../electron/envelope/read.ts';
import { isEnvelopeError } from '../shared/errors.ts';
import { byteChanges, oneOf } from './attack/bytes.ts';
import { type Attack, attackOn, isHarmless } from './attack/mutations.ts';
import { makeLongVictim, makeVictims, type Victim } from './attack/victims.ts';
import { randomOf } from './kill/random.ts';

const attacks = Number(process.env['ENVELOPE_ATTACKS'] ?? 2_000);
const seed = Number(process.env['ENVELOPE_SEED'] ?? Math.floor(Math.random() * 1e6));
/** Codes that would say that the program did not foresee what it was given. */
const UNFORESEEN = ['bug', 'worker-lost', 'io-failed'];

let engine: TestEngine;
let victims: Victim[];
beforeAll(async () => {
  engine = await makeTestEngine();
  victims = await makeVictims(engine);
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

/** What there is beside the pair and the target, which must be nothing. */
async function elsewhere(folder: string): Promise<string[]> {
  const around = (await readdir(folder)).filter((name) => name !== 'pair' && name !== 'target');
  const beside = (await readdir(path.join(folder, 'pair'))).filter(
    (name) => !/^x\.(?:enc|envelope)$/.test(name),
  );
  return [...around, ...beside];
}

async function openIn(folder: string, attack: Attack, victim: Victim): Promise<string> {
  const pair = path.join(folder, 'pair');
  const target = path.join(folder, 'target');
  await mkdir(pair);
  await mkdir(target);
  const envelope = path.join(pair, 'x.envelope');
  await writeFile(envelope, attack.envelope);
  await writeFile(path.join(pair, 'x.enc'), attack.body);
  try {
    await open(engine, await readEnvelopeFile(envelope), { folder: target, collision: 'keep-both' });
    return isHarmless(attack, victim) ? 'harmless' : 'accepted';
  } catch (error) {
    if (!isEnvelopeError(error)) return `crash: ${String(error)}`;
    const left = await readdir(target);
    if (left.length > 0) return `left behind: ${left.join(', ')}`;
    return UNFORESEEN.includes(error.code) ? `unforeseen: ${error.code} (${error.message})` : error.code;
  }
}

/** How opening ends: the error's code, `harmless`, or in words what must not be. */
async function outcomeOf(attack: Attack, victim: Victim, folder: string): Promise<string> {
  const outcome = await openIn(folder, attack, victim);
  const others = await elsewhere(folder);
  await rm(folder, { recursive: true });
  return others.length === 0 ? outcome : `written elsewhere: ${others.join(', ')}`;
}

const isRight = (outcome: string): boolean => /^(?:harmless|[a-z]+(?:-[a-z]+)+)$/.test(outcome);

async function attackAll(count: number, makeOne: (random: () => number) => readonly [Attack, Victim]) {
  const counts = new Map<string, number>();
  const wrong: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const random = randomOf(seed + index);
    const [attack, victim] = makeOne(random);
    const folder = path.join(engine.folder, `attack-${index}`);
    await mkdir(folder);
    const outcome = await outcomeOf(attack, victim, folder);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (!isRight(outcome)) wrong.push(`seed ${seed + index}, ${victim.name}, ${attack.what}: ${outcome}`);
  }
  const sorted = [...counts].toSorted(([, one], [, other]) => other - one);
  console.log(
    `ENVELOPE_SEED=${seed}, ${count} attacks:\n${sorted.map(([what, n]) => `  ${n}  ${what}`).join('\n')}`,
  );
  return { wrong, counts };
}

describe(`attacked (ENVELOPE_SEED=${seed})`, () => {
  it(
    `${attacks} times: none accepted, none crashes, nothing elsewhere`,
    { timeout: 60_000 + attacks * 100 },
    async () => {
      const { wrong, counts } = await attackAll(attacks, (random) => {
        const victim = oneOf(random, victims);
        const other = oneOf(
          random,
          victims.filter((one) => one !== victim),
        );
        return [attackOn(victim, other, random), victim];
      });
      expect(wrong.slice(0, 20)).toEqual([]);
      // The attacks reach every wall, not only the first.
      for (const code of [
        'envelope-invalid',
        'envelope-altered',
        'body-altered',
        'body-foreign',
        'no-key-opens',
      ]) {
        expect([...counts.keys()]).toContain(code);
      }
    },
  );

  it('in a second segment, and with segments swapped', async () => {
    const long = await makeLongVictim(engine);
    const SEGMENT = 1_048_576;
    const swapped = Buffer.concat([
      long.body.subarray(0, 40),
      long.body.subarray(SEGMENT),
      long.body.subarray(40, SEGMENT),
    ]);
    const fixed: Attack[] = [
      { what: 'body: the second segment first', envelope: long.envelope, body: swapped },
      {
        what: 'body: without its last segment',
        envelope: long.envelope,
        body: long.body.subarray(0, SEGMENT),
      },
      {
        what: 'body: its last segment twice',
        envelope: long.envelope,
        body: Buffer.concat([long.body, long.body.subarray(SEGMENT)]),
      },
    ];
    const { wrong } = await attackAll(40, (random) => {
      const planned = fixed.pop();
      if (planned !== undefined) return [planned, long];
      const name = oneOf(random, Object.keys(byteChanges));
      const body = byteChanges[name]?.(long.body, random, victims[0]?.body ?? long.body) ?? long.body;
      return [{ what: `body: ${name}`, envelope: long.envelope, body }, long];
    });
    expect(wrong).toEqual([]);
  });

  it('and what was attacked is still there, and opens', async () => {
    for (const victim of victims) {
      const folder = path.join(engine.folder, `whole-${victim.name}`);
      await mkdir(folder);
      const attack = { what: 'nothing', envelope: victim.envelope, body: victim.body };
      expect(await outcomeOf(attack, victim, folder)).toBe('harmless');
    }
  });
});
