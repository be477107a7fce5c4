/** @file Whole reads and writes at an offset, on an open descriptor. Blocking: for worker threads. */
import { readSync, writeSync } from 'node:fs';
import { EnvelopeError } from '../../shared/errors.ts';
import { errnoOf, fromSystem } from '../files/io-error.ts';
import type { Claims } from './claims.ts';

type Transfer = (fd: number, bytes: Uint8Array, offset: number, length: number, position: number) => number;

/** The two system calls of a worker; a parameter, so that tests can make them fail. */
export type DescriptorIo = { read: Transfer; write: Transfer };

export const descriptorIo: DescriptorIo = { read: readSync, write: writeSync };

/** Bytes of one system call; a cancel waits for no more than this. */
const PIECE = 262_144;

const TRANSIENT: readonly (string | undefined)[] = ['EINTR', 'EAGAIN', 'EBUSY'];
const ATTEMPTS = 100;
const PAUSE_MS = 20;

/** Fills `into` from `position` on; returns how many bytes there were, fewer only at the end of the file. */
export function readFully(
  io: DescriptorIo,
  claims: Claims,
  fd: number,
  into: Uint8Array,
  position: number,
): number {
  let done = 0;
  while (done < into.length) {
    const length = Math.min(PIECE, into.length - done);
    const count = persist(claims, 'source', () => io.read(fd, into, done, length, position + done));
    if (count === 0) break;
    done += count;
  }
  return done;
}

/** Writes all of `bytes` at `position`. What fails for the moment is repeated with the same bytes. */
export function writeFully(
  io: DescriptorIo,
  claims: Claims,
  fd: number,
  bytes: Uint8Array,
  position: number,
): void {
  let done = 0;
  while (done < bytes.length) {
    const length = Math.min(PIECE, bytes.length - done);
    const count = persist(claims, 'target', () => io.write(fd, bytes, done, length, position + done));
    if (count === 0) throw new EnvelopeError('io-failed', 'write took no bytes', { side: 'target' });
    done += count;
  }
}

function persist(claims: Claims, side: 'source' | 'target', call: () => number): number {
  for (let attempt = 1; ; attempt++) {
    claims.throwIfCancelled();
    try {
      return call();
    } catch (error) {
      if (attempt === ATTEMPTS || !TRANSIENT.includes(errnoOf(error))) throw fromSystem(error, side);
      claims.pause(PAUSE_MS);
    }
  }
}
