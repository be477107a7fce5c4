/** @file How hard a passphrase is to guess: said honestly, which means from above and with few words. */

export type Strength = 'empty' | 'weak' | 'fair' | 'strong';

/** One guess takes about a second on one processor (age's scrypt), so 2^40 of them are out of reach for one person. */
const FAIR_BITS = 45;
const STRONG_BITS = 64;

/** A word of a list of 8,000, drawn at random; one that a person thinks of is worth less. */
const WORD_BITS = 13;
const words = /^\p{L}+(?:[ ._-]\p{L}+)+$/u;

const kinds: readonly [RegExp, number][] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[ -/:-@[-`{-~]/, 33],
  [/[^\0-\u007f]/, 100],
];

/**
 * The most bits a passphrase can be worth: as if its characters were random, but for those that repeat the one before
 * or follow it in order, which add one bit; and no word more than a random one. Sayings and dates are worth less than
 * this, and nothing here knows them.
 */
export function mostBits(passphrase: string): number {
  if (!words.test(passphrase)) return bitsOfCharacters(passphrase);
  return Math.min(bitsOfCharacters(passphrase), passphrase.split(/[ ._-]/).length * WORD_BITS);
}

function bitsOfCharacters(passphrase: string): number {
  const alphabet = kinds.reduce((sum, [kind, size]) => sum + (kind.test(passphrase) ? size : 0), 0);
  const each = Math.log2(Math.max(2, alphabet));
  const points = Array.from(passphrase, (character) => character.codePointAt(0) ?? 0);
  const different = Math.max(1, Math.log2(2 * new Set(points).size));
  return points.reduce((bits, point, index) => {
    const step = index === 0 ? undefined : Math.abs(point - (points[index - 1] ?? 0));
    return bits + (step === 0 || step === 1 ? 1 : Math.min(each, different + 1));
  }, 0);
}

export function strengthOf(passphrase: string): Strength {
  if (passphrase === '') return 'empty';
  const bits = mostBits(passphrase);
  if (bits < FAIR_BITS) return 'weak';
  return bits < STRONG_BITS ? 'fair' : 'strong';
}
