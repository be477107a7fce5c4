import { describe, expect, it } from 'vitest';
import { decodeUtf8, readJson, writeJson } from './json.ts';
import { bytesOf, refusalOf } from './sample.fixture.ts';

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const read = (text: string): string => refusalOf(() => readJson(text));

describe('UTF-8', () => {
  it.each([
    ['a lone continuation byte', [0x22, 0x80, 0x22]],
    ['a cut sequence', [0x22, 0xe2, 0x82, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['half of a surrogate pair', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['beyond U+10FFFF', [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]],
  ])('refuses %s', (_, bytes) => {
    expect(refusalOf(() => decodeUtf8(Uint8Array.from(bytes)))).toBe('envelope-invalid: it is not UTF-8');
  });

  it('refuses a byte order mark, and keeps the same character inside', () => {
    expect(refusalOf(() => decodeUtf8(bytesOf('\uFEFF{}')))).toBe(
      'envelope-invalid: it begins with a byte order mark',
    );
    expect(decodeUtf8(bytesOf('{"\uFEFF":""}'))).toBe('{"\uFEFF":""}');
  });
});

describe('canonical text refuses', () => {
  it.each([
    ['nothing', ''],
    ['a comment', '{}//'],
    ['a second value', '{}{}'],
    ['a trailing comma', '[1,]'],
    ['a raw line break in a string', '"\n"'],
    ['a non-breaking space between tokens', '[\u00A01]'],
    ['a leading zero', '[01]'],
    ['a NUL behind it', '{}\0'],
  ])('%s: not JSON', (_, text) => {
    expect(read(text)).toBe('envelope-invalid: it is not JSON');
  });

  it('never quotes the text in its error', () => {
    expect(() => readJson('{"name":"secret.pdf"')).toThrow(/^not a valid envelope: it is not JSON$/);
  });

  it.each([
    ['{"a":1,"a":1}'],
    ['{"a":1,"b":2,"a":3}'],
    ['{"x":{"a":1,"a":1}}'],
    ['[{"1":0,"1":0}]'],
    ['{"":0,"":0}'],
  ])('a member twice: %s', (text) => {
    expect(read(text)).toBe('envelope-invalid: it has the same member twice');
  });

  it.each([
    ['{"a":1,"\\u0061":1}'],
    ['{"\\u0061":1}'],
    ['["\\u00e9"]'],
    ['["\\/"]'],
    ['["\\u000A"]'],
    ['["\\u000a"]'],
    ['["\\u001F"]'],
    ['["\\u007f"]'],
    ['["\\u2028"]'],
    ['["\\ud83d\\ude00"]'],
    ['["\\\\\\u0061"]'],
  ])('a second spelling of a string: %s', (text) => {
    expect(read(text)).toBe('envelope-invalid: it has a string in an unusual spelling');
  });

  it.each([
    ['1.0'],
    ['1.5'],
    ['1e2'],
    ['1E2'],
    ['1e0'],
    ['-0'],
    ['-1'],
    ['9007199254740992'],
    ['9007199254740993'],
    ['1e400'],
    ['100000000000000000000'],
  ])('the number %s', (text) => {
    const refusal = 'envelope-invalid: it has a number that is not a plain integer from 0 to 2^53-1';
    expect(read(text)).toBe(refusal);
    expect(read(`{"size": ${text} }`)).toBe(refusal);
  });

  it.each([['{"__proto__":{}}'], ['{"a":{"__proto__":"x"}}'], ['[{"__proto__":null}]']])(
    'a member named __proto__: %s',
    (text) => {
      expect(read(text)).toBe('envelope-invalid: it has a member named __proto__');
    },
  );

  it('a member named __proto__ in another spelling', () => {
    expect(read('{"\\u005f_proto__":{}}')).toBe('envelope-invalid: it has a string in an unusual spelling');
  });

  it.each([['["\\ud800"]'], ['["\\udc00"]'], ['["\\udc00\\ud800"]'], ['{"\\ud800":1}'], ['["a\\udfffb"]']])(
    'half of a surrogate pair, escaped: %s',
    (text) => {
      expect(read(text)).toBe('envelope-invalid: it has a string with half of a surrogate pair');
    },
  );

  it('half of a surrogate pair, raw', () => {
    expect(read('["\uD800"]')).toBe('envelope-invalid: it has a string with half of a surrogate pair');
  });

  it('nesting of 9, and not of 8', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":[', ']}'],
    ] as const) {
      const step = open === '[' ? 1 : 2;
      expect(read(nested(8 / step, open, close))).toBe('accepted');
      expect(read(`[${nested(8 / step, open, close)}]`)).toBe('envelope-invalid: it is nested deeper than 8');
    }
    expect(read('[[[[[[[[0]]]]]]]]')).toBe('accepted');
  });

  it('a mebibyte of hostile nesting or strings without falling over', () => {
    const size = 1 << 20;
    expect(read('['.repeat(size))).toBe('envelope-invalid: it is not JSON');
    expect(read('{"a":'.repeat(size / 5))).toBe('envelope-invalid: it is not JSON');
    expect(read('['.repeat(size / 2) + ']'.repeat(size / 2))).toBe(
      'envelope-invalid: it is nested deeper than 8',
    );
    expect(read(`"${'\\n'.repeat(size / 2)}"`)).toBe('accepted');
    expect(read(`[${'"",'.repeat(size / 3)}""]`)).toBe('accepted');
    expect(read(`"${'\\'.repeat(size)}"`)).toBe('accepted');
  });
});

describe('canonical text', () => {
  it('may have any white space between tokens', () => {
    expect(readJson('\r\n{\t"a" :\r[ 1 , "b c" ]\n}\r\n')).toEqual(new Map([['a', [1, 'b c']]]));
  });

  it('keeps names like indices where they stand', () => {
    const text = '{"b":"x","2024":{"10":1,"9":2},"1":"y"}';
    expect(writeJson(readJson(text))).toBe(text);
  });

  it('holds names that objects inherit', () => {
    const text = '{"constructor":1,"toString":2,"hasOwnProperty":3}';
    expect(writeJson(readJson(text))).toBe(text);
  });

  it('reads the largest integer and every scalar', () => {
    expect(readJson('[0,9007199254740991,true,false,null,"\\"\\\\\\b\\f\\n\\r\\t\\u001f😀\u2028"]')).toEqual([
      0,
      Number.MAX_SAFE_INTEGER,
      true,
      false,
      null,
      '"\\\b\f\n\r\t\u001F😀\u2028',
    ]);
  });
});
