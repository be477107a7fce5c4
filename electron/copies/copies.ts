/**
 * @file The program's own store of envelopes: every one that is written is kept as it is, so that a lost one can be
 * restored by the body's first 40 bytes. A copy holds no secret: it says what the envelope beside the body says.
 */
import { lstat } from 'node:fs/promises';
import { EnvelopeError, type ErrorCode, isEnvelopeError } from '../../shared/errors.ts';
import type { CopyReason } from '../../shared/notes.ts';
import { copiesOf, type Settings } from '../../shared/settings.ts';
import { exists, writeNew, writeOver } from '../files/atomic.ts';
import { inTurn } from '../files/in-turn.ts';
import { makePrivateFolder, type Places } from '../settings/places.ts';
import type { SettingsStore } from '../settings/store.ts';
import { type Copy, copyPlace, readCopy, SHARDS } from './copy-file.ts';
import { copiesIn, dropOldest } from './shards.ts';

/** How copies are kept now. `own`: the folder among the program's data; `bytes`: the most that all of them take. */
export type CopiesConfig = { keep: boolean; folder: string; own: string; bytes: number };

/** What sealing, rewrapping and opening need of the store. */
export type CopyKeeper = {
  /**
   * Keeps the envelope that was just written, in the place of an earlier one of the same body. `stream`: the body's first
   * 40 bytes. Never an error: the envelope itself is there.
   * @returns undefined if it is kept, or none is wanted; else why it is not
   */
  keep(stream: Uint8Array, envelope: Uint8Array): Promise<CopyReason | undefined>;
  /** The copy of the envelope of the body that begins with `stream`. Errors of the settings. */
  find(stream: Uint8Array): Promise<Copy | undefined>;
  /** The folders that copies may lie in. Errors of the settings. */
  folders(): Promise<ReadonlySet<string>>;
};

/** Milliseconds for which the settings are not read again: a batch writes thousands. */
export const SETTINGS_FRESH = 1_000;
/** Milliseconds for which the size of a shard is believed though other processes may write to it. */
const SIZE_FRESH = 60_000;
/** Milliseconds after which a folder, such as one on a share that is gone, is no longer waited for. */
const PATIENCE = 10_000;

export function configOf(settings: Pick<Settings, 'copies'>, places: Pick<Places, 'envelopesFolder'>) {
  const { keep, folder, megabytes } = copiesOf(settings);
  const own = places.envelopesFolder;
  return { keep, folder: folder ?? own, own, bytes: megabytes * 1_000_000 } satisfies CopiesConfig;
}

export class Copies implements CopyKeeper {
  readonly #settings: Pick<SettingsStore, 'load'>;
  readonly #places: Pick<Places, 'envelopesFolder'>;
  readonly #patience: number;
  readonly #writeNew: typeof writeNew;
  #config: { read: Promise<CopiesConfig>; at: number } | undefined;
  /** By shard, as this process knows it. */
  readonly #sizes = new Map<string, { bytes: number; at: number }>();
  /** A write that its folder has not answered yet. */
  #stuck: Promise<unknown> | undefined;

  /** `patience`: milliseconds to wait for the folder. `write`: for tests. */
  constructor(
    settings: Pick<SettingsStore, 'load'>,
    places: Pick<Places, 'envelopesFolder'>,
    { patience = PATIENCE, write = writeNew }: { patience?: number; write?: typeof writeNew } = {},
  ) {
    this.#settings = settings;
    this.#places = places;
    this.#patience = patience;
    this.#writeNew = write;
  }

  /** As the settings say, read anew at most once a second. Errors of the settings. */
  async config(): Promise<CopiesConfig> {
    const now = performance.now();
    if (this.#config === undefined || now - this.#config.at > SETTINGS_FRESH) {
      const read = (async () => configOf(await this.#settings.load(), this.#places))();
      this.#config = { read, at: now };
    }
    return await this.#config.read;
  }

  /** The settings were changed by this process. */
  forget(): void {
    this.#config = undefined;
    this.#sizes.clear();
  }

  async keep(stream: Uint8Array, envelope: Uint8Array): Promise<CopyReason | undefined> {
    try {
      const config = await this.config();
      if (!config.keep) return undefined;
      const write = async () => await inTurn(config.folder, () => this.#writeAgain(config, stream, envelope));
      return await this.#inTime(write, 'silent');
    } catch (error) {
      if (!isEnvelopeError(error)) throw error;
      return whyNot(error);
    }
  }

  async folders(): Promise<ReadonlySet<string>> {
    const { folder, own } = await this.config();
    return new Set([folder, own]);
  }

  async find(stream: Uint8Array): Promise<Copy | undefined> {
    const folders = await this.folders();
    return await this.#inTime(async () => {
      for (const place of folders) {
        const copy = await readCopy(copyPlace(place, stream).file, stream);
        if (copy !== undefined) return copy;
      }
      return undefined;
    }, undefined);
  }

  /** What `work` comes to, or `otherwise` if the folder of copies hangs; from then on until it answers again. */
  async #inTime<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    if (this.#stuck !== undefined) return otherwise;
    const done = work();
    // Not a timer that ends by a signal: that makes an error, with its stack, for every copy.
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => {
      late.resolve('late');
    }, this.#patience);
    try {
      const first = await Promise.race([done.then((value) => ({ value })), late.promise]);
      if (first !== 'late') return first.value;
    } finally {
      clearTimeout(timer);
    }
    this.#stuck = done.catch(() => {}).finally(() => (this.#stuck = undefined));
    return otherwise;
  }

  /** One at a time: a folder that hangs must not take every thread that waits for disks. */
  async #writeAgain(config: CopiesConfig, stream: Uint8Array, envelope: Uint8Array) {
    try {
      return await this.#write(config, stream, envelope);
    } catch (error) {
      if (!isEnvelopeError(error, 'target-missing') || this.#sizes.size === 0) throw error;
    }
    // Somebody removed what this process had made.
    this.#sizes.clear();
    return await this.#write(config, stream, envelope);
  }

  async #write(
    { folder, own, bytes: most }: CopiesConfig,
    stream: Uint8Array,
    envelope: Uint8Array,
  ): Promise<CopyReason | undefined> {
    const { shard, file } = copyPlace(folder, stream);
    const share = most / SHARDS;
    if (envelope.length > share) return 'too-large';
    // A chosen folder is made when it is chosen. Where it is gone, its disk is away, and its place is not ours to fill.
    if (folder !== own && !(await exists(folder))) return 'folder-missing';
    const known = this.#sizes.get(shard);
    if (known === undefined) await makeShard(shard);
    // Not made durable one by one: the envelope itself is, and a copy that a power failure tears is not taken for one.
    if (!(await this.#writeNew(file, envelope))) await writeOver(file, envelope, { durable: false });
    const isFresh = known !== undefined && performance.now() - known.at < SIZE_FRESH;
    const size = isFresh ? { ...known, bytes: known.bytes + envelope.length } : await sizeNow(shard);
    if (size.bytes > share) {
      const left = await dropOldest(await copiesIn(shard), share, file);
      size.bytes = left.reduce((sum, { bytes }) => sum + bytes, 0);
    }
    this.#sizes.set(shard, size);
    return undefined;
  }
}

async function makeShard(shard: string): Promise<void> {
  await makePrivateFolder(shard);
  // In a folder that others may write to, a link could send what is written elsewhere.
  if ((await lstat(shard)).isDirectory()) return;
  throw new EnvelopeError('target-unwritable', 'not a folder of copies', { path: shard });
}

async function sizeNow(shard: string): Promise<{ bytes: number; at: number }> {
  const copies = await copiesIn(shard);
  return { bytes: copies.reduce((sum, { bytes }) => sum + bytes, 0), at: performance.now() };
}

const unwritable: readonly ErrorCode[] = ['target-unwritable', 'disk-read-only', 'name-taken'];

function whyNot({ code }: EnvelopeError): CopyReason {
  if (code === 'disk-full') return 'disk-full';
  if (code === 'settings-invalid') return 'settings';
  return unwritable.includes(code) ? 'unwritable' : 'disk-failed';
}
