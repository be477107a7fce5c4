import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url, readBase64url } from './base64url.ts';

describe('base64url', () => {
  it.each([
    ['padding', 'AA=='],
    ['the other alphabet', '+/+/'],
    ['white space', 'AA AA'],
    ['a line break', 'AAAA\n'],
    ['a length that no bytes have', 'AAAAA'],
    ['bits that mean nothing', 'AB'],
    ['a character of no alphabet', 'AA*A'],
    ['a character beyond ASCII', 'AAAÀ'],
  ])('refuses %s', (_, text) => {
    expect(readBase64url(text)).toBeUndefined();
    expect(() => decodeBase64url(text)).toThrow('not base64url');
  });

  it.each([
    ['', []],
    ['AA', [0]],
    ['-_-_', [0xfb, 0xff, 0xbf]],
  ])('reads %j', (text, bytes) => {
    expect(readBase64url(text)).toEqual(Uint8Array.from(bytes));
  });

  it('writes what it reads, also from the middle of a buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(3), (bytes, skip) => {
        const part = bytes.subarray(skip);
        expect(decodeBase64url(encodeBase64url(part))).toEqual(Uint8Array.from(part));
      }),
    );
  });
});
