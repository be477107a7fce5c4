import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbered, numberedStem, stemFor, systemName } from './stem.ts';

const id = '0f6c2a7e-6f0e-4a53-9a55-0d1c5b0b6a11';

describe('stemFor', () => {
  it('is the id for hidden content', () => {
    expect(stemFor(undefined, id)).toBe(id);
  });

  it('is the id where T.envelope would exceed 255 bytes, counted in UTF-8', () => {
    expect(stemFor('a'.repeat(246), id)).toBe('a'.repeat(246));
    expect(stemFor('a'.repeat(247), id)).toBe(id);
    expect(stemFor('ä'.repeat(123), id)).toBe('ä'.repeat(123));
    expect(stemFor('ä'.repeat(124), id)).toBe(id);
  });
});

describe('numbers', () => {
  it.each([
    ['report.pdf', 1, 'report.pdf'],
    ['report.pdf', 2, 'report (2).pdf'],
    ['archive.tar.gz', 3, 'archive.tar (3).gz'],
    ['README', 2, 'README (2)'],
    ['.profile', 2, '.profile (2)'],
    ['a.', 2, 'a (2).'],
    ['report (2).pdf', 2, 'report (2) (2).pdf'],
  ])('%s, choice %d', (name, n, expected) => {
    expect(numbered(name, n)).toBe(expected);
  });

  it('are made of the id where the numbered name is too long', () => {
    const long = `${'a'.repeat(241)}.pdf`;
    expect(stemFor(long, id)).toBe(long);
    expect(numberedStem(long, 1, id)).toBe(long);
    expect(numberedStem(long, 2, id)).toBe(`${id} (2)`);
  });

  it('always fit and never repeat', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 260 })
      .filter((s) => !s.includes('/'));
    fc.assert(
      fc.property(name, (name) => {
        const stem = stemFor(name, id);
        const stems = [1, 2, 3, 10, 11].map((n) => numberedStem(stem, n, id));
        expect(new Set(stems).size).toBe(5);
        for (const one of stems) expect(Buffer.byteLength(`${one}.envelope`)).toBeLessThanOrEqual(255);
      }),
    );
  });
});

describe('systemName', () => {
  it.each([
    ['a<b>c:d"e|f?g*h', 'a_b_c_d_e_f_g_h'],
    ['ends.', 'ends_'],
    ['ends ', 'ends_'],
    ['ends..', 'ends._'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['Lpt1.a.b', '_Lpt1.a.b'],
    ['COM¹', '_COM¹'],
    ['aux .c', '_aux .c'],
    ['conin$', '_conin$'],
  ])('on Windows %s is %s', (name, expected) => {
    expect(systemName(name, 'win32')).toEqual({ name: expected, changed: true });
  });

  it.each(['console', 'com10', 'a.con', 'null', 'report (2).pdf', ' begins', '.profile'])(
    'on Windows %s stays',
    (name) => {
      expect(systemName(name, 'win32')).toEqual({ name, changed: false });
    },
  );

  it('changes nothing elsewhere', () => {
    expect(systemName('a:b?', 'linux')).toEqual({ name: 'a:b?', changed: false });
  });

  it('settles: what it gives, it gives again', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const once = systemName(name, 'win32').name;
        expect(systemName(once, 'win32')).toEqual({ name: once, changed: false });
      }),
    );
  });
});
