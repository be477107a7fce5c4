import { describe, expect, it } from 'vitest';
import { readStreamHeader, writeStreamHeader } from './header.ts';

const salt = Uint8Array.from({ length: 32 }, (_, i) => i);
const prefix = Uint8Array.from([0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6]);

describe('the stream header', () => {
  it('is 0x28, salt, prefix', () => {
    expect(Buffer.from(writeStreamHeader(salt, prefix)).toString('hex')).toBe(
      '28000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fa0a1a2a3a4a5a6',
    );
  });

  it('reads back', () => {
    expect(readStreamHeader(writeStreamHeader(salt, prefix))).toEqual({ salt, prefix });
  });

  it('is refused with another first byte or length', () => {
    const header = writeStreamHeader(salt, prefix);
    expect(readStreamHeader(header.with(0, 0x29))).toBeUndefined();
    expect(readStreamHeader(header.subarray(0, 39))).toBeUndefined();
    expect(readStreamHeader(Uint8Array.from([...header, 0]))).toBeUndefined();
    expect(readStreamHeader(new Uint8Array())).toBeUndefined();
  });

  it('is not made from parts of another length', () => {
    expect(() => writeStreamHeader(salt.subarray(1), prefix)).toThrow('salt is 32 bytes');
    expect(() => writeStreamHeader(salt, salt)).toThrow('prefix is 7');
  });
});
