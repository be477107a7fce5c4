import { closeSync, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './archive-fixture.ts';
import { setModified, setModifiedByPath, toMilliseconds } from './times.ts';

describe('toMilliseconds', () => {
  it.each([
    [0n, 0],
    [1_999_999n, 1],
    [-1n, -1],
    [-1_000_000n, -1],
    [-1_000_001n, -2],
  ])('rounds %s ns down to %s ms', (nanoseconds, milliseconds) => {
    expect(toMilliseconds(nanoseconds)).toBe(milliseconds);
  });

  it('clamps to the years 0000 to 9999', () => {
    expect(new Date(toMilliseconds(10n ** 24n)).toISOString()).toBe('9999-12-31T23:59:59.999Z');
    expect(new Date(toMilliseconds(-(10n ** 24n))).toISOString()).toBe('0000-01-01T00:00:00.000Z');
  });
});

describe('setModified', () => {
  it('sets a time that reads as the same millisecond, before 1970 too', () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'file');
    const fd = openSync(path, 'w+');
    const readBack = (): number => toMilliseconds(fstatSync(fd, { bigint: true }).mtimeNs);
    try {
      // 1906 to 2096: what any common file system holds.
      fc.assert(
        fc.property(fc.integer({ min: -2e12, max: 4e12 }), (milliseconds) => {
          setModified(fd, milliseconds);
          expect(readBack()).toBe(milliseconds);
          setModifiedByPath(path, milliseconds);
          expect(readBack()).toBe(milliseconds);
        }),
        { numRuns: 500, examples: [[0], [-1], [-12_500], [1_700_000_000_123]] },
      );
    } finally {
      closeSync(fd);
    }
  });
});
