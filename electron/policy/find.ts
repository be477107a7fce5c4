/** @file The policy that governs a folder: its own, else the nearest above it. */
import { constants, type Stats } from 'node:fs';
import { lstat, open, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { errnoOf, fromSystem } from '../files/io-error.ts';
import { readStart } from '../files/read-start.ts';
import { type FolderPolicy, invalidPolicy, parsePolicy, POLICY_FILE } from './policy.ts';

export type FoundPolicy = {
  /** The file. */
  path: string;
  /** The folder it stands in, without links. */
  folder: string;
  policy: FolderPolicy;
};

const MAX_BYTES = 65_536;
/** Folders whose answer is kept: a walk comes back to the same few, and may pass a million. */
const KEPT = 10_000;

/** In a folder with both bits everybody may put a file, and nobody may take it away: `/tmp`. */
const STICKY_FOR_ALL = 0o1002;

const nothingThere = new Set(['ENOENT', 'ENOTDIR']);

/**
 * Finds policies, and reads each once. The search goes up from a folder and ends with the user's home, with the root of
 * the file system or of a mounted disk, and before a folder like `/tmp`, where anybody could lay one down.
 */
export class PolicyFinder {
  readonly #home: Promise<string>;
  readonly #known = new Map<string, Promise<FoundPolicy | undefined>>();

  /** `home` is given by tests. */
  constructor(home: string = homedir()) {
    this.#home = realpath(home).catch(() => home);
  }

  /**
   * @param folder absolute, without links
   * @throws EnvelopeError `policy-invalid`: one that cannot be used is not taken for none · `io-failed`
   */
  async find(folder: string): Promise<FoundPolicy | undefined> {
    let found = this.#known.get(folder);
    if (found === undefined) {
      if (this.#known.size >= KEPT) this.#known.clear();
      found = this.#search(folder);
      this.#known.set(folder, found);
    }
    return await found;
  }

  async #search(folder: string): Promise<FoundPolicy | undefined> {
    const stats = await look(folder);
    if (stats === undefined || (stats.mode & STICKY_FOR_ALL) === STICKY_FOR_ALL) return undefined;
    const own = await readPolicy(folder);
    if (own !== undefined) return own;
    const above = path.dirname(folder);
    if (above === folder || folder === (await this.#home)) return undefined;
    if ((await look(above))?.dev !== stats.dev) return undefined;
    return await this.find(above);
  }
}

async function look(folder: string): Promise<Stats | undefined> {
  try {
    return await lstat(folder);
  } catch (error) {
    if (nothingThere.has(errnoOf(error) ?? '')) return undefined;
    throw fromSystem(error, 'source', folder);
  }
}

/**
 * SECURITY: a link could bring in any file as a policy, or show its beginning in an error; none is followed.
 * @throws EnvelopeError `policy-invalid`
 */
export async function readPolicy(folder: string): Promise<FoundPolicy | undefined> {
  const file = path.join(folder, POLICY_FILE);
  try {
    // Windows has no flag for it.
    if ((await lstat(file)).isSymbolicLink()) throw invalidPolicy(file, 'link');
    await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = await handle.stat();
    if (!stats.isFile()) throw invalidPolicy(file, 'special');
    if (stats.size > MAX_BYTES) throw invalidPolicy(file, 'large');
    const bytes = await readStart(handle, stats.size);
    return { path: file, folder, policy: parsePolicy(bytes.toString(), file) };
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    if (nothingThere.has(errno)) return undefined;
    throw invalidPolicy(file, errno === 'ELOOP' ? 'link' : errno === 'ENXIO' ? 'special' : 'unreadable');
  }
}
