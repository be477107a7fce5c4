import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/errors.ts';
import { exitCodeOf, exitCodeOfAll, exitCodes } from './exit-code.ts';

describe('exit codes', () => {
  it('are documented and never 0 for a failure', () => {
    for (const code of errorCodes) {
      const exit = exitCodeOf(code);
      expect(Object.keys(exitCodes)).toContain(String(exit));
      expect(exit).toBeGreaterThan(0);
    }
  });

  it('tell keys, damage and usage apart', () => {
    expect(exitCodeOf('no-key-opens')).toBe(3);
    expect(exitCodeOf('kms-access-denied')).toBe(3);
    expect(exitCodeOf('clock-skewed')).toBe(3);
    expect(exitCodeOf('body-altered')).toBe(4);
    expect(exitCodeOf('body-missing')).toBe(1);
    expect(exitCodeOf('usage')).toBe(2);
  });

  it('of a batch is what its failures have in common', () => {
    expect(exitCodeOfAll([])).toBe(0);
    expect(exitCodeOfAll(['no-key-opens', 'key-locked'])).toBe(3);
    expect(exitCodeOfAll(['no-key-opens', 'source-missing'])).toBe(1);
  });
});
