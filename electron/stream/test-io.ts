/** @file For the tests of this folder: descriptors that are arrays, and a job's work on them. */
import { Claims } from './claims.ts';
import type { DescriptorIo } from './descriptor-io.ts';
import type { StreamHeader } from './job.ts';
import { S, segmentCount } from './sizes.ts';
import type { SegmentWork } from './worker-segments.ts';

/** Files in memory; the descriptor is the position in `files`. `most` bytes at a time are read and written. */
export class MemoryIo implements DescriptorIo {
  readonly files: Uint8Array[];
  readonly most: number;

  constructor(files: Uint8Array[], most = Infinity) {
    this.files = files;
    this.most = most;
  }

  file(fd: number): Uint8Array {
    const file = this.files[fd];
    if (file === undefined) throw new Error(`no descriptor ${fd}`);
    return file;
  }

  read = (fd: number, into: Uint8Array, offset: number, length: number, position: number): number => {
    const found = this.file(fd).subarray(position, position + Math.min(length, this.most));
    into.set(found, offset);
    return found.length;
  };

  write = (fd: number, bytes: Uint8Array, offset: number, length: number, position: number): number => {
    const count = Math.min(length, this.most);
    const old = this.file(fd);
    const file = new Uint8Array(Math.max(old.length, position + count));
    file.set(old);
    file.set(bytes.subarray(offset, offset + count), position);
    this.files[fd] = file;
    return count;
  };
}

export function systemError(errno: string): Error {
  return Object.assign(new Error(`${errno}: made up`), { code: errno, syscall: 'write' });
}

export type TestStream = { header: StreamHeader; fileKey: Uint8Array; segmentSize?: number };

export function workOf(stream: TestStream, io: DescriptorIo, plaintextLength: number): SegmentWork {
  const { segmentSize = S } = stream;
  const claims = new Claims(segmentCount(plaintextLength, segmentSize));
  return { ...stream, segmentSize, io, plaintextLength, claims, buffer: new Uint8Array(segmentSize) };
}
