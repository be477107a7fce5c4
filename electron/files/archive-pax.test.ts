import { describe, expect, it } from 'vitest';
import {
  archiveEnd,
  fileBlock,
  folderBlock,
  handPax,
  padded,
  paxRecord,
  verdict,
} from './archive-fixture.ts';

const time = (value: string): Buffer[] => [handPax(paxRecord('mtime', value)), fileBlock('a'), archiveEnd];
const size = (value: string): Buffer[] => [handPax(paxRecord('size', value)), fileBlock('a'), archiveEnd];
const pax = (records: string): Buffer[] => [handPax(records), fileBlock('a'), archiveEnd];
const anyPath = paxRecord('path', 'b');

describe('pax headers', () => {
  it.each([
    [
      'two in a row',
      [handPax(anyPath), handPax(anyPath), fileBlock('a'), archiveEnd],
      'two pax headers before one entry',
    ],
    ['one before the end', [handPax(anyPath), archiveEnd], 'a pax header before no entry'],
    ['one at the very end', [handPax(anyPath)], 'the archive has no end'],
    ['an empty one', [handPax(''), fileBlock('a'), archiveEnd], 'a pax header of an impossible size'],
    ['a huge one', [handPax(paxRecord('path', 'b'.repeat(9000)))], 'a pax header of an impossible size'],
    ['a record twice', pax(anyPath + anyPath), 'a pax record stands twice'],
    ['a link path', pax(paxRecord('linkpath', 'b')), 'a pax record of another kind'],
    ['an owner', pax(paxRecord('uid', '0')), 'a pax record of another kind'],
    ['a sparse map', pax(paxRecord('GNU.sparse.major', '1')), 'a pax record of another kind'],
    ['an extended attribute', pax(paxRecord('SCHILY.xattr.user.a', '1')), 'a pax record of another kind'],
    ['an inherited member', pax(paxRecord('__proto__', '1')), 'a pax record of another kind'],
    ['a length that is too long', pax('99 path=b\n'), 'a pax record has a wrong length'],
    ['a length that is too short', pax('8 path=b\n'), 'a pax record has a wrong length'],
    ['a length within the key', pax('4 path=b\n'), 'a pax record has a wrong length'],
    ['a second spelling of a length', pax('011 path=b\n'), 'a pax record has no length and key'],
    ['no length', pax('path=b\n'), 'a pax record has no length and key'],
    ['no key', pax('5 =b\n'), 'a pax record has no length and key'],
    ['NULs', pax('\0\0\0\0'), 'a pax record has no length and key'],
    ['a time without decimals', time('12'), 'a pax mtime is not seconds with three decimals'],
    ['a time with nine decimals', time('12.000000001'), 'a pax mtime is not seconds with three decimals'],
    ['a time with a second spelling', time('012.500'), 'a pax mtime is not seconds with three decimals'],
    ['a negative zero', time('-0.000'), 'a pax mtime is not seconds with three decimals'],
    ['a time in another notation', time('1e3'), 'a pax mtime is not seconds with three decimals'],
    [
      'a time out of all reach',
      time(`${'9'.repeat(20)}.000`),
      'a pax mtime is not seconds with three decimals',
    ],
    ['a negative size', size('-1'), 'a pax size is not a number of bytes'],
    ['a second spelling of a size', size('01'), 'a pax size is not a number of bytes'],
    ['an empty size', size(''), 'a pax size is not a number of bytes'],
    ['a size above 2^53', size('9007199254740993'), 'a pax size is not a number of bytes'],
    ['a size for a folder', [handPax(paxRecord('size', '512')), folderBlock('a')], 'a folder has bytes'],
  ])('refuses %s', (_what, pieces, reason) => {
    expect(verdict(...pieces)).toBe(reason);
  });

  it('refuses a path that is not UTF-8', () => {
    const records = Buffer.from(paxRecord('path', 'ab'));
    records[records.length - 2] = 0xff;
    expect(verdict(handPax(records), fileBlock('a'), archiveEnd)).toBe('a pax record is not UTF-8');
  });

  it('refuses padding that is not zero', () => {
    const pax = handPax(anyPath);
    pax[1023] = 1;
    expect(verdict(pax, fileBlock('a'), archiveEnd)).toBe('padding is not zero');
  });

  it('lets the records stand for what the block says', () => {
    const records = paxRecord('size', '3') + paxRecord('mtime', '-12.500') + paxRecord('path', 'ä=\u{1f600}');
    expect(verdict(handPax(records), fileBlock('../../evil'), padded('abc'), archiveEnd)).toBe('accepted');
  });
});
