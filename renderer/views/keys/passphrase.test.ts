import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostBits, strengthOf } from './passphrase.ts';

describe('strengthOf', () => {
  it('is not taken in by length alone, by order or by one odd character', () => {
    for (const weak of [
      'password',
      'aaaaaaaaaaaaaaaaaaaaaaaa',
      'abcdefghijklmnop',
      '1234567890',
      'Pa$$w0rd',
      '20261123',
      'correct horse',
      'correct-horse-battery',
    ]) {
      expect(strengthOf(weak), weak).toBe('weak');
    }
  });

  it('takes several words for fair or better, and random characters for strong', () => {
    expect(strengthOf('glacier otter violin maple')).toBe('fair');
    expect(strengthOf('glacier otter violin seventeen maple')).toBe('strong');
    expect(strengthOf('x7#Kq9!vT2@mZ5&w')).toBe('strong');
    expect(strengthOf('冰川水獭小提琴十七枫树湖边的灯')).not.toBe('weak');
  });

  it('knows an empty one', () => {
    expect(strengthOf('')).toBe('empty');
  });

  it('never falls when a character is added, where there are no words', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-,/-^`-~]{1,40}$/), (text) => {
        expect(mostBits(`${text}${text[0] ?? ''}`)).toBeGreaterThanOrEqual(mostBits(text));
      }),
    );
  });
});
