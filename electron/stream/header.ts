/** @file The 40 bytes that begin a body: `0x28 ‖ salt(32) ‖ prefix(7)` (FORMAT.md section 1). */
import type { StreamHeader } from './job.ts';

export const HEADER_BYTES = 40;
export const SALT_BYTES = 32;
export const PREFIX_BYTES = 7;

/** The header of a salt (32 bytes) and a nonce prefix (7 bytes). */
export function writeStreamHeader(salt: Uint8Array, prefix: Uint8Array): StreamHeader {
  if (salt.length !== SALT_BYTES || prefix.length !== PREFIX_BYTES) {
    throw new Error('salt is 32 bytes and prefix is 7');
  }
  const header = new Uint8Array(HEADER_BYTES);
  header[0] = HEADER_BYTES;
  header.set(salt, 1);
  header.set(prefix, 1 + SALT_BYTES);
  return header;
}

/** Salt and nonce prefix, as copies; `undefined` unless `header` is 40 bytes and begins with 0x28. */
export function readStreamHeader(header: Uint8Array): { salt: Uint8Array; prefix: Uint8Array } | undefined {
  if (header.length !== HEADER_BYTES || header[0] !== HEADER_BYTES) return undefined;
  return {
    salt: Uint8Array.from(header.subarray(1, 1 + SALT_BYTES)),
    prefix: Uint8Array.from(header.subarray(1 + SALT_BYTES)),
  };
}
