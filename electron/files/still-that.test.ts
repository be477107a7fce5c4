import { statfsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { isStillThat } from './still-that.ts';

vi.mock('node:fs', { spy: true });

const before = { device: 1n, inode: 2n, size: 3n, modifiedNs: 4n };
const here = import.meta.filename;

function onDisk(type: number): void {
  vi.mocked(statfsSync).mockReturnValueOnce({ type } as ReturnType<typeof statfsSync>);
}

describe('isStillThat', () => {
  it('asks the disk nothing about a file that has its number still', () => {
    vi.mocked(statfsSync).mockClear();
    expect(isStillThat(before, { ...before }, here)).toBe(true);
    expect(isStillThat(before, { ...before, size: 9n }, here)).toBe(false);
    expect(statfsSync).not.toHaveBeenCalled();
  });

  it('takes another number for another file where numbers last', () => {
    expect(isStillThat(before, { ...before, inode: 9n }, here)).toBe(false);
    expect(isStillThat(before, { ...before, inode: 9n }, `${here}/none`)).toBe(false);
  });

  it.runIf(process.platform === 'linux').each([0x4d44, 0x2011bab0, 0x65735546, 0xff534d42, 0xfe534d42])(
    'lets size and time decide where they do not: %i',
    (type) => {
      onDisk(type);
      expect(isStillThat(before, { ...before, inode: 9n }, here)).toBe(true);
      for (const changed of [{ size: 9n }, { modifiedNs: 9n }, { device: 9n }]) {
        onDisk(type);
        expect(isStillThat(before, { ...before, inode: 9n, ...changed }, here)).toBe(false);
      }
    },
  );
});
