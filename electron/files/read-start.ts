import type { FileHandle } from './file-handle.ts';

/**
 * The first `length` bytes of an open file, or all there are. Disks that programs provide may give less at a time than they
 * are asked for, which Node's `readFile` takes for the end.
 * @throws the system's error
 */
export async function readStart(handle: FileHandle, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, done);
    if (bytesRead === 0) return bytes.subarray(0, done);
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}
