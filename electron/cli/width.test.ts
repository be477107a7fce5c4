import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from './escape.ts';
import { cutToWidth, widthOf } from './width.ts';

describe('cutToWidth', () => {
  it('never exceeds the width, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 40 }), (text, columns) => {
        const shown = printable(text);
        expect(widthOf(cutToWidth(shown, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('keeps what fits and cuts the middle of what does not', () => {
    expect(cutToWidth('report.pdf', 10)).toBe('report.pdf');
    expect(cutToWidth('a very long report.pdf', 12)).toBe('a ver…rt.pdf');
    expect(cutToWidth('日本語の報告書.pdf', 9)).toBe('日本….pdf');
    expect(cutToWidth('report.pdf', 0)).toBe('');
  });
});

describe('widthOf', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['👨‍👩‍👧', 2],
  ])('%s takes %d', (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });
});
