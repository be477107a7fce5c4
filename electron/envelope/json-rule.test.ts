/** @file The reader of JSON held to the rule of FORMAT.md section 2 in its own words; the writer; JCS. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../shared/envelope.ts';
import { jcs, readJson, writeJson } from './json.ts';
import { refusalOf } from './sample.fixture.ts';

const read = (text: string): string => refusalOf(() => readJson(text));

/** The rule, as far as JSON.parse can follow it: without names like indices, which it puts first. */
function isCanonical(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text, (_, member: unknown) => {
      if (typeof member === 'number' && (!Number.isSafeInteger(member) || member < 0))
        throw new Error('no number');
      return member;
    });
    return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1') === JSON.stringify(value);
  } catch {
    return false;
  }
}

const name = fc
  .string({ unit: 'grapheme', maxLength: 6 })
  .filter((text) => !/^[0-9]+$/.test(text) && text !== '__proto__');
const { value: anyValue } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom<JsonValue>(null, true, false),
    fc.maxSafeNat(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** Tokens in any order and spelling, many of them nearly JSON. */
const nearlyJson = fc
  .array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      ' ',
      '"a"',
      '"b"',
      '"\\u0061"',
      '1',
      '1.0',
      '-0',
      '1e2',
      'true',
      '\n',
    ),
    { maxLength: 12 },
  )
  .map((tokens) => tokens.join(''));
const members = fc
  .array(
    fc.tuple(
      fc.constantFrom('"a"', '"b"', '"c"', '"\\u0061"', '"d e"'),
      fc.constantFrom('1', '0', '1.0', '"a"', '[]'),
    ),
    {
      maxLength: 4,
    },
  )
  .map((pairs) => `{ ${pairs.map(([key, value]) => `${key} : ${value}`).join(' , ')} }`);

describe('the reader and the writer', () => {
  it('accept exactly what the rule of the format accepts', () => {
    const text = fc.oneof(
      nearlyJson,
      members,
      anyValue.map((value) => JSON.stringify(value, null, 1)),
    );
    fc.assert(
      fc.property(text, (text) => {
        expect(read(text) === 'accepted').toBe(isCanonical(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('are inverses, and write as JSON.stringify does', () => {
    fc.assert(
      fc.property(anyValue, fc.constantFrom('', '  ', '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(writeJson(value, indent)).toBe(text);
        expect(writeJson(readJson(text), indent)).toBe(text);
      }),
    );
  });
});

describe('JCS', () => {
  it('is the example of RFC 8785 section 3.2.3 for sorting', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const sorted = ['\\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    expect([...jcs(value).matchAll(/"([^"]*)":/g)].map(([, name]) => name)).toEqual(sorted);
  });

  it('sorts at every level and leaves lists as they are', () => {
    expect(jcs({ b: [{ z: 1, a: 2 }, 'x'], a: { '10': null, '9': true } })).toBe(
      '{"a":{"10":null,"9":true},"b":[{"a":2,"z":1},"x"]}',
    );
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(name, anyValue, { noNullPrototype: true }), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        expect(jcs(reversed)).toBe(jcs(value));
        expect(JSON.parse(jcs(value))).toEqual(value);
      }),
    );
  });

  it.each<[string, JsonValue]>([
    ['-0', -0],
    ['a fraction', 0.5],
    ['a number below 0', -1],
    ['a number above 2^53-1', 2 ** 53],
    ['not a number', Number.NaN],
    ['half of a surrogate pair', '\uD800'],
  ])('of %s is a bug', (_, value) => {
    expect(() => jcs([value])).toThrow('no envelope can hold');
  });
});
