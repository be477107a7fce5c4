import { describe, expect, it } from 'vitest';
import { problemOfPassphrase } from './passphrase.ts';

describe('problemOfPassphrase', () => {
  it('wants twelve characters, however many units they take, and twice the same', () => {
    expect(problemOfPassphrase('', '')).toBe('short');
    expect(problemOfPassphrase('🔑'.repeat(11), '🔑'.repeat(11))).toBe('short');
    expect(problemOfPassphrase('🔑'.repeat(12), '🔑'.repeat(12))).toBeUndefined();
    expect(problemOfPassphrase('correct horse battery', 'correct horse')).toBe('different');
  });
});
