import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isName, toName } from './names.ts';

const bidirectional = [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069];
const halves = [0xd800, 0xdbff, 0xdc00, 0xdfff];
const forbidden = [
  ...Array.from({ length: 0x20 }, (_, code) => code),
  0x7f,
  0x2f,
  0x5c,
  ...bidirectional,
  ...halves,
];
const shown = forbidden.map((code): [string, string] => [
  code.toString(16).padStart(4, '0'),
  String.fromCharCode(code),
]);

describe('a reader', () => {
  it.each(shown)('refuses U+%s anywhere in a name', (_, character) => {
    for (const name of [character, `${character}a`, `a${character}b`, `a${character}`])
      expect(isName(name)).toBe(false);
  });

  it.each([[''], ['.'], ['..'], ['a'.repeat(256)], [`${'é'.repeat(127)}ab`], ['\uDE00\uD83D']])(
    'refuses %j',
    (name) => {
      expect(isName(name)).toBe(false);
    },
  );

  it.each([
    ['a'],
    ['...'],
    ['.hidden'],
    [' '],
    ['a'.repeat(255)],
    [`${'é'.repeat(127)}a`],
    ['Ünïcödé 😀.txt'],
    ['e\u0301'],
    ['\uFEFF'],
    ['\uFFFD'],
    ['\u0080\u2029\u202F\u2065\u206A'],
    ['<>:"|?*. '],
    ['CON'],
    ['report (2).pdf'],
  ])('accepts %j', (name) => {
    expect(isName(name)).toBe(true);
  });
});

describe('a writer', () => {
  it.each(shown)('writes _ for U+%s', (_, character) => {
    expect(toName(`a${character}b`)).toBe('a_b');
  });

  it.each([
    ['', '_'],
    ['.', '_'],
    ['..', '__'],
    ['a/../b\\c\n', 'a_.._b_c_'],
    ['\uD83D\uDE00\uD83D', '😀_'],
    ['a'.repeat(300), 'a'.repeat(255)],
    [`${'a'.repeat(254)}é`, 'a'.repeat(254)],
    [`${'a'.repeat(252)}😀`, 'a'.repeat(252)],
    ['\n'.repeat(300), '_'.repeat(255)],
  ])('gives %j the name %j', (systemName, name) => {
    expect(toName(systemName)).toBe(name);
  });

  it.each<[string, number[], string]>([
    ['Latin-1', [0x61, 0xe9, 0x62], 'a_b'],
    ['a cut sequence at the end', [0x61, 0xf0, 0x9f, 0x98], 'a_'],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80], '___'],
    ['U+FFFD itself, which is a character', [0xef, 0xbf, 0xbd], '\uFFFD'],
    [
      'U+FFFD between undecodable bytes',
      [0xff, 0xef, 0xbf, 0xbd, 0xf0, 0x9f, 0xef, 0xbf, 0xbd],
      '_\uFFFD_\uFFFD',
    ],
    ['a byte order mark, which is a character here', [0xef, 0xbb, 0xbf, 0x61], '\uFEFFa'],
    ['a slash spelt too long', [0xc0, 0xaf], '__'],
    ['nothing', [], '_'],
  ])('decodes %s', (_, bytes, name) => {
    expect(toName(Uint8Array.from(bytes))).toBe(name);
  });

  const anyName = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'binary', minLength: 200, maxLength: 400 }),
  );

  it('gives a name that a reader accepts, and leaves such a name alone', () => {
    const systemName = fc.oneof(anyName, fc.uint8Array(), fc.uint8Array({ minLength: 250, maxLength: 400 }));
    fc.assert(
      fc.property(systemName, (systemName) => {
        const name = toName(systemName);
        expect(isName(name)).toBe(true);
        expect(toName(name)).toBe(name);
      }),
    );
  });

  it('gives the same name for text and for its UTF-8', () => {
    fc.assert(
      fc.property(anyName, (text) => {
        const wellFormed = text.toWellFormed();
        expect(toName(Buffer.from(wellFormed))).toBe(toName(wellFormed));
      }),
    );
  });
});
