/**
 * @file The calls to the file system that are made for every small file. As `node:fs/promises`, with the few options that
 * are used, but made at once where that is allowed and quick (`at-once.ts`). Everything else uses `node:fs/promises`.
 */
import {
  type BigIntStats,
  type BigIntStatsFs,
  linkSync,
  lstatSync,
  open as openWithCallback,
  openSync,
  type PathLike,
  renameSync,
  type Stats,
  statfsSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import * as handed from 'node:fs/promises';
import { promisify } from 'node:util';
import { CallKind, isAtOnceAllowed } from './at-once.ts';
import { errnoOf } from './io-error.ts';
import { Descriptor, type FileHandle } from './file-handle.ts';

const openHanded = promisify(openWithCallback);

const kinds = {
  link: new CallKind(),
  look: new CallKind(),
  open: new CallKind(),
  rename: new CallKind(),
  statfs: new CallKind(),
  unlink: new CallKind(),
};

/** @throws the system's error */
export async function open(path: PathLike, flags: string | number, mode?: number): Promise<FileHandle> {
  if (!isAtOnceAllowed()) return await handed.open(path, flags, mode);
  const fd = await kinds.open.make(
    () => openSync(path, flags, mode),
    async () => await openHanded(path, flags, mode),
  );
  return new Descriptor(fd);
}

export function lstat(path: PathLike): Promise<Stats>;
export function lstat(path: PathLike, options: { bigint: true }): Promise<BigIntStats>;
/** @throws the system's error */
export function lstat(path: PathLike, options?: { bigint: true }): Promise<Stats | BigIntStats> {
  return kinds.look.make<Stats | BigIntStats>(
    () => (options === undefined ? lstatSync(path) : lstatSync(path, options)),
    async () => await handed.lstat(path, options),
  );
}

export function stat(path: PathLike): Promise<Stats>;
export function stat(path: PathLike, options: { bigint: true }): Promise<BigIntStats>;
/** @throws the system's error */
export function stat(path: PathLike, options?: { bigint: true }): Promise<Stats | BigIntStats> {
  return kinds.look.make<Stats | BigIntStats>(
    () => (options === undefined ? statSync(path) : statSync(path, options)),
    async () => await handed.stat(path, options),
  );
}

/** @returns undefined if nothing is there, which is no error. @throws the system's error */
export async function statIfThere(path: PathLike): Promise<BigIntStats | undefined> {
  return await ifThere(
    kinds.look.make(
      () => statSync(path, { bigint: true, throwIfNoEntry: false }),
      async () => await handed.stat(path, { bigint: true }),
    ),
  );
}

/** As {@link statIfThere}, of a link itself. */
export async function lstatIfThere(path: PathLike): Promise<BigIntStats | undefined> {
  return await ifThere(
    kinds.look.make(
      () => lstatSync(path, { bigint: true, throwIfNoEntry: false }),
      async () => await handed.lstat(path, { bigint: true }),
    ),
  );
}

/** Node's `throwIfNoEntry` spares the error where nothing has the name, but not where a file stands for a folder above. */
async function ifThere<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** @throws the system's error */
export function statfs(path: PathLike, options: { bigint: true }): Promise<BigIntStatsFs> {
  return kinds.statfs.make(
    () => statfsSync(path, options),
    async () => await handed.statfs(path, options),
  );
}

/** @throws the system's error */
export function link(existing: PathLike, added: PathLike): Promise<void> {
  return kinds.link.make(
    () => {
      linkSync(existing, added);
    },
    async () => {
      await handed.link(existing, added);
    },
  );
}

/** @throws the system's error */
export function rename(from: PathLike, to: PathLike): Promise<void> {
  return kinds.rename.make(
    () => {
      renameSync(from, to);
    },
    async () => {
      await handed.rename(from, to);
    },
  );
}

/** @throws the system's error */
export function unlink(path: PathLike): Promise<void> {
  return kinds.unlink.make(
    () => {
      unlinkSync(path);
    },
    async () => {
      await handed.unlink(path);
    },
  );
}
