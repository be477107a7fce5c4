import type { BigIntStats } from 'node:fs';

/** Which file it is and which state of it, as far as the system tells without reading it. */
export type FileIdentity = {
  device: bigint;
  inode: bigint;
  /** Bytes. */
  size: bigint;
  /** Nanoseconds since 1970. */
  modifiedNs: bigint;
};

/** From a stat with `{ bigint: true }`: Windows file numbers do not fit a double. */
export function identityOf(stats: BigIntStats): FileIdentity {
  return { device: stats.dev, inode: stats.ino, size: stats.size, modifiedNs: stats.mtimeNs };
}

/** Whether two are one file: device and file number agree (FORMAT.md section 5), whatever their paths. */
export function sameFile(a: FileIdentity, b: FileIdentity): boolean {
  return a.device === b.device && a.inode === b.inode;
}

/** Whether `b` is still the file `a` in the state of `a` (FORMAT.md section 1, *changed while being read*). */
export function unchanged(a: FileIdentity, b: FileIdentity): boolean {
  return sameFile(a, b) && a.size === b.size && a.modifiedNs === b.modifiedNs;
}
