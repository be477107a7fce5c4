/**
 * @file Looking for halves of pairs around a folder: in it, below it, above it. Bounded, because around a folder may lie a
 * whole disk. Of each file that can be a body the first 40 bytes are read, and nothing is opened by a path read from an
 * envelope (FORMAT.md section 2, Names on disk).
 */
import type { Dirent } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Searched, Where } from '../../shared/locate.ts';
import { isPlaceholder, streamOfBody, streamOfEnvelope } from '../envelope/folder-index.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, hasSuffix } from '../files/stem.ts';

/** Levels above and below, folders and files at most, and milliseconds. */
export type NearbyLimits = { up: number; down: number; folders: number; files: number; ms: number };

export const nearbyLimits: NearbyLimits = { up: 2, down: 5, folders: 5_000, files: 100_000, ms: 15_000 };

/** `lengths`: a file of exactly so many bytes is looked at whatever its name is. Envelopes go by their name. */
export type NearbyWanted = { half: 'envelope' | 'body'; lengths?: ReadonlySet<number> | undefined };

export type NearbyOptions = {
  limits?: Partial<NearbyLimits> | undefined;
  /** A folder that the user named: all of it, and nothing above. */
  chosen?: boolean | undefined;
  /** Folders that are passed over with all that is in them: those of the kept copies. */
  exclude?: ReadonlySet<string> | undefined;
  signal?: AbortSignal | undefined;
  /** Called before each folder. */
  onFolder?: ((folder: string, searched: Searched) => void) | undefined;
};

export type NearbyHalf = { path: string; stream: string; where: Where };

/** A folder still to be looked at. `down`: how many levels below it are too. */
type Place = { folder: string; where: Where; down: number };

/** Files looked at at the same time. */
const AT_ONCE = 16;

/** One search. Iterated until nothing is wanted any more, or to its end. */
export class Nearby {
  readonly #start: string;
  readonly #wanted: NearbyWanted;
  readonly #options: NearbyOptions;
  readonly #limits: NearbyLimits;
  readonly #seen = new Set<string>();
  readonly #until: number;
  #searched: Searched = { folders: 0, files: 0, placeholders: 0, complete: true };

  /** `start`: an absolute path. */
  constructor(start: string, wanted: NearbyWanted, options: NearbyOptions = {}) {
    this.#start = start;
    this.#wanted = wanted;
    this.#options = options;
    this.#limits = { ...nearbyLimits, ...options.limits };
    this.#until = performance.now() + this.#limits.ms;
  }

  /** How far it has gone so far. */
  get searched(): Searched {
    return { ...this.#searched };
  }

  /**
   * Every half that is come across, the nearest first. What cannot be read is passed over, and no link is followed.
   * @throws EnvelopeError `cancelled`
   */
  async *halves(): AsyncGenerator<NearbyHalf, void, undefined> {
    const { down } = this.#limits;
    const where = this.#options.chosen === true ? 'chosen' : 'beside';
    yield* this.#from({ folder: this.#start, where, down });
    if (this.#options.chosen === true) return;
    const device = await deviceOf(this.#start);
    let at = this.#start;
    for (let level = 0; level < this.#limits.up; level += 1) {
      const above = path.dirname(at);
      if (isTop(above) || (await deviceOf(above)) !== device) return;
      at = above;
      yield* this.#from({ folder: at, where: 'above', down });
    }
  }

  /** `first`, then what is below it, level by level. */
  async *#from(first: Place): AsyncGenerator<NearbyHalf, void, undefined> {
    const queue = [first];
    for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
      if (this.#isOver()) return;
      yield* this.#in(place, queue);
    }
  }

  async *#in(place: Place, queue: Place[]): AsyncGenerator<NearbyHalf, void, undefined> {
    if (this.#seen.has(place.folder) || this.#options.exclude?.has(place.folder) === true) return;
    this.#seen.add(place.folder);
    this.#searched.folders += 1;
    this.#options.onFolder?.(place.folder, this.searched);
    let some: string[] = [];
    for await (const entry of entriesOf(place.folder)) {
      const file = path.join(place.folder, entry.name);
      if (entry.isDirectory() && place.down > 0) {
        this.#enqueue(queue, { folder: file, where: belowOf(place.where), down: place.down - 1 });
      }
      if (!entry.isFile()) continue;
      some.push(file);
      if (some.length < AT_ONCE) continue;
      yield* await this.#lookAt(some, place.where);
      some = [];
      if (this.#isOver()) return;
    }
    yield* await this.#lookAt(some, place.where);
  }

  /** No more than can be looked at: a folder may hold a million folders. */
  #enqueue(queue: Place[], place: Place): void {
    if (this.#searched.folders + queue.length < this.#limits.folders) queue.push(place);
    else this.#searched.complete = false;
  }

  async #lookAt(files: readonly string[], where: Where): Promise<NearbyHalf[]> {
    this.#searched.files += files.length;
    const found = await Promise.all(
      files.map(async (file): Promise<NearbyHalf[]> => {
        const stream = (await this.#isMeant(file)) ? await this.#streamOf(file) : undefined;
        return stream === undefined ? [] : [{ path: file, stream, where }];
      }),
    );
    return found.flat();
  }

  async #streamOf(file: string): Promise<string | undefined> {
    return this.#wanted.half === 'body' ? await streamOfBody(file) : await streamOfEnvelope(file);
  }

  async #isMeant(file: string): Promise<boolean> {
    const { half, lengths } = this.#wanted;
    const named = hasSuffix(file, half === 'body' ? BODY_SUFFIX : ENVELOPE_SUFFIX);
    if (!named && (half === 'envelope' || lengths === undefined)) return false;
    const stats = await lstat(file).catch(() => undefined);
    if (stats === undefined || (!named && lengths?.has(stats.size) !== true)) return false;
    if (!isPlaceholder(stats)) return true;
    this.#searched.placeholders += 1;
    return false;
  }

  /** @throws EnvelopeError `cancelled` */
  #isOver(): boolean {
    if (this.#options.signal?.aborted === true) {
      throw new EnvelopeError('cancelled', 'the search was cancelled');
    }
    const { folders, files } = this.#limits;
    const over =
      this.#searched.folders >= folders || this.#searched.files >= files || performance.now() > this.#until;
    if (over) this.#searched.complete = false;
    return over;
  }
}

const belowOf = (where: Where): Where => (where === 'beside' ? 'below' : where);

/** The top of a disk, and what is above everybody's own folders: all of it is more than “around”. */
function isTop(folder: string): boolean {
  return folder === path.dirname(folder) || folder === path.dirname(homedir());
}

async function deviceOf(folder: string): Promise<number | undefined> {
  return await lstat(folder).then(
    ({ dev }) => dev,
    () => undefined,
  );
}

/** What is in a folder, one by one: a folder may hold a million. One that may not be read is as if it were empty. */
async function* entriesOf(folder: string): AsyncGenerator<Dirent, void, undefined> {
  try {
    yield* await opendir(folder);
  } catch {
    // Unreadable, or gone meanwhile.
  }
}
