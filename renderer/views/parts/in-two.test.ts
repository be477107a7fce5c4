import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inTwo } from './in-two.ts';

describe('a name in two parts', () => {
  it('keeps its end, where the extension and the number are', () => {
    expect(inTwo('Minutes of the yearly meeting of 2026 (2).docx')).toEqual([
      'Minutes of the yearly meeting of',
      ' 2026 (2).docx',
    ]);
    expect(inTwo('short.pdf')).toEqual(['short.pdf', '']);
  });

  it('loses nothing, and cuts no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        expect(inTwo(text).join('')).toBe(text);
      }),
    );
    const flags = '🇨🇳'.repeat(40);
    expect(inTwo(flags)[1]).toBe('🇨🇳'.repeat(14));
  });

  it('leaves alone what runs from right to left', () => {
    const name = `${'מסמך ארוך מאוד '.repeat(4)}.pdf`;
    expect(inTwo(name)).toEqual([name, '']);
  });
});
