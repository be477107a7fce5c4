import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type HandBlock,
  archiveEnd,
  fileBlock,
  folderBlock,
  handBlock,
  handPax,
  padded,
  paxRecord,
  verdict,
} from './archive-fixture.ts';

describe('entries that an archive does not have', () => {
  it.each([
    ['an old regular file', '\0'],
    ['a hard link', '1'],
    ['a symbolic link', '2'],
    ['a character device', '3'],
    ['a block device', '4'],
    ['a pipe', '6'],
    ['a contiguous file', '7'],
    ['a global header', 'g'],
    ['a GNU long name', 'L'],
    ['a GNU long link', 'K'],
    ['a GNU sparse file', 'S'],
    ['a GNU multi-volume', 'M'],
    ['a GNU volume label', 'V'],
    ['a GNU dump folder', 'D'],
    ['a Solaris extended header', 'X'],
  ])('refuses %s', (_what, type) => {
    expect(verdict(handBlock({ type }), archiveEnd)).toBe('an entry is neither a file nor a folder');
  });
});

describe('header blocks', () => {
  const refused: [string, HandBlock, string][] = [
    ['a wrong checksum', { spoil: [[0, 'b']] }, 'the checksum of a header is wrong'],
    ['GNU magic', { put: [[257, 'ustar  \0']] }, 'a header is not ustar'],
    ['no magic', { put: [[257, '\0'.repeat(8)]] }, 'a header is not ustar'],
    ['another version', { put: [[263, '01']] }, 'a header is not ustar'],
    ['a user number', { put: [[108, '0001750\0']] }, 'an owner number is not 0'],
    ['a group number', { put: [[116, '0001750\0']] }, 'an owner number is not 0'],
    ['a user name', { put: [[265, 'root']] }, 'an owner name is not empty'],
    ['a group name', { put: [[297, 'root']] }, 'an owner name is not empty'],
    ['a link target', { put: [[157, '/etc/passwd']] }, 'an entry has a link target'],
    ['a device number', { put: [[329, '0000001\0']] }, 'an entry has a device number'],
    ['a minor device number', { put: [[337, '0000001\0']] }, 'an entry has a device number'],
    ['bytes after the fields', { put: [[511, 'x']] }, 'a header has bytes after its fields'],
    ['a base-256 size', { put: [[124, `\x80${'\0'.repeat(10)}\x01`]] }, 'a number in a header is not octal'],
    ['a base-256 time', { put: [[136, `\xff${'\xff'.repeat(11)}`]] }, 'a number in a header is not octal'],
    ['a number that is no octal', { put: [[124, '00000000009\0']] }, 'a number in a header is not octal'],
    ['a number without an end', { put: [[124, '777777777777']] }, 'a number in a header is not octal'],
    ['no number', { put: [[136, '\0'.repeat(12)]] }, 'a number in a header is not octal'],
    ['a negative number', { put: [[124, '-0000000001\0']] }, 'a number in a header is not octal'],
    ['a checksum in base-256', { spoil: [[148, '\x80']] }, 'a number in a header is not octal'],
    ['setuid', { mode: 0o4755 }, 'a mode has more than permission bits'],
    ['the type of a file in its mode', { mode: 0o100644 }, 'a mode has more than permission bits'],
    ['a folder with bytes', { type: '5', size: 512 }, 'a folder has bytes'],
    ['a name with bytes after its end', { path: 'a\0b' }, 'a text in a header has bytes after its end'],
    [
      'a prefix with bytes after its end',
      { put: [[350, 'x']] },
      'a text in a header has bytes after its end',
    ],
    ['a path that is not UTF-8', { path: Buffer.from([0x61, 0xff]) }, 'a path is not UTF-8'],
    ['a path over two fields not UTF-8', { put: [[345, '\xc3']] }, 'a path is not UTF-8'],
  ];
  it.each(refused)('refuses %s', (_what, block, reason) => {
    expect(verdict(handBlock(block), archiveEnd)).toBe(reason);
  });

  it('accepts a path over prefix and name, and zero device numbers', () => {
    const put = [
      [329, '0000000\0'],
      [337, '0000000\0'],
      [345, 'folder'],
    ] as const;
    expect(verdict(folderBlock('folder'), handBlock({ path: 'file', put }), archiveEnd)).toBe('accepted');
  });

  it('accepts numbers that end in a space', () => {
    expect(verdict(handBlock({ put: [[100, '000644 \0']] }), archiveEnd)).toBe('accepted');
  });
});

describe('the end', () => {
  const member = [handBlock({ path: 'a', size: 3 }), padded('abc')];

  it.each([
    ['nothing', [], 'the archive has no end'],
    ['no end', member, 'the archive has no end'],
    ['one zero block', [...member, Buffer.alloc(512)], 'the archive has no end'],
    ['an end cut short', [...member, Buffer.alloc(1023)], 'the archive has no end'],
    ['a member cut short', [handBlock({ size: 600 }), Buffer.alloc(512)], 'the archive has no end'],
    ['a single zero block inside', [...member, Buffer.alloc(512), fileBlock('b')], 'a single zero block'],
    ['a byte after the end', [...member, archiveEnd, Buffer.alloc(1)], 'there are bytes after the end'],
    ['zero blocks after the end', [...member, Buffer.alloc(10_240)], 'there are bytes after the end'],
    [
      'an archive after the end',
      [...member, archiveEnd, fileBlock('b'), archiveEnd],
      'there are bytes after the end',
    ],
    [
      'padding that is not zero',
      [handBlock({ size: 3 }), Buffer.alloc(512, 1), archiveEnd],
      'padding is not zero',
    ],
  ])('refuses %s', (_what, pieces, reason) => {
    expect(verdict(...pieces)).toBe(reason);
  });

  it('accepts an empty folder', () => {
    expect(verdict(archiveEnd)).toBe('accepted');
  });
});

describe('pieces', () => {
  const archive = Buffer.concat([
    handPax(paxRecord('path', 'ä') + paxRecord('mtime', '1.500')),
    handBlock({ path: 'x', size: 700 }),
    padded(Buffer.alloc(700, 1)),
    handBlock({ path: 'ö', size: 512 }),
    padded(Buffer.alloc(512, 2)),
    archiveEnd,
  ]);

  it('does not mind how the archive is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(archive.length), { maxLength: 12 }), (cuts) => {
        const ends = [0, ...cuts.sort((a, b) => a - b), archive.length];
        expect(verdict(...ends.slice(1).map((end, index) => archive.subarray(ends[index], end)))).toBe(
          'accepted',
        );
      }),
    );
  });

  it('refuses any archive that ends early', () => {
    fc.assert(
      fc.property(fc.nat(archive.length - 1), (length) => {
        expect(verdict(archive.subarray(0, length))).toBe('the archive has no end');
      }),
    );
  });

  it('fails by its code and no other way, whatever a byte is changed to', () => {
    fc.assert(
      fc.property(fc.nat(archive.length - 1), fc.integer({ min: 1, max: 255 }), (offset, change) => {
        const altered = Buffer.from(archive);
        altered[offset] = (altered[offset] ?? 0) ^ change;
        expect(verdict(altered)).toBeTypeOf('string');
      }),
      { numRuns: 500 },
    );
  });
});
