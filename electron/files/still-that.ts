/** @file Whether a file is still what it was, on disks too whose file numbers do not last. */
import { statfsSync } from 'node:fs';
import { type DiskPath, pathLike } from './disk-path.ts';
import { type FileIdentity, unchanged } from './identity.ts';
import { errnoOf } from './io-error.ts';

/**
 * Kinds of Linux's file systems (statfs(2)) that number files as they come upon them: a file that the system has forgotten,
 * to have memory for others, gets a new number. USB sticks, shares, and what programs provide.
 */
const fleeting: ReadonlySet<number> = new Set([
  0x4d44, // FAT
  0x2011bab0, // exFAT
  0x65735546, // FUSE
  0xff534d42, // SMB
  0xfe534d42, // SMB 2 and later
]);

function hasLastingNumbers(path: DiskPath): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return !fleeting.has(statfsSync(pathLike(path)).type);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return true;
  }
}

/**
 * Whether `now`, found at `path`, is the file `before` in the state of `before` (FORMAT.md section 1, *changed while being
 * read*). Where the disk has no lasting file numbers, its size and time decide. Synchronous: it runs in a worker too.
 */
export function isStillThat(before: FileIdentity, now: FileIdentity, path: DiskPath): boolean {
  if (unchanged(before, now)) return true;
  return unchanged({ ...before, inode: now.inode }, now) && !hasLastingNumbers(path);
}
