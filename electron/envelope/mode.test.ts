import { describe, expect, it } from 'vitest';
import { formatMode, isMode, parseMode } from './mode.ts';

describe('a mode', () => {
  it.each([['644'], ['00644'], ['0648'], ['1644'], ['0o644'], ['0644\n'], [' 644'], ['']])(
    'is not %j',
    (text) => {
      expect(isMode(text)).toBe(false);
      expect(() => parseMode(text)).toThrow('not permission bits');
    },
  );

  it.each([
    [0o100644, '0644'],
    [0o040755, '0755'],
    [0o104755, '0755'],
    [0o7, '0007'],
    [0, '0000'],
  ])('of st_mode %d is %s', (mode, text) => {
    expect(formatMode(mode)).toBe(text);
  });

  it('comes back', () => {
    for (let mode = 0; mode <= 0o777; mode += 1) expect(parseMode(formatMode(mode))).toBe(mode);
  });
});
