import { ArchiveFolder, type ArchiveNote } from './archive-folder.ts';
import { BLOCK, type HeaderBlock, decodeBlock, paddingAfter } from './archive-header.ts';
import { archiveInvalid } from './archive-invalid.ts';
import { ArchivePaths } from './archive-paths.ts';
import { MAX_PAX_BYTES, type PaxRecords, decodePax } from './archive-pax.ts';

export type ArchiveSinkOptions = {
  /** An existing, empty, private directory. Without it the archive is only checked. */
  directory?: string | undefined;
  /** umask: permission bits that nothing gets. */
  mask: number;
};

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/**
 * Takes an archive piece by piece and refuses whatever FORMAT.md section 2 (Folders) does not name; with a directory it
 * creates the members there. Memory does not grow with the archive. Synchronous: it runs in a worker. After an error it
 * can only be disposed, which closes what is open; what was created is the caller's to remove.
 */
export class ArchiveSink implements Disposable {
  readonly #folder: ArchiveFolder | undefined;
  readonly #paths = new ArchivePaths();
  readonly #block = Buffer.alloc(BLOCK);
  /** Bytes of `#block` that are filled. */
  #filled = 0;
  /** Bytes still to come of a member file or a pax header, then of zeros up to the block's end. */
  #content = 0;
  #padding = 0;
  /** The body of a pax header while it comes in, then its records until the entry they belong to. */
  #pax: { body: Buffer; records?: PaxRecords } | undefined;
  #zeroBlocks = 0;

  constructor({ directory, mask }: ArchiveSinkOptions) {
    this.#folder = directory === undefined ? undefined : new ArchiveFolder(directory, mask);
  }

  /**
   * The next bytes of the archive, however they are cut.
   * @throws EnvelopeError `archive-invalid` with `details.reason` and, where there is one, `details.path` ·
   *   `name-taken`, `name-impossible`, `disk-full`, `target-unwritable`, `io-failed`
   */
  push(bytes: Uint8Array): void {
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(this.#take(rest));
  }

  /**
   * Call once, after the last byte.
   * @throws EnvelopeError `archive-invalid` unless the archive ended exactly here · `io-failed`
   */
  finish(): { notes: readonly ArchiveNote[] } {
    if (this.#zeroBlocks < 2) throw archiveInvalid('the archive has no end');
    this.#folder?.finish();
    return { notes: this.#folder?.notes ?? [] };
  }

  [Symbol.dispose](): void {
    this.#folder?.[Symbol.dispose]();
  }

  /** Takes what is next from the front of `bytes`. @returns how many bytes that were, at least 1 */
  #take(bytes: Uint8Array): number {
    if (this.#zeroBlocks === 2) throw archiveInvalid('there are bytes after the end');
    if (this.#content > 0) {
      const content = bytes.subarray(0, this.#content);
      this.#takeContent(content);
      return content.length;
    }
    if (this.#padding > 0) {
      const padding = bytes.subarray(0, this.#padding);
      if (!isZero(padding)) throw archiveInvalid('padding is not zero');
      this.#padding -= padding.length;
      return padding.length;
    }
    const part = bytes.subarray(0, BLOCK - this.#filled);
    this.#block.set(part, this.#filled);
    this.#filled += part.length;
    if (this.#filled === BLOCK) this.#takeBlock();
    return part.length;
  }

  #takeContent(bytes: Uint8Array): void {
    const pax = this.#pax;
    if (pax === undefined) this.#folder?.write(bytes);
    else pax.body.set(bytes, pax.body.length - this.#content);
    this.#content -= bytes.length;
    if (this.#content > 0) return;
    if (pax === undefined) this.#folder?.endFile();
    else pax.records = decodePax(pax.body);
  }

  #takeBlock(): void {
    this.#filled = 0;
    if (isZero(this.#block)) {
      if (this.#pax !== undefined) throw archiveInvalid('a pax header before no entry');
      this.#zeroBlocks += 1;
      return;
    }
    if (this.#zeroBlocks > 0) throw archiveInvalid('a single zero block');
    const header = decodeBlock(this.#block);
    if (header.type === 'pax') this.#beginPax(header.size);
    else this.#beginEntry(header, header.type);
  }

  #beginPax(size: number): void {
    if (this.#pax !== undefined) throw archiveInvalid('two pax headers before one entry');
    if (size === 0 || size > MAX_PAX_BYTES) throw archiveInvalid('a pax header of an impossible size');
    this.#pax = { body: Buffer.alloc(size) };
    this.#content = size;
    this.#padding = paddingAfter(size);
  }

  #beginEntry(header: HeaderBlock, kind: 'file' | 'folder'): void {
    const { path, size, modifiedMs } = { ...header, ...this.#pax?.records };
    this.#pax = undefined;
    if (path === undefined) throw archiveInvalid('a path is not UTF-8');
    const components = this.#paths.next(path, kind);
    if (header.mode > 0o777) throw archiveInvalid('a mode has more than permission bits', path);
    const member = { path, components, mode: header.mode, modifiedMs };
    if (kind === 'folder') {
      if (size !== 0) throw archiveInvalid('a folder has bytes', path);
      this.#folder?.createFolder(member);
      return;
    }
    this.#folder?.createFile(member);
    this.#content = size;
    this.#padding = paddingAfter(size);
    if (size === 0) this.#folder?.endFile();
  }
}
