/**
 * @file A disk with room, but not for this user: the quota is used up half way. It is named, originals stay, nothing is
 * half, and it works once there is more. Needs Linux, root and btrfs, whose quotas hold for root too; elsewhere it says
 * that it was not run.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OtherDisk, whyNoOther } from './disk/other-disk.ts';
import { codesOf, treeOf } from './disk/tree.ts';
import { useDisks } from './disk/use-disks.ts';
import { bytesOf } from './kill/random.ts';
import type { Ran } from './run-cli.ts';
import { NOBODY } from './strangers.ts';
import { usePlace } from './use-place.ts';

const why = whyNoOther('btrfs');
const place = usePlace();
const used = useDisks();

/** A part of a disk for which a quota is set. */
class Share {
  readonly #disk = new OtherDisk('btrfs');

  constructor() {
    used.push(this.#disk);
    execFileSync('btrfs', ['quota', 'enable', this.#disk.folder]);
    execFileSync('btrfs', ['subvolume', 'create', this.at()], { stdio: 'ignore' });
    mkdirSync(this.at('docs'));
    writeFileSync(this.at('docs', 'large.bin'), bytesOf(1, 6_000_000));
    for (let index = 0; index < 3; index += 1)
      writeFileSync(this.at('docs', `${index}.bin`), bytesOf(index, 300_000));
  }

  at(...names: string[]): string {
    return this.#disk.at('share', ...names);
  }

  /** Leaves `free` bytes, about; `none`: as many as the disk has. */
  limit(free: number | 'none'): void {
    spawnSync('sync', ['-f', this.at()]);
    const shown = execFileSync('btrfs', ['qgroup', 'show', '--raw', '-f', this.at()], { encoding: 'utf8' });
    const [, group = '', taken] = /^(0\/\d+)\s+(\d+)/m.exec(shown) ?? [];
    const most = free === 'none' ? 'none' : String(Number(taken) + free);
    // By the disk: the share itself may have no room for being told so.
    execFileSync('btrfs', ['qgroup', 'limit', most, group, this.#disk.folder]);
  }
}

const run = async (...args: string[]): Promise<Ran> => await place.run([...args, '--json']);

const halves = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.partial'));

it('there are quotas, or it is said that nothing below was run', () => {
  console.log(why === undefined ? 'quotas: run' : `quotas: NOT RUN: ${why}`);
  expect([why, process.env['ENVELOPE_REQUIRE_DISKS']]).not.toEqual([expect.any(String), '1']);
});

/** Each with what is there before it begins, and the room that is not enough for it. */
const works = {
  seal: {
    before: [],
    free: 2_000_000,
    args: (at: Share) => ['seal', at.at('docs'), '--to', at.at('sealed')],
  },
  'seal as one': {
    before: [],
    free: 2_000_000,
    args: (at: Share) => ['seal', at.at('docs'), '--archive', '--to', at.at('sealed')],
  },
  open: {
    before: ['seal'],
    free: 2_000_000,
    args: (at: Share) => ['open', at.at('sealed'), '--to', at.at('opened')],
  },
  'seal again': {
    before: ['seal'],
    free: 2_000_000,
    args: (at: Share) => ['reseal', at.at('sealed'), '--key', 'local', '--yes'],
  },
  rewrap: {
    before: ['seal'],
    free: 0,
    args: (at: Share) => ['rewrap', at.at('sealed'), '--add', NOBODY, '--yes'],
  },
} as const;

describe.runIf(why === undefined)('a quota that is used up half way', () => {
  it.each(Object.entries(works))('%s', { timeout: 120_000 }, async (name, { before, free, args }) => {
    const share = new Share();
    if (before.length > 0)
      expect((await run('seal', share.at('docs'), '--to', share.at('sealed'))).code).toBe(0);
    const there = treeOf(share.at());
    share.limit(free);
    const ran = await run(...args(share));
    expect(ran.code).toBe(1);
    expect(new Set(codesOf(ran))).toEqual(new Set(['disk-full']));
    expect(ran.out).toContain('"errno":"EDQUOT"');

    const left = treeOf(share.at());
    const isDone = (name: string): boolean => name.startsWith('sealed/') && before.length > 0;
    for (const [name, hash] of there) if (!isDone(name)) expect(left.get(name), name).toBe(hash);
    // Where the room ends between the two halves of a pair that replaces another, it waits for the next start.
    const half = halves(share.at());
    expect(half.every((file) => file.startsWith('sealed/') && file.endsWith('.envelope.partial'))).toBe(true);
    expect(ran.out.split('"unfinished":true').length - 1).toBe(half.length);
    if (half.length > 0) expect(name).toBe('seal again');
    else if (readdirSync(share.at()).includes('sealed'))
      expect(
        codesOf(await run('verify', share.at('sealed'))).filter((code) => code !== 'nothing-to-do'),
      ).toEqual([]);

    share.limit('none');
    expect((await run(...args(share))).code).toBe(0);
    expect(halves(share.at())).toEqual([]);
    expect((await run('verify', share.at('sealed'))).code).toBe(0);
  });
});
