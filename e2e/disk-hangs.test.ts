/** @file A disk that never answers. Needs Linux, root and FUSE; elsewhere it says that it was not run. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import { expect, it } from 'vitest';
import { BadDisk, whyNoBadDisk } from './disk/bad-disk.ts';
import { Place } from './run-cli.ts';

const why = await whyNoBadDisk();

it('there are disks that hang, or it is said that nothing below was run', () => {
  console.log(why === undefined ? 'disks that hang: run' : `disks that hang: NOT RUN: ${why}`);
  expect([why, process.env['ENVELOPE_REQUIRE_DISKS']]).not.toEqual([expect.any(String), '1']);
});

/** Ctrl-C twice once it hangs, and the end of patience. @returns whether the first was not enough */
async function interruptTwice(child: ChildProcess, disk: BadDisk): Promise<boolean> {
  await disk.hung;
  child.kill('SIGINT');
  await sleep(1000);
  const isThere = child.exitCode === null && child.signalCode === null;
  child.kill('SIGINT');
  const patience = setTimeout(() => child.kill('SIGKILL'), 20_000);
  child.once('close', () => {
    clearTimeout(patience);
  });
  return isThere;
}

it.runIf(why === undefined).each([
  ['when it is read', 'hangs'],
  ['when a file is opened', 'asleep'],
])('a disk that hangs %s does not keep the second Ctrl-C from ending the program', async (_when, way) => {
  using disk = await BadDisk.mount();
  using place = new Place();
  mkdirSync(path.join(disk.backing, way));
  writeFileSync(path.join(disk.backing, way, 'file.bin'), 'text');
  let interrupted: Promise<boolean> | undefined;
  const ran = await place.run(['seal', path.join(disk.folder, way, 'file.bin'), '--to', place.at('sealed')], {
    onStart: (child) => {
      interrupted = interruptTwice(child, disk);
    },
  });
  expect(await interrupted).toBe(true);
  expect(ran).toMatchObject({ code: null, signal: 'SIGINT' });
  expect(readdirSync(place.folder).filter((name) => /(?:enc|envelope)$/.test(name))).toEqual([]);
});
