import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isName } from '../envelope/names.ts';
import { siblingNames } from './sibling-names.ts';

const named = (...members: (string | Buffer)[]): string[] =>
  siblingNames(members.map((member) => Buffer.from(member as string))).map(({ name }) => name);

describe('siblingNames', () => {
  it('numbers a replaced name that another member has', () => {
    expect(named('a\\b', 'a_b')).toEqual(['a_b', 'a_b (2)']);
    expect(named('a\\b.txt', 'a\nb.txt', 'a_b.txt')).toEqual(['a_b (2).txt', 'a_b (3).txt', 'a_b.txt']);
  });

  it('numbers past a number that another member has', () => {
    expect(named('a\\b', 'a_b', 'a_b (2)')).toEqual(['a_b', 'a_b (2)', 'a_b (3)']);
  });

  it('keeps the extension and 255 bytes of a long one', () => {
    const long = 'ä'.repeat(124);
    const names = named(`${long}\\.pdf`, `${long}_.pdf`);
    expect(names).toContain(`${long}_.pdf`);
    expect(names).toContain(`${'ä'.repeat(123)} (2).pdf`);
  });

  it('does not take a long end for an extension', () => {
    const [first, second] = named(`a.${'b'.repeat(252)}\\`, `a.${'b'.repeat(252)}_`);
    expect(first).toBe(`a.${'b'.repeat(249)} (2)`);
    expect(second).toBe(`a.${'b'.repeat(252)}_`);
  });

  it('gives names to bytes that are not UTF-8', () => {
    expect(named(Buffer.from([0x61, 0xff]), Buffer.from([0x61, 0xfe]))).toEqual(['a_', 'a_ (2)']);
  });

  it('orders by bytes of UTF-8, not by UTF-16', () => {
    expect(named('\u{1f600}', '\uffee', 'a', 'Z', 'a.b', 'a b')).toEqual([
      'Z',
      'a',
      'a b',
      'a.b',
      '\uffee',
      '\u{1f600}',
    ]);
  });

  it('gives every member a possible name of its own, whatever order the system lists them in', () => {
    const member = fc.uint8Array({ minLength: 1, maxLength: 4 }).map((bytes) => Buffer.from(bytes));
    const tricky = fc
      .constantFrom('_', '_ (2)', 'a_', 'a\\', '\\', '\n', '\u007f', '\ufffd')
      .map((name) => Buffer.from(name));
    const members = fc.uniqueArray(fc.oneof(member, tricky), {
      selector: (bytes) => bytes.toString('latin1'),
    });
    fc.assert(
      fc.property(members, (list) => {
        const siblings = siblingNames(list);
        const names = siblings.map(({ name }) => name);
        expect(names.every((name) => isName(name))).toBe(true);
        expect(new Set(names).size).toBe(list.length);
        expect(siblingNames(list.toReversed())).toEqual(siblings);
        const sorted = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(names).toEqual(sorted);
        const possible = siblings.filter(({ bytes }) => isUtf8(bytes) && isName(bytes.toString()));
        expect(possible.map(({ name }) => name)).toEqual(possible.map(({ bytes }) => bytes.toString()));
      }),
    );
  });
});
