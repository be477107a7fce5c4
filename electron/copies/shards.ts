/** @file The folders that copies lie in: what is in them, and which go when they are full. */
import type { Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import { removeFile } from '../files/atomic.ts';
import { lstat } from '../files/fs.ts';
import { errnoOf, ioErrors } from '../files/io-error.ts';
import { copyName, shardName } from './copy-file.ts';

/** A copy as the disk lists it. `bytes`: its size. */
export type ListedCopy = { file: string; bytes: number; kept: Date };

/** Temporaries of the one writer. */
const partialName = /^\.[0-9a-f-]{36}\.partial$/;
/** Milliseconds after which nobody writes to one any more. */
const LEFT_BEHIND = 3_600_000;

async function namesIn(folder: string): Promise<string[]> {
  return await ioErrors('source', folder, async () => {
    try {
      return await readdir(folder);
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return [];
      throw error;
    }
  });
}

/** Undefined if it went away meanwhile. */
async function statsOf(file: string): Promise<Stats | undefined> {
  return await lstat(file).catch(() => undefined);
}

/** What is in one shard. A temporary that a killed run left behind is removed. */
export async function copiesIn(shard: string): Promise<ListedCopy[]> {
  const names = await namesIn(shard);
  const listed = await Promise.all(
    names.map(async (name): Promise<ListedCopy[]> => {
      const file = path.join(shard, name);
      const stats = copyName.test(name) || partialName.test(name) ? await statsOf(file) : undefined;
      if (stats?.isFile() !== true) return [];
      if (copyName.test(name)) return [{ file, bytes: stats.size, kept: stats.mtime }];
      if (Date.now() - stats.mtimeMs > LEFT_BEHIND) await removeFile(file);
      return [];
    }),
  );
  return listed.flat();
}

/**
 * Everything in the store, one shard after the other.
 * @throws EnvelopeError `source-unreadable`, `io-failed`; `cancelled`
 */
export async function* allCopies(
  folder: string,
  signal?: AbortSignal,
): AsyncGenerator<ListedCopy[], void, undefined> {
  const shards = (await namesIn(folder)).filter((name) => shardName.test(name)).sort();
  for (const shard of shards) {
    if (signal?.aborted === true) throw new EnvelopeError('cancelled', 'cancelled while copies were listed');
    yield await copiesIn(path.join(folder, shard));
  }
}

/**
 * Removes the oldest of `copies` until the rest take no more than `most` bytes. `spare` stays.
 * @returns what is left
 */
export async function dropOldest(
  copies: readonly ListedCopy[],
  most: number,
  spare?: string,
): Promise<ListedCopy[]> {
  const oldestFirst = copies.toSorted((a, b) => a.kept.getTime() - b.kept.getTime());
  let bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0);
  const left: ListedCopy[] = [];
  for (const copy of oldestFirst) {
    if (bytes <= most || copy.file === spare) {
      left.push(copy);
      continue;
    }
    await removeFile(copy.file);
    bytes -= copy.bytes;
  }
  return left;
}
