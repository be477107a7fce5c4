import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nonce, openSegment, sealSegment } from './segment.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const prefix = Uint8Array.from([1, 2, 3, 4, 5, 6, 7]);
const key = Uint8Array.from({ length: 32 }, (_, i) => i);
const first = nonce(prefix, 0, true);

/** Plaintext with room for the tag, sealed in place. */
function sealed(plaintext: Uint8Array, iv = first): Uint8Array {
  const segment = new Uint8Array(plaintext.length + 16);
  segment.set(plaintext);
  sealSegment(key, iv, segment);
  return segment;
}

describe('nonce', () => {
  it.each([
    [0, false, '010203040506070000000000'],
    [0, true, '010203040506070000000001'],
    [1, false, '010203040506070000000100'],
    [0x01020304, true, '010203040506070102030401'],
    [2 ** 31 - 1, false, '010203040506077fffffff00'],
  ])('of segment %d, last %s, is %s', (index, last, expected) => {
    expect(hex(nonce(prefix, index, last))).toBe(expected);
  });

  it('has no segment below 0 or from 2^31 on', () => {
    for (const index of [-1, 2 ** 31, 1.5, Number.NaN])
      expect(() => nonce(prefix, index, false)).toThrow('no segment');
  });

  it('has a prefix of 7 bytes', () => {
    expect(() => nonce(prefix.subarray(1), 0, false)).toThrow('7 bytes');
  });
});

describe('a segment', () => {
  it('is AES-256-GCM without aad, ciphertext before tag', () => {
    const plaintext = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
    const cipher = createCipheriv('aes-256-gcm', key, first);
    const expected = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    expect(Buffer.compare(sealed(plaintext), expected)).toBe(0);
  });

  it('of no plaintext is a tag', () => {
    // NIST GCM: AES-256, the zero key and nonce, nothing sealed.
    const tag = new Uint8Array(16);
    sealSegment(new Uint8Array(32), new Uint8Array(12), tag);
    expect(hex(tag)).toBe('530f8afbc74536b9a963b4f1c4cb738b');
    expect(openSegment(new Uint8Array(32), new Uint8Array(12), tag)).toHaveLength(0);
  });

  it('opens to its plaintext', () => {
    const plaintext = Uint8Array.from({ length: 200_000 }, (_, i) => i % 250);
    const opened = openSegment(key, first, sealed(plaintext));
    expect(opened && Buffer.compare(opened, plaintext)).toBe(0);
  });

  it('opens with no other nonce: another number, another last flag', () => {
    const plaintext = new Uint8Array(10);
    for (const iv of [nonce(prefix, 1, true), nonce(prefix, 0, false)]) {
      expect(openSegment(key, iv, sealed(plaintext))).toBeUndefined();
    }
  });

  it('does not open with any bit changed, and leaves no plaintext behind', () => {
    const plaintext = Uint8Array.from({ length: 20 }, (_, i) => i + 1);
    for (let bit = 0; bit < 36 * 8; bit++) {
      const segment = sealed(plaintext);
      segment[bit >> 3] = (segment[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(openSegment(key, first, segment)).toBeUndefined();
      expect(segment.subarray(0, 20)).toEqual(new Uint8Array(20));
    }
  });
});
