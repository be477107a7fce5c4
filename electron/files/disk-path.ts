import { constants } from 'node:fs';

/** A path by which something is opened. Bytes (of a Linux system) where it is not UTF-8 and no string can say it. */
export type DiskPath = string | Uint8Array;

/** For Node's file functions, which take bytes as a Buffer only; a Buffer that crossed a thread is a Uint8Array. */
export function pathLike(path: DiskPath): string | Buffer {
  return typeof path === 'string' ? path : Buffer.from(path.buffer, path.byteOffset, path.byteLength);
}

/**
 * For files met on a walk: never through a link, and not waiting for the other end of a pipe. On Windows both flags are
 * undefined, and `|` takes that for 0.
 */
export const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
