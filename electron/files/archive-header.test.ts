import { describe, expect, it } from 'vitest';
import { handBlock } from './archive-fixture.ts';
import { decodeBlock, encodeHeader, paddingAfter } from './archive-header.ts';
import { decodePax } from './archive-pax.ts';
import { toMilliseconds } from './times.ts';

type Entry = Parameters<typeof encodeHeader>[0];
const entry = (changes: Partial<Entry> = {}): Entry => ({
  kind: 'file',
  path: 'a',
  size: 0,
  mode: 0o644,
  modifiedMs: 1_700_000_000_000,
  ...changes,
});

/** The records of the pax header that an entry gets. */
function records(changes: Partial<Entry>): unknown {
  const header = encodeHeader(entry(changes));
  if (header.length === 512) return undefined;
  const { type, size } = decodeBlock(header.subarray(0, 512));
  expect(type).toBe('pax');
  expect(header.length).toBe(1024 + size + paddingAfter(size));
  return decodePax(header.subarray(512, 512 + size));
}

const GiB = 2 ** 30;

describe('encodeHeader', () => {
  it('writes what a hand would, but for the spelling of numbers', () => {
    const written = encodeHeader(entry({ path: 'dir/file', size: 1234, mode: 0o750 }));
    const byHand = handBlock({ path: 'dir/file', size: 1234, mode: 0o750, seconds: 1_700_000_000 });
    expect(decodeBlock(written)).toEqual(decodeBlock(byHand));
    expect(written.toString('latin1', 100, 108)).toBe('000750 \0');
  });

  it('writes a folder without a final slash, its path being components and nothing else', () => {
    const block = encodeHeader(entry({ kind: 'folder', path: 'dir', mode: 0o755 }));
    expect(decodeBlock(block)).toMatchObject({ type: 'folder', path: 'dir', size: 0 });
  });

  it.each([
    ['an ordinary file', {}, undefined],
    ['the largest plain size', { size: 8 * GiB - 1 }, undefined],
    ['8 GiB', { size: 8 * GiB }, { size: 8 * GiB }],
    ['2^53 - 1 bytes', { size: 2 ** 53 - 1 }, { size: 2 ** 53 - 1 }],
    ['a path of 99 bytes', { path: 'p'.repeat(99) }, undefined],
    ['a path of 100 bytes', { path: 'p'.repeat(100) }, { path: 'p'.repeat(100) }],
    ['a path that is not ASCII', { path: 'ä/\u{1f600}' }, { path: 'ä/\u{1f600}' }],
    ['milliseconds', { modifiedMs: 1001 }, { modifiedMs: 1001 }],
    ['1970', { modifiedMs: 0 }, undefined],
    ['a second before 1970', { modifiedMs: -1000 }, { modifiedMs: -1000 }],
    ['a millisecond before 1970', { modifiedMs: -1 }, { modifiedMs: -1 }],
    ['12.5 seconds before 1970', { modifiedMs: -12_500 }, { modifiedMs: -12_500 }],
    ['the last second of octal', { modifiedMs: 0o77777777777 * 1000 }, undefined],
    ['the second after it', { modifiedMs: 8 ** 11 * 1000 }, { modifiedMs: 8 ** 11 * 1000 }],
    ['the year 0', { modifiedMs: toMilliseconds(-(10n ** 24n)) }, { modifiedMs: -62_167_219_200_000 }],
    ['the year 9999', { modifiedMs: toMilliseconds(10n ** 24n) }, { modifiedMs: 253_402_300_799_999 }],
  ])('%s', (_what, changes, expected) => {
    expect(records(changes)).toEqual(expected);
  });

  it('spells pax records to the byte', () => {
    const path = 'p'.repeat(101);
    const header = encodeHeader(entry({ path, size: 8 * GiB, modifiedMs: -12_500 }));
    const text = header.toString('latin1', 512, 1024).replace(/\0+$/, '');
    expect(text).toBe(`111 path=${path}\n19 size=8589934592\n17 mtime=-12.500\n`);
    expect(header.toString('latin1', 124, 136)).toBe('0000000223 \0');
  });

  it('counts the digits of a record’s length in that length', () => {
    for (let bytes = 100; bytes < 1100; bytes += 1) {
      const path = 'p'.repeat(bytes);
      expect(records({ path })).toEqual({ path });
    }
  });
});

describe('paddingAfter', () => {
  it.each([
    [0, 0],
    [1, 511],
    [511, 1],
    [512, 0],
    [513, 511],
  ])('%i bytes', (size, padding) => {
    expect(paddingAfter(size)).toBe(padding);
  });
});
