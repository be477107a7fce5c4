import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLine, printable } from './escape.ts';

describe('printable', () => {
  it.each([
    ['\u001b[2Jgone', '\\u001b[2Jgone'],
    ['a\nb\rc\td', 'a\\u000ab\\u000dc\\u0009d'],
    ['\u0007\u007f\u009b31m', '\\u0007\\u007f\\u009b31m'],
    ['invoice\u202Efdp.exe', 'invoice\\u202efdp.exe'],
    ['\ud800', '\\ud800'],
  ])('shows %j as %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('leaves names of every language alone', () => {
    const names = 'Übersicht 日本語 año 🗂️ مستند family👨‍👩‍👧.pdf';
    expect(printable(names)).toBe(names);
  });

  it('never lets a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/[\0-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe('jsonLine', () => {
  it('parses to the same value and holds no control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const line = jsonLine({ name });
        expect(JSON.parse(line)).toEqual({ name });
        expect(line).toBe(printable(line));
      }),
    );
  });
});
