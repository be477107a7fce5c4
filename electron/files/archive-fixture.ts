/** @file For tests: temporary folders, and archives made by hand, without the code that makes them. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isEnvelopeError } from '../../shared/errors.ts';
import { ArchiveSink } from './archive-sink.ts';

/** A new folder that goes away with `using`. */
export function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'envelope-archive-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export type FixtureFile = { path: string; bytes?: string | Uint8Array; mode?: number; seconds?: string };

/** Files, or folders where the path ends in `/`, below `folder`; `seconds` is their time, as `utimes` takes it. */
export function makeTree(folder: string, files: readonly FixtureFile[]): void {
  for (const { path, bytes = '' } of files) {
    const full = join(folder, path);
    mkdirSync(path.endsWith('/') ? full : dirname(full), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(full, bytes);
  }
  // Deepest first, and when everything is there: making a member changes a folder's time.
  for (const { path, mode, seconds } of files.toReversed()) {
    if (mode !== undefined) chmodSync(join(folder, path), mode);
    if (seconds !== undefined) utimesSync(join(folder, path), seconds, seconds);
  }
}

/** Runs `work` as a user whom permission bits hold back; the superuser, as whom tests may run, is not. */
export async function asNobody(work: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return await work();
  process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

/** How many descriptors this process has open. */
export function openDescriptors(): number {
  return readdirSync('/dev/fd').length;
}

export type HandBlock = {
  path?: string | Uint8Array;
  type?: string;
  mode?: number;
  size?: number;
  seconds?: number;
  /** Bytes put into the block before the checksum is made: `[offset, bytes]`. */
  put?: readonly (readonly [number, string])[];
  /** The same, after the checksum. */
  spoil?: readonly (readonly [number, string])[];
};

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;

/** One ustar header block, numbers spelled as most programs do. */
export function handBlock({
  path = 'a',
  type = '0',
  mode = 0o644,
  size = 0,
  seconds = 0,
  ...rest
}: HandBlock): Buffer {
  const block = Buffer.alloc(512);
  block.set(Buffer.from(path), 0);
  const fields: [number, string][] = [
    [100, octal(mode, 7)],
    [108, octal(0, 7)],
    [116, octal(0, 7)],
    [124, octal(size, 11)],
    [136, octal(seconds, 11)],
    [148, '        '],
    [156, type],
    [257, 'ustar\x0000'],
  ];
  for (const [offset, text] of [...fields, ...(rest.put ?? [])]) block.write(text, offset, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  for (const [offset, text] of rest.spoil ?? []) block.write(text, offset, 'latin1');
  return block;
}

/** `bytes`, filled up with zeros to whole blocks. */
export function padded(bytes: string | Uint8Array): Buffer {
  const content = Buffer.from(bytes);
  return Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** A pax header with `records` as its body, to the letter. */
export function handPax(records: string | Uint8Array): Buffer {
  const size = Buffer.from(records).length;
  return Buffer.concat([handBlock({ path: 'PaxHeader', type: 'x', size }), padded(records)]);
}

/** `<length> <key>=<value>\n` */
export function paxRecord(key: string, value: string): string {
  const length = Buffer.byteLength(` ${key}=${value}\n`);
  const digits = String(length + String(length).length).length;
  return `${length + digits} ${key}=${value}\n`;
}

/** Two zero blocks. */
export const archiveEnd = Buffer.alloc(1024);

/** Checks an archive, given in pieces, without extracting it. */
export function check(...pieces: readonly Uint8Array[]): void {
  using sink = new ArchiveSink({ mask: 0o022 });
  for (const piece of pieces) sink.push(piece);
  sink.finish();
}

/** Why an archive is refused, or `accepted`; any other error is thrown on. */
export function verdict(...pieces: readonly Uint8Array[]): unknown {
  try {
    check(...pieces);
    return 'accepted';
  } catch (error) {
    if (isEnvelopeError(error, 'archive-invalid')) return error.details['reason'];
    throw error;
  }
}

export const fileBlock = (path: string): Buffer => handBlock({ path });
export const folderBlock = (path: string): Buffer => handBlock({ path, type: '5', mode: 0o755 });
