import { describe, expect, it } from 'vitest';
import { naturally } from './natural-order.ts';

describe('the order of names', () => {
  it('counts', () => {
    const names = ['Floor 10.svg', 'Floor 2.svg', 'Floor 1.svg', 'a10b2', 'a10b10', 'a9'];
    expect(names.sort(naturally)).toEqual([
      'a9',
      'a10b2',
      'a10b10',
      'Floor 1.svg',
      'Floor 2.svg',
      'Floor 10.svg',
    ]);
  });

  it('is one order, also of names that read the same', () => {
    const twice = ['e\u0301.txt', '\u00e9.txt'];
    expect([...twice].sort(naturally)).toEqual(twice.toReversed().sort(naturally));
    expect(naturally('a', 'a')).toBe(0);
  });
});
