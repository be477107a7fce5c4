import { describe, expect, it } from 'vitest';
import {
  archiveEnd,
  check,
  fileBlock,
  folderBlock,
  handBlock,
  handPax,
  paxRecord,
  verdict,
} from './archive-fixture.ts';

const paxFile = (path: string): Buffer[] => [handPax(paxRecord('path', path)), fileBlock('stand-in')];

describe('paths', () => {
  const impossible = 'a component of a path is not a possible name';

  it.each([
    ['an absolute path', '/etc/passwd'],
    ['a path upwards', '../evil'],
    ['a path upwards inside', 'a/../../evil'],
    ['only dots', '..'],
    ['a leading ./', './a'],
    ['a dot inside', 'a/./b'],
    ['an empty path', ''],
    ['an empty component', 'a//b'],
    ['a final slash', 'a/'],
    ['a backslash', String.raw`a\b`],
    ['a Windows path', String.raw`C:\evil`],
    ['a line feed', 'a\nb'],
    ['a NUL', 'a\0b'],
    ['a delete character', 'a\u007f'],
    ['a mark that turns the text around', 'a\u202eb'],
    ['a name of 256 bytes', 'b'.repeat(256)],
  ])('refuses %s', (_what, path) => {
    expect(verdict(...paxFile(path), archiveEnd)).toBe(impossible);
    expect(verdict(folderBlock('a'), ...paxFile(path), archiveEnd)).toBe(impossible);
  });

  it('refuses them in the block as well', () => {
    expect(verdict(fileBlock('../evil'), archiveEnd)).toBe(impossible);
    expect(verdict(handBlock({ path: 'evil', put: [[345, '/etc']] }), archiveEnd)).toBe(impossible);
    expect(verdict(handBlock({ path: 'a/', type: '5' }), archiveEnd)).toBe(impossible);
  });

  it('refuses more than 4096 bytes and more than 128 components', () => {
    const long = Array.from({ length: 17 }, () => 'b'.repeat(240)).join('/');
    expect(Buffer.byteLength(long)).toBe(4096);
    const missing = 'an entry does not follow the folder it is in';
    expect(verdict(...paxFile(long), archiveEnd)).toBe(missing);
    expect(verdict(...paxFile(`${long}b`), archiveEnd)).toBe('a path has more than 4096 bytes');
    expect(verdict(...paxFile(Array(128).fill('a').join('/')), archiveEnd)).toBe(missing);
    expect(verdict(...paxFile(Array(129).fill('a').join('/')), archiveEnd)).toBe(
      'a path has more than 128 components',
    );
  });

  it.each([
    ['a path twice', [fileBlock('a'), fileBlock('a')], 'a path stands twice'],
    ['a folder twice', [folderBlock('a'), folderBlock('a')], 'a path stands twice'],
    [
      'a folder again after its content',
      [folderBlock('a'), fileBlock('a/b'), folderBlock('a')],
      'a path stands twice',
    ],
    ['siblings not in order', [fileBlock('b'), fileBlock('a')], 'siblings are not in byte order'],
    [
      'siblings in order of UTF-16',
      [fileBlock('\u{1f600}'), fileBlock('\uffee')],
      'siblings are not in byte order',
    ],
    ['an entry without its folder', [fileBlock('a/b')], 'an entry does not follow the folder it is in'],
    [
      'a folder after its content',
      [fileBlock('a/b'), folderBlock('a')],
      'an entry does not follow the folder it is in',
    ],
    [
      'a file as a folder',
      [fileBlock('a'), fileBlock('a/b')],
      'an entry does not follow the folder it is in',
    ],
    [
      'a file as a folder, its folder open',
      [folderBlock('a'), fileBlock('a/b'), fileBlock('a/b/c')],
      'an entry does not follow the folder it is in',
    ],
    [
      'a folder entered again',
      [folderBlock('a'), fileBlock('a/b'), fileBlock('c'), fileBlock('a/d')],
      'an entry does not follow the folder it is in',
    ],
    [
      'the content of another folder',
      [folderBlock('a'), folderBlock('b'), fileBlock('a/c')],
      'an entry does not follow the folder it is in',
    ],
  ])('refuses %s', (_what, pieces, reason) => {
    expect(verdict(...pieces, archiveEnd)).toBe(reason);
  });

  it('accepts a walk, depth first', () => {
    // As whole texts `a.b` is before `a/c`; as siblings `a` is before `a.b`.
    expect(
      verdict(
        folderBlock('a'),
        fileBlock('a/c'),
        folderBlock('a/d'),
        fileBlock('a.b'),
        fileBlock('b'),
        archiveEnd,
      ),
    ).toBe('accepted');
  });

  it('names the entry at fault in the details and not in the message', () => {
    const details = { reason: 'a path stands twice', path: 'secret' };
    expect(() => check(fileBlock('secret'), fileBlock('secret'))).toThrow(
      expect.objectContaining({ details }),
    );
    expect(() => check(fileBlock('secret'), fileBlock('secret'))).not.toThrow(/secret/);
  });
});
