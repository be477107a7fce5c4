/**
 * @file A disk that cannot be read from the middle of a file on, is pulled there, says that there is more than there is, or
 * gives less at a time than it is asked for. Needs Linux, root and FUSE; elsewhere it says that it was not run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadDisk, whyNoBadDisk } from './disk/bad-disk.ts';
import { treeOf } from './disk/tree.ts';
import { bytesOf } from './kill/random.ts';
import { Place, type Ran } from './run-cli.ts';

const why = await whyNoBadDisk();
const ways = ['fails', 'gone', 'ends', 'short', 'whole'] as const;
type Way = (typeof ways)[number];

let place: Place;
let disk: BadDisk;
beforeEach(async () => {
  place = new Place();
  if (why !== undefined) return;
  disk = await BadDisk.mount();
  for (const way of ways) {
    mkdirSync(path.join(disk.backing, way));
    writeFileSync(path.join(disk.backing, way, 'large.bin'), bytesOf(1, 500_000));
    writeFileSync(path.join(disk.backing, way, 'small.bin'), bytesOf(2, 3000));
  }
});
afterEach(() => {
  if (why === undefined) disk[Symbol.dispose]();
  place[Symbol.dispose]();
});

const run = async (...args: string[]): Promise<Ran> => await place.run([...args, '--json']);
const onDisk = (): string[] => ways.map((way) => path.join(disk.folder, way));

/** For each way how it ended with a file of `name`: a code, or `done`. */
function endsOf(ran: Ran, name: RegExp): Partial<Record<Way, unknown>> {
  const lines = ran.lines().filter((line) => name.test(String(line['path'] ?? line['envelope'])));
  const wayOf = (line: Record<string, unknown>): string | undefined =>
    ways.find((way) => `${String(line['path'])}/`.includes(`/${way}/`));
  return Object.fromEntries(
    lines.map((line) => {
      const { error, state } = line;
      return [
        wayOf(line),
        typeof error === 'object' && error !== null && 'code' in error ? error.code : state,
      ];
    }),
  );
}

const outcome = {
  fails: 'disk-failing',
  gone: 'disk-gone',
  ends: 'source-changed',
  short: 'done',
  whole: 'done',
};

it('there are disks that read badly, or it is said that nothing below was run', () => {
  console.log(why === undefined ? 'disks that read badly: run' : `disks that read badly: NOT RUN: ${why}`);
  expect([why, process.env['ENVELOPE_REQUIRE_DISKS']]).not.toEqual([expect.any(String), '1']);
});

describe.runIf(why === undefined)('a disk that reads badly', () => {
  it('is told apart while files are sealed, and what can be read is', async () => {
    const ran = await run('seal', ...onDisk(), '--to', place.at('sealed'));
    expect(endsOf(ran, /large\.bin$/)).toEqual(outcome);
    expect(Object.values(endsOf(ran, /small\.bin$/))).toEqual(ways.map(() => 'done'));
    await expectWholePairs(place.at('sealed'), 7);
  });

  it('is told apart while folders are sealed as one', async () => {
    const ran = await run('seal', ...onDisk(), '--archive', '--to', place.at('sealed'));
    expect(endsOf(ran, /(?:fails|gone|ends|short|whole)$/)).toEqual(outcome);
    await expectWholePairs(place.at('sealed'), 2);
  });

  it('gives what is sealed on it, or nothing', async () => {
    await place.json(['seal', ...ways.map((way) => path.join(disk.backing, way, 'large.bin'))]);
    const expected = { ...outcome, ends: 'body-cut-short' };
    const opened = await run('open', ...onDisk(), '--to', place.at('opened'));
    expect(endsOf(opened, /large\.bin/)).toEqual(expected);
    const original = treeOf(path.join(disk.backing, 'whole')).get('large.bin');
    expect(treeOf(place.at('opened'))).toEqual(
      new Map(['short/large.bin', 'whole/large.bin'].map((name) => [name, original])),
    );
    expect(endsOf(await run('verify', ...onDisk()), /large\.bin/)).toEqual(expected);
  });

  async function expectWholePairs(folder: string, pairs: number): Promise<void> {
    const names = [...treeOf(folder).keys()];
    expect(names).toHaveLength(2 * pairs);
    expect(names.every((name) => /\.(?:enc|envelope)$/.test(name))).toBe(true);
    expect((await run('verify', folder)).lines()).toHaveLength(pairs);
    expect(await place.json(['open', folder, '--to', place.at('back')])).toHaveLength(pairs);
  }
});

it.runIf(why === undefined)('leaves nothing mounted', async () => {
  const other = await BadDisk.mount();
  const { folder } = other;
  other[Symbol.dispose]();
  expect(existsSync(folder)).toBe(false);
  expect(spawnSync('grep', ['-q', folder, '/proc/mounts']).status).toBe(1);
  expect(readdirSync(path.dirname(path.dirname(folder)))).not.toContain(path.basename(path.dirname(folder)));
});
