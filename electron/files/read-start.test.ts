import type { FileHandle } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readStart } from './read-start.ts';

/** As a handle of a file that holds `bytes`, giving at most three at a time. */
function sparing(bytes: Buffer): FileHandle {
  const read = async (into: Buffer, offset: number, length: number, position: number) => {
    const bytesRead = bytes.copy(
      into,
      offset,
      position,
      Math.min(position + Math.min(length, 3), bytes.length),
    );
    return await Promise.resolve({ bytesRead, buffer: into });
  };
  return { read } as unknown as FileHandle;
}

describe('readStart', () => {
  const bytes = Buffer.from('0123456789');

  it.each([0, 1, 3, 7, 10])('asks again until it has what it wants: %i', async (length) => {
    expect(await readStart(sparing(bytes), length)).toEqual(bytes.subarray(0, length));
  });

  it('gives what there is of a file that is shorter', async () => {
    expect(await readStart(sparing(bytes), 12)).toEqual(bytes);
  });
});
