/**
 * @file What people have on USB sticks (exFAT) and on disks of Windows (NTFS): no hard links, no permissions, times of whole
 * seconds, one file for `A` and `a`, fewer names, and file numbers that do not last. Everything works there, or says why
 * not. Needs Linux, root, and the programs of these file systems; elsewhere it says that it was not run.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OtherDisk, whyNoOther } from './disk/other-disk.ts';
import { codesOf, treeOf } from './disk/tree.ts';
import { useDisks } from './disk/use-disks.ts';
import { bytesOf, randomOf } from './kill/random.ts';
import type { Ran, RunOptions } from './run-cli.ts';
import { NOBODY } from './strangers.ts';
import { usePlace } from './use-place.ts';

const seed = Number(process.env['ENVELOPE_SEED'] ?? Math.floor(Math.random() * 1e6));
const exfat = { kind: 'exfat', why: whyNoOther('exfat'), options: 'noatime' } as const;
const ntfs = { kind: 'ntfs', why: whyNoOther('ntfs'), options: 'ignore_case,windows_names' } as const;
const kinds = [exfat, ntfs];

/** Mounted for another user, with a right to write for everybody: how many systems mount sticks for all. */
const FOR_ALL = 'uid=12345,gid=12345,umask=0,allow_other,default_permissions';
/** Root may change permissions of others' files; here it may not, as no other user may. */
const AS_OTHER = ['setpriv', '--bounding-set=-fowner', '--'];

const place = usePlace();
const used = useDisks();

function useDisk(kind: 'exfat' | 'ntfs', options: string): OtherDisk {
  const disk = new OtherDisk(kind, options);
  used.push(disk);
  mkdirSync(disk.at('docs', 'deep'), { recursive: true });
  writeFileSync(disk.at('docs', 'large.bin'), bytesOf(1, 6_000_000));
  for (let index = 0; index < 3; index += 1)
    writeFileSync(disk.at('docs', 'deep', `${index}.bin`), bytesOf(index, 20_000));
  return disk;
}

const run = async (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  await place.run([...args, '--json'], options);

/** @throws Error with what it said unless it ended well */
async function well(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const ran = await run(args, options);
  if (ran.code !== 0) throw new Error(`envelope ${args.join(' ')}: ${ran.code}\n${ran.out}${ran.err}`);
  return ran;
}

const leftovers = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.partial'));

it.each(kinds)('there is $kind, or it is said that nothing below was run', ({ kind, why }) => {
  console.log(why === undefined ? `${kind}: run` : `${kind}: NOT RUN: ${why}`);
  expect([why, process.env['ENVELOPE_REQUIRE_DISKS']]).not.toEqual([expect.any(String), '1']);
});

/** Seals, opens, changes and repairs what is on `disk`: all that can be done. */
async function doEverything(disk: OtherDisk, options: RunOptions): Promise<void> {
  const docs = treeOf(disk.at('docs'));
  const sealed = disk.at('sealed');
  await well(['seal', disk.at('docs'), '--to', sealed], options);
  await well(['seal', disk.at('docs'), '--archive', '--hide-names', '--to', sealed], options);
  await well(['seal', disk.at('docs', 'large.bin'), '--to', path.join(sealed, 'docs')], options);
  expect(readdirSync(path.join(sealed, 'docs'))).toContain('large (2).bin.enc');

  await well(['keys', 'recovery', 'new', '--sheet', disk.at('sheet.txt'), '--yes'], options);
  await well(['rewrap', sealed, '--add', NOBODY, '--yes', '--report', disk.at('report.json')], options);
  await well(['reseal', path.join(sealed, 'docs', 'deep'), '--key', 'local', '--yes'], options);
  rmSync(path.join(sealed, 'docs', 'large.bin.envelope'));
  await well(['locate', sealed, '--restore'], options);
  await well(['verify', sealed], options);

  await well(['open', sealed, '--to', disk.at('opened')], options);
  rmSync(disk.at('opened', 'sealed', 'docs', 'large (2).bin'));
  // The archive is a folder of the same name as that of the pairs.
  for (const folder of ['docs', 'docs (2)'])
    expect(treeOf(disk.at('opened', 'sealed', folder))).toEqual(docs);
  expect(leftovers(disk.folder)).toEqual([]);
}

describe.each(kinds)('$kind', ({ kind, why, options }) => {
  it.runIf(why === undefined)('holds names that are one to it, and those it cannot hold', async () => {
    const disk = useDisk(kind, options);
    const names = [
      'a.txt',
      'A.TXT',
      'a (2).txt',
      'É',
      'é',
      '\u00e4',
      'a\u0308',
      '10:30.txt',
      'B/x',
      'b/x',
      'b/X',
    ];
    for (const name of names) {
      mkdirSync(path.dirname(place.at('docs', name)), { recursive: true });
      writeFileSync(place.at('docs', name), name);
    }
    const contents = (folder: string): string[] =>
      [...treeOf(folder).keys()].map((name) => readFileSync(path.join(folder, name), 'utf8'));
    await well(['seal', place.at('docs'), '--to', place.at('pairs')]);
    await well(['seal', place.at('docs'), '--archive', '--to', place.at('archive')]);

    const archive = await well(['open', place.at('archive'), '--to', disk.at('archive')]);
    expect(contents(disk.at('archive')).toSorted()).toEqual(names.toSorted());
    expect(archive.lines()[0]).toMatchObject({
      notes: expect.arrayContaining([expect.objectContaining({ code: 'name-changed', path: 'a.txt' })]),
    });

    const pairs = await well(['open', place.at('pairs'), '--to', disk.at('pairs')]);
    expect(contents(disk.at('pairs')).toSorted()).toEqual(names.toSorted());
    expect(readdirSync(disk.at('pairs', 'pairs', 'docs'))).toContain('10_30.txt');
    expect(pairs.out).toContain('"name-changed"');

    const ran = await run(['seal', place.at('docs'), '--to', disk.at('sealed')]);
    expect(codesOf(ran)).toEqual(['name-impossible']);
    const hidden = ['seal', place.at('docs', '10:30.txt'), '--hide-names', '--to', disk.at('sealed')];
    await well(hidden);
    await well(['open', disk.at('sealed'), '--to', place.at('back')]);
    expect(contents(place.at('back')).toSorted()).toEqual(names.toSorted());
    expect(leftovers(disk.folder)).toEqual([]);
  });
});

describe('a disk of Windows', () => {
  it.runIf(ntfs.why === undefined)('takes and gives back all that is done to files', async () => {
    await doEverything(useDisk('ntfs', ntfs.options), {});
  });
});

describe('a USB stick', () => {
  it.runIf(exfat.why === undefined)('stops nobody who may write because of whose its files are', async () => {
    const disk = useDisk('exfat', FOR_ALL);
    writeFileSync(disk.at('mine'), '');
    const [program, ...words] = [...AS_OTHER, 'chmod', '600', disk.at('mine')];
    expect(spawnSync(program, words).status).toBe(1);
    await doEverything(disk, { before: AS_OTHER });
  });

  it.runIf(exfat.why === undefined)('may forget the numbers of files while they are sealed', async () => {
    const disk = useDisk('exfat', exfat.options);
    const before = treeOf(disk.at('docs'));
    let isOver = false;
    const forgetting = (async () => {
      while (!isOver) {
        spawnSync('mount', ['-i', '-o', 'remount', disk.folder]);
        await sleep(20);
      }
    })();
    try {
      await well(['seal', disk.at('docs'), '--archive', '--trash-originals', '--to', place.at('sealed')]);
    } finally {
      isOver = true;
      await forgetting;
    }
    expect(readdirSync(disk.folder)).not.toContain('docs');
    await well(['open', place.at('sealed'), '--to', place.at('opened')]);
    expect(treeOf(place.at('opened', 'sealed', 'docs'))).toEqual(before);
  });

  it.runIf(exfat.why === undefined)(
    `loses nothing to a kill (ENVELOPE_SEED=${seed})`,
    { timeout: 90_000 },
    async () => {
      const random = randomOf(seed);
      const disk = useDisk('exfat', exfat.options);
      const before = treeOf(disk.at('docs'));
      for (let round = 0; round < 4; round += 1) {
        const killed = await run(['seal', disk.at('docs'), '--to', disk.at('sealed')], {
          onStart: (child) => setTimeout(() => child.kill('SIGKILL'), 250 + random() * 500),
        });
        console.log(`exfat: ${killed.code === null ? 'killed' : 'ended before'}`);
      }
      // The next start treats what was left.
      await well(['seal', disk.at('docs'), '--to', disk.at('sealed')]);
      await well(['verify', disk.at('sealed')]);
      expect(treeOf(disk.at('docs'))).toEqual(before);
      const halves = [...treeOf(disk.at('sealed')).keys()];
      expect(halves.filter((name) => !/\.(?:enc|envelope)$/.test(name))).toEqual([]);
      const stems = (suffix: string): string[] =>
        halves.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length));
      expect(stems('.enc')).toEqual(stems('.envelope'));
    },
  );
});
