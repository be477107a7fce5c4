/**
 * @file Nothing is lost, mixed or half done, whenever the program is killed: real processes, real files, SIGKILL.
 * `ENVELOPE_KILLS` (default 200) says how many, `ENVELOPE_SEED` repeats the choices of an earlier run.
 */
import { describe, expect, it } from 'vitest';
import { Counts, Lane } from './kill/lane.ts';
import { commands, operations } from './kill/operations.ts';

const kills = Number(process.env['ENVELOPE_KILLS'] ?? 200);
const seed = Number(process.env['ENVELOPE_SEED'] ?? Math.floor(Math.random() * 1e6));
const LANES = 2;
const MINUTES = 60_000;

describe(`killed at any moment (ENVELOPE_SEED=${seed})`, () => {
  it(`${kills} times at work, a quarter again while recovering`, { timeout: kills * MINUTES }, async () => {
    const counts = new Counts();
    const names = Object.keys(operations);
    let next = 0;
    const runLane = async (): Promise<void> => {
      await using lane = await Lane.open(counts);
      while (next < kills) {
        const index = next++;
        await lane.killOnce(names[index % names.length] ?? '', seed + index);
      }
    };
    const lanes = await Promise.allSettled(Array.from({ length: LANES }, runLane));
    console.log(`ENVELOPE_SEED=${seed}, after ${next} kills:\n${counts.toString()}`);
    for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
    expect(next).toBe(kills);
  });

  it('the command line, and the next one treats what it left', { timeout: 5 * MINUTES }, async () => {
    const counts = new Counts();
    await using lane = await Lane.open(counts);
    for (const name of Object.keys(commands) as (keyof typeof commands)[]) {
      let killed = 0;
      for (let attempt = 0; killed < 4; attempt += 1) {
        expect(attempt, `kills of ${name} that came too late`).toBeLessThan(20);
        if (await lane.killCliOnce(name, seed + attempt)) killed += 1;
      }
    }
    console.log(counts.toString());
  });
});
