/** @file The store of copies as a whole: how full it is, making it smaller, emptying it. */
import { stat } from 'node:fs/promises';
import { copiesOf, type Settings } from '../../shared/settings.ts';
import type { CopiesState } from '../../shared/copies.ts';
import { removeFile } from '../files/atomic.ts';
import type { Places } from '../settings/places.ts';
import { configOf } from './copies.ts';
import { SHARDS } from './copy-file.ts';
import { allCopies, dropOldest, type ListedCopy } from './shards.ts';

/**
 * How many copies there are, wherever they lie.
 * @throws EnvelopeError `source-unreadable`, `io-failed`, `cancelled`
 */
export async function copiesState(
  settings: Settings,
  places: Pick<Places, 'envelopesFolder'>,
  signal?: AbortSignal,
): Promise<CopiesState> {
  const { folder, own } = configOf(settings, places);
  const state: CopiesState = {
    ...copiesOf(settings),
    place: folder,
    isOwn: folder === own,
    isThere: await isFolder(folder),
    count: 0,
    bytes: 0,
  };
  let [oldest, newest] = [Infinity, -Infinity];
  for (const place of new Set([folder, own])) {
    for await (const some of allCopies(place, signal)) {
      for (const { bytes, kept } of some) {
        state.count += 1;
        state.bytes += bytes;
        oldest = Math.min(oldest, kept.getTime());
        newest = Math.max(newest, kept.getTime());
      }
    }
  }
  if (state.count === 0) return state;
  return { ...state, oldest: new Date(oldest).toISOString(), newest: new Date(newest).toISOString() };
}

async function isFolder(folder: string): Promise<boolean> {
  return await stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** What was removed. */
export type Removed = { count: number; bytes: number };

/**
 * Removes the oldest copies until the rest fit into the space that the settings give them.
 * @throws EnvelopeError as {@link copiesState}; `target-unwritable`
 */
export async function pruneCopies(
  settings: Settings,
  places: Pick<Places, 'envelopesFolder'>,
  signal?: AbortSignal,
): Promise<Removed> {
  const { folder, own, bytes: most } = configOf(settings, places);
  const removed: Removed = { count: 0, bytes: 0 };
  for (const place of new Set([folder, own])) {
    for await (const some of allCopies(place, signal)) {
      const left = await dropOldest(some, most / SHARDS);
      removed.count += some.length - left.length;
      removed.bytes += sizeOf(some) - sizeOf(left);
    }
  }
  return removed;
}

/** Removes every copy. Errors as {@link pruneCopies}. */
export async function clearCopies(
  settings: Settings,
  places: Pick<Places, 'envelopesFolder'>,
  signal?: AbortSignal,
): Promise<Removed> {
  const { folder, own } = configOf(settings, places);
  const removed: Removed = { count: 0, bytes: 0 };
  for (const place of new Set([folder, own])) {
    for await (const some of allCopies(place, signal)) {
      for (const { file, bytes } of some) {
        await removeFile(file);
        removed.count += 1;
        removed.bytes += bytes;
      }
    }
  }
  return removed;
}

const sizeOf = (copies: readonly ListedCopy[]): number => copies.reduce((sum, { bytes }) => sum + bytes, 0);
