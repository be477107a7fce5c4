/** @file The 512-byte blocks before an entry's bytes (FORMAT.md section 2, Folders; POSIX ustar and pax). */
import { Header } from 'tar/header';
import { archiveInvalid } from './archive-invalid.ts';
import { type PaxRecords, encodePax } from './archive-pax.ts';
import type { FolderEntry } from './archive-plan.ts';

export const BLOCK = 512;

/** Two zero blocks end an archive. */
export const END_BYTES = 2 * BLOCK;

/** What eleven octal digits hold: just under 8 GiB, or the year 2242. */
const MAX_OCTAL = 0o77777777777;

/** Zero bytes that follow `size` bytes to the end of their block. */
export function paddingAfter(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

type Block = {
  type: 'File' | 'Directory' | 'ExtendedHeader';
  path: string;
  mode: number;
  size: number;
  ms: number;
};

/**
 * One header block, by the library. It is never given what it would not write as plain ustar: text beyond ASCII, a path
 * of 100 bytes or more (a name of just 100 bytes would come out as `./name`), a number that octal cannot hold (base-256).
 */
function encodeBlock({ type, path, mode, size, ms }: Block): Buffer {
  const block = Buffer.alloc(BLOCK);
  const owner = { uid: 0, gid: 0, uname: '', gname: '', devmaj: 0, devmin: 0 };
  const header = new Header({ type, path, mode, size, mtime: new Date(ms), linkpath: '', ...owner });
  if (header.encode(block)) throw new Error('a header block was given what it cannot hold');
  return block;
}

/** The path for a reader that knows no pax: the last component, as far as a block holds it. */
function plainPath(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replaceAll(/[^\x20-\x7e]/gu, '_').slice(0, 99);
}

type Described = Pick<FolderEntry, 'kind' | 'path' | 'size' | 'mode' | 'modifiedMs'>;

function neededRecords({ path, size, modifiedMs }: Described): PaxRecords {
  const wholeSeconds = modifiedMs % 1000 === 0 && modifiedMs >= 0 && modifiedMs / 1000 <= MAX_OCTAL;
  return {
    ...(/^[\x20-\x7e]{1,99}$/.test(path) ? {} : { path }),
    ...(size <= MAX_OCTAL ? {} : { size }),
    ...(wholeSeconds ? {} : { modifiedMs }),
  };
}

/** All blocks before the entry's bytes: the ustar header, with a pax header before it if that cannot hold everything. */
export function encodeHeader(entry: Described): Buffer {
  const records = neededRecords(entry);
  const own = encodeBlock({
    type: entry.kind === 'file' ? 'File' : 'Directory',
    path: records.path === undefined ? entry.path : plainPath(entry.path),
    mode: entry.mode,
    size: records.size === undefined ? entry.size : 0,
    ms: records.modifiedMs === undefined ? entry.modifiedMs : 0,
  });
  const pax = encodePax(records);
  if (pax.length === 0) return own;
  const before = encodeBlock({
    type: 'ExtendedHeader',
    path: 'PaxHeader',
    mode: 0o644,
    size: pax.length,
    ms: 0,
  });
  return Buffer.concat([before, pax, Buffer.alloc(paddingAfter(pax.length)), own]);
}

/** A header block as read. `path` is undefined where it is not UTF-8, which a pax path makes up for. */
export type HeaderBlock = {
  type: 'pax' | 'file' | 'folder';
  path: string | undefined;
  mode: number;
  size: number;
  modifiedMs: number;
};

const types = new Map<number | undefined, HeaderBlock['type']>([
  [0x30, 'file'],
  [0x35, 'folder'],
  [0x78, 'pax'],
]);

/** An octal number, ended by spaces or NULs. */
function octal(block: Buffer, offset: number, length: number): number {
  const text = block.toString('latin1', offset, offset + length);
  if (!/^[0-7]+[ \0]+$/.test(text)) throw archiveInvalid('a number in a header is not octal');
  return Number.parseInt(text, 8);
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** Text up to the first NUL, with nothing but NULs after it; undefined if it is not UTF-8. */
function text(block: Buffer, offset: number, length: number): string | undefined {
  const field = block.subarray(offset, offset + length);
  const end = field.indexOf(0);
  const bytes = end === -1 ? field : field.subarray(0, end);
  if (!isZero(field.subarray(bytes.length)))
    throw archiveInvalid('a text in a header has bytes after its end');
  const decoded = bytes.toString();
  return bytes.equals(Buffer.from(decoded)) ? decoded : undefined;
}

/** Owners, devices and links, none of which an archive has. */
function refuseForeign(block: Buffer): void {
  if (octal(block, 108, 8) !== 0 || octal(block, 116, 8) !== 0)
    throw archiveInvalid('an owner number is not 0');
  if (!isZero(block.subarray(265, 329))) throw archiveInvalid('an owner name is not empty');
  if (!isZero(block.subarray(157, 257))) throw archiveInvalid('an entry has a link target');
  for (const offset of [329, 337]) {
    const field = block.subarray(offset, offset + 8);
    if (!isZero(field) && octal(block, offset, 8) !== 0) throw archiveInvalid('an entry has a device number');
  }
  if (!isZero(block.subarray(500))) throw archiveInvalid('a header has bytes after its fields');
}

/**
 * Reads one block of 512 bytes, field by field: the library would read base-256 numbers, cut texts silently and take
 * the size of a folder for 0. Its checksum is used once nothing of that can be there.
 * @throws EnvelopeError `archive-invalid`
 */
export function decodeBlock(block: Buffer): HeaderBlock {
  if (block.toString('latin1', 257, 265) !== 'ustar\x0000') throw archiveInvalid('a header is not ustar');
  const type = types.get(block[156]);
  if (type === undefined) throw archiveInvalid('an entry is neither a file nor a folder');
  refuseForeign(block);
  const [name, prefix] = [text(block, 0, 100), text(block, 345, 155)];
  const [mode, size, seconds] = [octal(block, 100, 8), octal(block, 124, 12), octal(block, 136, 12)];
  octal(block, 148, 8);
  if (!new Header(block).cksumValid) throw archiveInvalid('the checksum of a header is wrong');
  const path =
    name === undefined || prefix === undefined ? undefined : prefix === '' ? name : `${prefix}/${name}`;
  return { type, path, mode, size, modifiedMs: seconds * 1000 };
}
