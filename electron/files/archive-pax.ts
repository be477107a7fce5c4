/** @file The body of a pax `x` header (FORMAT.md section 2, Folders). The library's `Pax` writes times without their
 *  three decimals and reads records it cannot parse as absent, so both ways are written here. */
import { archiveInvalid } from './archive-invalid.ts';

/** What an entry's own header cannot hold. */
export type PaxRecords = { path?: string; size?: number; modifiedMs?: number };

/** The longest that three records can be is a path of 4096 bytes and two numbers. */
export const MAX_PAX_BYTES = 8192;

function encodeRecord(key: string, value: string | number): string {
  const text = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(text);
  // The length counts its own digits.
  let length = bytes;
  while (length !== bytes + String(length).length) length = bytes + String(length).length;
  return `${length}${text}`;
}

/** Seconds with three decimals; `-0.500` is half a second before 1970. */
function encodeTime(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  const decimals = String(size % 1000).padStart(3, '0');
  return `${milliseconds < 0 ? '-' : ''}${Math.floor(size / 1000)}.${decimals}`;
}

export function encodePax({ path, size, modifiedMs }: PaxRecords): Buffer {
  let text = '';
  if (path !== undefined) text += encodeRecord('path', path);
  if (size !== undefined) text += encodeRecord('size', size);
  if (modifiedMs !== undefined) text += encodeRecord('mtime', encodeTime(modifiedMs));
  return Buffer.from(text);
}

function decodeSize(value: string): number {
  const size = Number(value);
  if (!/^(0|[1-9][0-9]*)$/.test(value) || !Number.isSafeInteger(size)) {
    throw archiveInvalid('a pax size is not a number of bytes');
  }
  return size;
}

function decodeTime(value: string): number {
  const [, sign, seconds, decimals] = /^(-?)(0|[1-9][0-9]*)\.([0-9]{3})$/.exec(value) ?? [];
  const milliseconds = Number(seconds) * 1000 + Number(decimals);
  if (!Number.isSafeInteger(milliseconds) || (sign === '-' && milliseconds === 0)) {
    throw archiveInvalid('a pax mtime is not seconds with three decimals');
  }
  return sign === '-' ? -milliseconds : milliseconds;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw archiveInvalid('a pax record is not UTF-8');
  }
}

/** Splits `<length> <key>=<value>\n` off the front of `bytes`. */
function decodeRecord(bytes: Buffer): { key: string; value: string; length: number } {
  const [, digits, key] = /^([1-9][0-9]{0,4}) ([^=\n]+)=/.exec(bytes.toString('latin1', 0, 64)) ?? [];
  if (digits === undefined || key === undefined) throw archiveInvalid('a pax record has no length and key');
  const length = Number(digits);
  const start = digits.length + key.length + 2;
  if (length > bytes.length || length <= start || bytes[length - 1] !== 0x0a) {
    throw archiveInvalid('a pax record has a wrong length');
  }
  return { key, value: decodeText(bytes.subarray(start, length - 1)), length };
}

/** @throws EnvelopeError `archive-invalid` unless there are only `path`, `size` and `mtime`, each at most once */
export function decodePax(bytes: Buffer): PaxRecords {
  const values = new Map<string, string>();
  let rest = bytes;
  while (rest.length > 0) {
    const { key, value, length } = decodeRecord(rest);
    if (!['path', 'size', 'mtime'].includes(key)) throw archiveInvalid('a pax record of another kind');
    if (values.has(key)) throw archiveInvalid('a pax record stands twice');
    values.set(key, value);
    rest = rest.subarray(length);
  }
  if (values.size === 0) throw archiveInvalid('a pax header without records');
  const [path, size, time] = [values.get('path'), values.get('size'), values.get('mtime')];
  return {
    ...(path === undefined ? {} : { path }),
    ...(size === undefined ? {} : { size: decodeSize(size) }),
    ...(time === undefined ? {} : { modifiedMs: decodeTime(time) }),
  };
}
