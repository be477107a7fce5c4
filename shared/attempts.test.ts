import { describe, expect, it } from 'vitest';
import { attemptsOf } from './attempts.ts';

describe('attemptsOf', () => {
  it('reads what the engine writes', () => {
    const attempt = { provider: 'local', key: 'local:a', code: 'passphrase-wrong', details: { name: 'x' } };
    expect(attemptsOf({ attempts: [attempt] })).toEqual([attempt]);
  });

  it('makes something of anything', () => {
    expect(attemptsOf({})).toEqual([]);
    expect(attemptsOf({ attempts: 'no' })).toEqual([]);
    expect(attemptsOf({ attempts: [null, { provider: 7, code: 'nonsense', details: null }] })).toEqual([
      { provider: '', details: {} },
      { provider: '', details: {} },
    ]);
  });
});
