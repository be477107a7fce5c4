import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { EnvelopeError } from '../../shared/errors.ts';
import { encodeHeader } from './archive-header.ts';
import type { ArchiveEntry, ArchivePlan, FolderEntry } from './archive-plan.ts';
import { READ_FLAGS, pathLike } from './disk-path.ts';
import { type FileIdentity, identityOf } from './identity.ts';
import { errnoOf, fromSystem } from './io-error.ts';
import { isStillThat } from './still-that.ts';
import { walk } from './walk.ts';

function changed(path: string): EnvelopeError {
  return new EnvelopeError('source-changed', 'the folder changed while it was read', { path });
}

/** The last entry that begins at or before `position`. */
function indexAt(entries: readonly ArchiveEntry[], position: number): number {
  let [low, high] = [0, entries.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.offset ?? Infinity) <= position) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The bytes of a planned archive, readable at any offset. Synchronous: it runs in a worker, and several workers read
 * different parts of one archive, each with its own ArchiveSource. At most one file is open at a time.
 */
export class ArchiveSource implements Disposable {
  readonly #plan: ArchivePlan;
  #open: { entry: ArchiveEntry; fd: number } | undefined;

  constructor(plan: ArchivePlan) {
    this.#plan = plan;
  }

  /**
   * Fills `into` with the archive's bytes from `position` on.
   * @throws EnvelopeError `source-changed` if a file is not the one that was planned or ends early ·
   *   `source-unreadable`, `io-failed`
   */
  read(into: Uint8Array, position: number): void {
    const { entries, size } = this.#plan;
    if (position < 0 || position + into.length > size) throw new Error('a read outside the archive');
    // Whatever is neither header nor file is zero: padding and the end.
    into.fill(0);
    const end = position + into.length;
    for (let index = indexAt(entries, position); index < entries.length; index += 1) {
      const entry = entries[index];
      if (entry === undefined || entry.offset >= end) return;
      const header = encodeHeader(entry);
      copyAt(into, position, header, entry.offset);
      const start = entry.offset + header.length;
      const [from, to] = [Math.max(start, position), Math.min(start + entry.size, end)];
      if (from < to) this.#readFile(entry, into.subarray(from - position, to - position), from - start);
    }
  }

  [Symbol.dispose](): void {
    if (this.#open !== undefined) closeSync(this.#open.fd);
    this.#open = undefined;
  }

  #readFile(entry: ArchiveEntry, into: Uint8Array, offset: number): void {
    try {
      const fd = this.#open?.entry === entry ? this.#open.fd : this.#openFile(entry);
      for (let done = 0; done < into.length;) {
        const count = readSync(fd, into, done, into.length - done, offset + done);
        if (count === 0) throw changed(entry.path);
        done += count;
      }
    } catch (error) {
      // It was there, readable and no link when it was planned.
      if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(errnoOf(error) ?? '')) throw changed(entry.path);
      throw fromSystem(error, 'source', entry.path);
    }
  }

  #openFile(entry: ArchiveEntry): number {
    this[Symbol.dispose]();
    const fd = openSync(pathLike(entry.source), READ_FLAGS);
    this.#open = { entry, fd };
    const now = identityOf(fstatSync(fd, { bigint: true }));
    if (!isStillThat(planned(entry), now, entry.source)) throw changed(entry.path);
    return fd;
  }
}

/** Copies the part of `bytes`, which begin at archive offset `start`, that falls into `into` at `position`. */
function copyAt(into: Uint8Array, position: number, bytes: Uint8Array, start: number): void {
  const skipped = Math.max(position - start, 0);
  if (skipped >= bytes.length) return;
  const at = Math.max(start - position, 0);
  into.set(bytes.subarray(skipped, skipped + into.length - at), at);
}

function isSame(before: FolderEntry, found: FolderEntry): boolean {
  if (before.kind !== found.kind || before.path !== found.path) return false;
  return isStillThat(planned(before), planned(found), found.source);
}

/** Of a folder the size is no part: it is that of its list of names. */
const planned = ({ device, inode, size, modifiedNs }: FolderEntry): FileIdentity => ({
  device,
  inode,
  size: BigInt(size),
  modifiedNs,
});

/**
 * Walks the folder again after it was read.
 * @throws EnvelopeError `source-changed` if a file or folder is new, gone or not as planned · the codes of {@link walk}
 */
export async function checkUnchanged(
  plan: ArchivePlan,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const entries = plan.entries.values();
  for await (const found of walk(plan.folder, { ...options, exclude: plan.exclude })) {
    if (found.kind === 'left-out') continue;
    const { value } = entries.next();
    if (value === undefined || !isSame(value, found)) throw changed(found.path);
  }
  const { value: missing } = entries.next();
  if (missing !== undefined) throw changed(missing.path);
}
