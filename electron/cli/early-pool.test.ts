import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { threadsFor } from './early-pool.ts';

const GIB = 2 ** 30;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'envelope-early-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A file of `size` bytes that takes no room. */
function write(name: string, size: number): string {
  const file = path.join(folder, name);
  writeFileSync(file, '');
  truncateSync(file, size);
  return file;
}

describe('threads that are started early', () => {
  it('is one where there is little to do, or nobody knows how much', async () => {
    mkdirSync(path.join(folder, 'docs'));
    for (const given of ['docs', 'none', write('small', 9), 'none/inside', path.join('small', 'inside')]) {
      expect(await threadsFor([path.resolve(folder, given)])).toBe(1);
    }
    expect(await threadsFor([])).toBe(1);
  });

  it('are several for a large file, or for the large body beside an envelope', async () => {
    const [large, envelope] = [write('large', GIB), write('a.ENVELOPE', 700)];
    write('a.enc', GIB);
    expect(await threadsFor([write('small', 9), large])).toBe(16);
    expect(await threadsFor([envelope])).toBe(16);
    expect(await threadsFor([write('b.envelope', 700)])).toBe(1);
  });
});
