/**
 * @file A real disk that is full, read only, out of inodes, or pulled out half way: nothing is lost, nothing half done, and
 * what was told to be done is there after a power cut. Needs Linux and root; elsewhere it says that it was not run.
 * `ENVELOPE_PULLS` (default 8) says how often it is pulled, `ENVELOPE_SEED` repeats an earlier run.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SmallDisk, whyNoDisk } from './disk/small-disk.ts';
import { codesOf, type Tree, treeOf } from './disk/tree.ts';
import { bytesOf, randomOf } from './kill/random.ts';
import { Place, type Ran } from './run-cli.ts';

const why = whyNoDisk();
const pulls = Number(process.env['ENVELOPE_PULLS'] ?? 8);
const seed = Number(process.env['ENVELOPE_SEED'] ?? Math.floor(Math.random() * 1e6));

let place: Place;
let disk: SmallDisk;
const used: SmallDisk[] = [];
beforeEach(() => {
  place = new Place();
});
afterEach(() => {
  for (const one of used.splice(0)) one[Symbol.dispose]();
  place[Symbol.dispose]();
});

function useDisk(): void {
  disk = new SmallDisk();
  used.push(disk);
  mkdirSync(disk.at('docs', 'deep'), { recursive: true });
  writeFileSync(disk.at('docs', 'large.bin'), bytesOf(1, 6_000_000));
  for (let index = 0; index < 12; index += 1) {
    writeFileSync(disk.at('docs', 'deep', `${index}.bin`), bytesOf(index, 20_000));
  }
  spawnSync('sync');
}

/** Leaves only `free` bytes, about. */
function fill(free: number): void {
  const { bavail, bsize } = statfsSync(disk.folder);
  writeFileSync(disk.at('filler'), Buffer.alloc(Math.max(0, bavail * bsize - free)));
  spawnSync('sync');
}

const run = async (...args: string[]): Promise<Ran> => await place.run([...args, '--json']);

it('there are disks to fail, or it is said that nothing below was run', () => {
  console.log(why === undefined ? 'disks that fail: run' : `disks that fail: NOT RUN: ${why}`);
  // Where they are required, none is a failure.
  expect([why, process.env['ENVELOPE_REQUIRE_DISKS']]).not.toEqual([expect.any(String), '1']);
});

describe.runIf(why === undefined)('a disk that is full', () => {
  it.each(['seal', 'seal as one'])(
    'refuses to %s before anything is written, and does it when there is room',
    async (how) => {
      useDisk();
      fill(3_000_000);
      const before = treeOf(disk.folder);
      const more = how === 'seal' ? [] : ['--archive'];
      const ran = await run('seal', disk.at('docs'), '--to', disk.at('sealed'), ...more);
      expect(ran.code).toBe(1);
      expect(codesOf(ran)).toContain('disk-full');
      const left = treeOf(disk.folder);
      for (const [name, content] of before) expect(left.get(name) === content, name).toBe(true);
      // Small files may have found room; whatever is there is a whole pair.
      expect(
        [...left.keys()].filter((name) => !before.has(name) && !/\.(?:enc|envelope)$/.test(name)),
      ).toEqual([]);
      rmSync(disk.at('filler'));
      rmSync(disk.at('sealed'), { recursive: true, force: true });
      expect((await run('seal', disk.at('docs'), '--to', disk.at('sealed'), ...more)).code).toBe(0);
      expect((await run('verify', disk.at('sealed'))).code).toBe(0);
    },
  );

  it('has no room to open, and the pair stays as it was', async () => {
    useDisk();
    expect((await run('seal', disk.at('docs'), '--to', disk.at('sealed'))).code).toBe(0);
    fill(3_000_000);
    const before = treeOf(disk.folder);
    const ran = await run('open', disk.at('sealed'), '--to', disk.at('opened'));
    expect(codesOf(ran)).toContain('disk-full');
    expect(readdirSync(disk.at('opened'), { recursive: true })).not.toContain('large.bin');
    const left = treeOf(disk.folder);
    for (const [name, content] of before) expect(left.get(name) === content, name).toBe(true);
  });

  it('of names, though not of bytes: it is full all the same', async () => {
    useDisk();
    const { ffree } = statfsSync(disk.folder);
    for (let index = 0; index < ffree - 9; index += 1) writeFileSync(disk.at(`filler-${index}`), '');
    const before = treeOf(disk.folder);
    const ran = await run('seal', disk.at('docs'), '--to', disk.at('sealed'));
    expect(ran.code).toBe(1);
    expect(new Set(codesOf(ran))).toEqual(new Set(['disk-full']));
    const left = treeOf(disk.folder);
    for (const [name, content] of before) expect(left.get(name) === content, name).toBe(true);
    const sealed = [...left.keys()].filter((name) => !before.has(name));
    expect(sealed.filter((name) => name.endsWith('.enc'))).toHaveLength(
      sealed.filter((name) => name.endsWith('.envelope')).length,
    );
    if (sealed.length > 0) expect((await run('verify', disk.at('sealed'))).code).toBe(0);
  });
});

describe.runIf(why === undefined)('a disk that is read only', () => {
  it('takes nothing, and says so; what is on it opens elsewhere', async () => {
    useDisk();
    expect((await run('seal', disk.at('docs'), '--to', disk.at('sealed'))).code).toBe(0);
    disk.makeReadOnly();
    const before = treeOf(disk.folder);
    const refused = await run('seal', disk.at('docs', 'large.bin'));
    expect(refused.code).toBe(1);
    expect(codesOf(refused)).toEqual(['disk-read-only']);
    expect(treeOf(disk.folder)).toEqual(before);
    expect((await run('open', disk.at('sealed'), '--to', place.at('opened'))).code).toBe(0);
    expect(treeOf(place.at('opened', 'sealed', 'docs'))).toEqual(treeOf(disk.at('docs')));
  });
});

/** Each begins with the same originals on the disk; some with what was sealed of them. */
const works = {
  seal: { args: (at: SmallDisk) => ['seal', at.at('docs'), '--to', at.at('sealed')], sealedBefore: false },
  archive: {
    args: (at: SmallDisk) => ['seal', at.at('docs'), '--archive', '--to', at.at('sealed')],
    sealedBefore: false,
  },
  open: { args: (at: SmallDisk) => ['open', at.at('sealed'), '--to', at.at('opened')], sealedBefore: true },
  reseal: {
    args: (at: SmallDisk) => ['reseal', at.at('sealed'), '--key', 'local', '--yes'],
    sealedBefore: true,
  },
} as const;

/** Milliseconds of a run until it has begun to write, and until it has surely ended. */
const [SOONEST, LATEST] = [150, 1600];

describe.runIf(why === undefined)(`a disk that is pulled (ENVELOPE_SEED=${seed})`, () => {
  const rounds = Array.from({ length: pulls }, (_, index) => index);
  const counts = { pulled: 0, ended: 0 };

  it.each(rounds)('at any moment, and put in again: round %i', { timeout: 120_000 }, async (round) => {
    const names = Object.keys(works) as (keyof typeof works)[];
    const work = works[names[round % names.length] ?? 'seal'];
    const random = randomOf(seed + round);
    useDisk();
    if (work.sealedBefore)
      expect((await run('seal', disk.at('docs'), '--to', disk.at('sealed'))).code).toBe(0);
    spawnSync('sync');
    const originals = treeOf(disk.at('docs'));
    const after = SOONEST + random() * (LATEST - SOONEST);
    const pulling = setTimeout(() => disk.pull(), after);
    const ran = await run(...work.args(disk));
    clearTimeout(pulling);
    expect([0, 1]).toContain(ran.code);
    if (ran.code === 0) counts.ended += 1;
    else counts.pulled += 1;
    expect(codesOf(ran).filter((code) => ['bug', 'worker-lost'].includes(String(code)))).toEqual([]);
    disk.pull();
    disk.putIn();
    await checkAfter(ran, originals);
    console.log(
      `after ${Math.round(after)} ms: code ${ran.code}, ${[...new Set(codesOf(ran))].join(', ')}`,
      counts,
    );
  });

  /** The next start treats what was left; then nothing is half, and what was told to be done is there. */
  async function checkAfter(ran: Ran, originals: Tree): Promise<void> {
    const sealed = readdirSync(disk.folder).includes('sealed');
    if (sealed) {
      const verified = await run('verify', disk.at('sealed'));
      expect(codesOf(verified).filter((code) => code !== 'nothing-to-do')).toEqual([]);
      const names = readdirSync(disk.at('sealed'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name);
      expect(names.filter((name) => !/\.(?:enc|envelope)$/.test(name))).toEqual([]);
    }
    expect(treeOf(disk.at('docs'))).toEqual(originals);
    for (const { state, result } of ran.lines()) {
      if (state === 'done' && typeof result === 'string')
        expect(readFileSync(result).length).toBeGreaterThan(0);
    }
    if (!readdirSync(disk.folder).includes('opened')) return;
    for (const [name, content] of treeOf(disk.at('opened'))) {
      expect(content === originals.get(path.relative('sealed/docs', name)), name).toBe(true);
    }
  }
});
