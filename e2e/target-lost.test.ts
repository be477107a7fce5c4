/**
 * @file The folder for the results is lost while they are written: removed, without a right to write, or somebody puts a
 * link to another in its place. It is said, originals and pairs stay, nothing goes where the link leads, and nothing of ours
 * is left once the folder is as it was.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codesOf } from './disk/tree.ts';
import { bytesOf } from './kill/random.ts';
import type { Ran, RunOptions } from './run-cli.ts';
import { usePlace } from './use-place.ts';

const place = usePlace();

/** Bytes; each is tried if the one before was done sooner than its folder was lost. */
const sizes = [8_000_000, 40_000_000, 200_000_000];

const target = (): string => place.at('results');
const moved = (): string => place.at('moved');
const elsewhere = (): string => place.at('elsewhere');

/** Root may write everywhere, unless it gives that right up. */
const asAnybody: RunOptions =
  process.getuid?.() === 0 ? { before: ['setpriv', '--bounding-set=-dac_override', '--'] } : {};

type Loss = { lose: () => void; giveBack: () => void; codes: readonly string[] };

const losses: Record<string, Loss> = {
  removed: {
    lose: () => {
      rmSync(target(), { recursive: true });
    },
    giveBack: () => {
      mkdirSync(target(), { recursive: true });
    },
    codes: ['target-missing'],
  },
  'without a right to write': {
    lose: () => {
      chmodSync(target(), 0o500);
    },
    giveBack: () => {
      chmodSync(target(), 0o700);
    },
    codes: ['target-unwritable'],
  },
  'replaced by a link': {
    lose: () => {
      renameSync(target(), moved());
      symlinkSync(elsewhere(), target());
    },
    giveBack: () => {
      rmSync(target());
      mkdirSync(target());
    },
    // What is checked once more is not there, or another's.
    codes: ['target-missing'],
  },
};

/** Runs `args`, and loses the folder as soon as something is begun in it. */
async function runAndLose(args: readonly string[], lose: () => void): Promise<Ran> {
  let isLost = false;
  const watching = watch(target(), () => {
    if (isLost) return;
    isLost = true;
    watching.close();
    lose();
  });
  try {
    return await place.run([...args, '--json'], asAnybody);
  } finally {
    watching.close();
  }
}

const works = {
  seal: ['seal', 'large.bin', '--to', 'results'],
  'seal as one': ['seal', 'docs', '--archive', '--to', 'results'],
  open: ['open', 'pairs/large.bin.envelope', '--to', 'results'],
} as const;

const cases = Object.keys(losses).flatMap((loss) =>
  Object.keys(works).map((work) => [loss, work as keyof typeof works] as const),
);

/** @returns how it ended with a file that was large enough for the folder to be lost in time */
async function lostInTime(args: readonly string[], loss: Loss): Promise<Ran> {
  for (const size of sizes) {
    for (const folder of ['docs', 'elsewhere', 'results']) mkdirSync(place.at(folder), { recursive: true });
    for (const file of ['large.bin', 'docs/large.bin']) writeFileSync(place.at(file), bytesOf(1, size));
    rmSync(place.at('pairs'), { recursive: true, force: true });
    if (args[0] === 'open') await place.json(['seal', 'large.bin', '--to', 'pairs']);
    const ran = await runAndLose(args, loss.lose);
    if (ran.code !== 0) return ran;
    loss.giveBack();
    for (const folder of [target(), moved()]) rmSync(folder, { recursive: true, force: true });
  }
  throw new Error('it was always done sooner');
}

describe.skipIf(process.platform === 'win32')('a folder for results that is', () => {
  it.each(cases)('%s, while files are written there: %s', { timeout: 120_000 }, async (name, work) => {
    const loss = losses[name];
    if (loss === undefined) throw new Error('it is one of them');
    const ran = await lostInTime(works[work], loss);
    expect(codesOf(ran)).toEqual(loss.codes);
    expect(readdirSync(elsewhere())).toEqual([]);
    const size = readFileSync(place.at('large.bin')).length;
    expect(readFileSync(place.at('large.bin')).equals(bytesOf(1, size))).toBe(true);
    expect(readFileSync(place.at('docs', 'large.bin')).equals(bytesOf(1, size))).toBe(true);

    loss.giveBack();
    await place.json([...works[work]]);
    expect(readdirSync(target()).filter((entry) => entry.endsWith('.partial'))).toEqual([]);
    if (work === 'open') expect(readFileSync(place.at('results', 'large.bin')).length).toBe(size);
    else expect((await place.json(['verify', 'results'])).length).toBe(1);
    expect(existsSync(target())).toBe(true);
  });
});
