/** @file Moving the store of copies to another folder, such as one on another disk or a share. */
import { readdir, rmdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CopiesMove } from '../../shared/copies.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { copiesOf } from '../../shared/settings.ts';
import { MAX_ENVELOPE_BYTES } from '../envelope/codec.ts';
import { removeFile, writeOver } from '../files/atomic.ts';
import { ioErrors } from '../files/io-error.ts';
import { readStart } from '../files/read-start.ts';
import { openSource } from '../files/source.ts';
import { needSpace } from '../files/space.ts';
import { makePrivateFolder, type Places } from '../settings/places.ts';
import type { SettingsStore } from '../settings/store.ts';
import { configOf, type Copies, SETTINGS_FRESH } from './copies.ts';
import { shardName } from './copy-file.ts';
import { allCopies, type ListedCopy } from './shards.ts';

/** What the store is called in a folder that holds other things too. */
const SUBFOLDER = 'Envelope copies';

/** Copies under way at the same time: each waits for its disk. */
const AT_ONCE = 16;

export type MoveParts = {
  settings: Pick<SettingsStore, 'load' | 'update'>;
  places: Pick<Places, 'envelopesFolder'>;
  copies: Pick<Copies, 'forget'>;
};

export type MoveOptions = {
  signal?: AbortSignal | undefined;
  onProgress?: ((move: CopiesMove) => void) | undefined;
  /** Milliseconds until every process goes by the new settings; for tests. */
  settle?: number;
};

export type MovedCopies = { place: string; copies: number };

/**
 * Moves all copies to `to`, or back among the program's own data. First every copy is on the other disk, then the settings
 * name it, then the old ones go: killed at any moment, each copy is where the settings say. A folder that holds other
 * things gets a folder of its own in it.
 * @param to absolute, or undefined
 * @throws EnvelopeError `cancelled` while they are copied, with what was copied taken away again · `disk-full`, `target-…`,
 *   `source-unreadable`, `io-failed`, `settings-invalid`
 */
export async function moveCopies(
  { settings, places, copies }: MoveParts,
  to: string | undefined,
  { signal, onProgress, settle = SETTINGS_FRESH }: MoveOptions = {},
): Promise<MovedCopies> {
  const { folder, own } = configOf(await settings.load(), places);
  const place = to === undefined ? own : await storeIn(to);
  const from = [...new Set([folder, own])].filter((one) => one !== place);
  const all = await listAll(from, signal);
  await needSpace(
    place,
    all.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  await makePrivateFolder(place);
  const made: string[] = [];
  try {
    for (let done = 0; done < all.length; done += AT_ONCE) {
      if (signal?.aborted === true) throw new EnvelopeError('cancelled', 'cancelled while copies were moved');
      onProgress?.({ copies: done, all: all.length });
      const some = all.slice(done, done + AT_ONCE);
      const carried = await Promise.allSettled(some.map(async (copy) => await carry(copy, place)));
      made.push(...carried.flatMap((one) => (one.status === 'fulfilled' ? (one.value ?? []) : [])));
      const failed = carried.find((one) => one.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    }
    await settings.update((now) => {
      const { folder: _before, ...others } = copiesOf(now);
      return { ...now, copies: to === undefined ? others : { ...others, folder: place } };
    });
  } catch (error) {
    for (const file of made) await removeFile(file).catch(() => {});
    throw error;
  }
  copies.forget();
  await sleep(settle);
  await removeOld(from, place);
  onProgress?.({ copies: all.length, all: all.length });
  return { place, copies: all.length };
}

/** The store in `folder`: itself if there is nothing else in it, else a folder of its own. */
async function storeIn(folder: string): Promise<string> {
  const names = await ioErrors('source', folder, async () => await readdir(folder)).catch(
    (error: unknown) => {
      if (isEnvelopeError(error, 'source-missing')) return [];
      throw error;
    },
  );
  return names.every((name) => shardName.test(name)) ? folder : path.join(folder, SUBFOLDER);
}

async function listAll(folders: readonly string[], signal?: AbortSignal): Promise<ListedCopy[]> {
  const all: ListedCopy[] = [];
  for (const folder of folders) for await (const some of allCopies(folder, signal)) all.push(...some);
  return all;
}

const nameIn = (place: string, { file }: ListedCopy): string =>
  path.join(place, path.basename(path.dirname(file)), path.basename(file));

/**
 * Copies one to `place`, durably and with its time.
 * @returns where it is now; undefined if one that is no older was there, or this one is gone meanwhile
 */
async function carry(copy: ListedCopy, place: string): Promise<string | undefined> {
  const to = nameIn(place, copy);
  const own = await read(copy.file);
  const there = await read(to);
  if (own === undefined || (there !== undefined && isNoOlder(there, own))) return undefined;
  await makePrivateFolder(path.dirname(to));
  await writeOver(to, own.bytes);
  await ioErrors('target', to, async () => {
    await utimes(to, copy.kept, copy.kept);
  });
  return to;
}

type ReadCopy = { bytes: Uint8Array; modifiedNs: bigint };

/** An envelope that was rewrapped meanwhile has another, newer copy, which must not give way to the old one. */
function isNoOlder(there: ReadCopy, own: ReadCopy): boolean {
  return Buffer.compare(there.bytes, own.bytes) === 0 || there.modifiedNs >= own.modifiedNs;
}

async function read(file: string): Promise<ReadCopy | undefined> {
  try {
    const { handle, stats } = await openSource(file, { noFollow: true });
    await using open = handle;
    if (stats.size > BigInt(MAX_ENVELOPE_BYTES)) return undefined;
    const bytes = await ioErrors('source', file, async () => await readStart(open, Number(stats.size)));
    return { bytes, modifiedNs: stats.mtimeNs };
  } catch (error) {
    if (isEnvelopeError(error, 'source-missing', 'source-special')) return undefined;
    throw error;
  }
}

/** What came into the old folders meanwhile goes along; then they are emptied. What cannot be removed stays. */
async function removeOld(folders: readonly string[], place: string): Promise<void> {
  for (const folder of folders) {
    for await (const some of allCopies(folder)) {
      for (const copy of some) {
        await carry(copy, place);
        await removeFile(copy.file).catch(() => {});
      }
      const shard = some[0] === undefined ? undefined : path.dirname(some[0].file);
      if (shard !== undefined) await rmdir(shard).catch(() => {});
    }
    if (path.basename(folder) === SUBFOLDER) await rmdir(folder).catch(() => {});
  }
}
