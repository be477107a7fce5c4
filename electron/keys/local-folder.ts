/** @file The folder with the masters of local keys: one file a key, for this user alone. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { createPartial, giveName, removeFile, writeWhole } from '../files/atomic.ts';
import { fsyncFolder } from '../files/fsync-folder.ts';
import { errnoOf, fromSystem, ioErrors } from '../files/io-error.ts';
import { readStart } from '../files/read-start.ts';
import { setPermissions } from '../files/permissions.ts';
import { makePrivateFolder } from '../settings/places.ts';
import { type KeyFile, parseKeyFile, serialiseKeyFile } from './local-file.ts';

const SUFFIX = '.json';
const MAX_BYTES = 65_536;

/** The key of this computer has a name of its own on disk: whoever creates that file first has made the key. */
export const DEFAULT_FILE = `default${SUFFIX}`;

export const fileNameOf = (key: string): string => key.slice('local:'.length) + SUFFIX;

export type StoredKey = { path: string; file: KeyFile; readableByOthers: boolean };
export type DamagedKey = { path: string; error: EnvelopeError };

/**
 * Reads a key file or a backup: a regular file of at most 64 KiB. The caller wipes the bytes.
 * @throws EnvelopeError `key-damaged`, `source-special`, `source-missing`, `source-unreadable`
 */
export async function readSmallFile(file: string): Promise<{ bytes: Buffer; mode: number }> {
  return await ioErrors('source', file, async () => {
    await using handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (!stats.isFile()) throw new EnvelopeError('source-special', 'not a regular file', { path: file });
    if (stats.size > MAX_BYTES) {
      throw new EnvelopeError('key-damaged', 'larger than a file with a key can be', { path: file });
    }
    return { bytes: await readStart(handle, stats.size), mode: stats.mode };
  });
}

/**
 * Creates `file` with all of `bytes`, or not at all, for this user alone unless `mode` (permission bits) says otherwise.
 * @returns false if the name is taken
 * @throws EnvelopeError `target-missing`, `target-unwritable`, `disk-full`
 */
export async function createWhole(file: string, bytes: Uint8Array, mode = 0o600): Promise<boolean> {
  const folder = path.dirname(file);
  const partial = path.join(folder, `.${randomUUID()}.partial`);
  const handle = await createPartial(partial);
  try {
    await ioErrors('target', file, async () => {
      await using open = handle;
      await open.writeFile(bytes);
      if (mode !== 0o600) await setPermissions(open, mode);
      await open.sync();
    });
    return await giveName(partial, file);
  } finally {
    await removeFile(partial);
    await fsyncFolder(folder);
  }
}

export class KeyFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @returns undefined if there is no such file
   * @throws EnvelopeError `key-damaged`, `source-unreadable`
   */
  async read(name: string): Promise<StoredKey | undefined> {
    const file = path.join(this.#folder, name);
    try {
      const { bytes, mode } = await readSmallFile(file);
      try {
        return {
          path: file,
          file: parseKeyFile(bytes),
          readableByOthers: process.platform !== 'win32' && (mode & 0o077) !== 0,
        };
      } finally {
        bytes.fill(0);
      }
    } catch (error) {
      if (isEnvelopeError(error, 'source-missing')) return undefined;
      if (!isEnvelopeError(error, 'key-damaged')) throw error;
      throw new EnvelopeError('key-damaged', error.message, { ...error.details, path: file }, error);
    }
  }

  /** Every key of the folder, the oldest first; a file that cannot be read does not hide the others. */
  async list(): Promise<{ keys: StoredKey[]; damaged: DamagedKey[] }> {
    const keys: StoredKey[] = [];
    const damaged: DamagedKey[] = [];
    for (const name of await this.#names()) {
      try {
        const stored = await this.read(name);
        if (stored !== undefined) keys.push(stored);
      } catch (error) {
        if (!isEnvelopeError(error)) throw error;
        damaged.push({ path: path.join(this.#folder, name), error });
      }
    }
    keys.sort((a, b) => (a.file.created < b.file.created ? -1 : 1));
    return { keys, damaged };
  }

  async #names(): Promise<string[]> {
    try {
      const names = await readdir(this.#folder);
      return names.filter((name) => name.endsWith(SUFFIX) && !name.startsWith('.'));
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw fromSystem(error, 'source', this.#folder);
    }
  }

  /** @returns false if there is a file of that name */
  async add(name: string, file: KeyFile): Promise<boolean> {
    await makePrivateFolder(this.#folder);
    return await createWhole(path.join(this.#folder, name), serialiseKeyFile(file));
  }

  async replace(file: string, by: KeyFile): Promise<void> {
    await writeWhole(file, serialiseKeyFile(by), { mode: 0o600 });
  }

  /** Gives a damaged file another name, under which it is no key any more: nothing is thrown away. */
  async setAsideIfDamaged(name: string): Promise<void> {
    const file = path.join(this.#folder, name);
    try {
      await this.read(name);
    } catch (error) {
      if (!isEnvelopeError(error, 'key-damaged')) throw error;
      await ioErrors('target', file, async () => await rename(file, `${file}.${randomUUID()}.damaged`));
    }
  }
}
