import { describe, expect, it } from 'vitest';
import { attemptsOf } from './attempts.ts';

describe('attemptsOf', () => {
  it('reads what the engine writes', () => {
    const error = { code: 'passphrase-wrong', message: 'not this one', details: { name: 'x' } };
    const foreign = { provider: 'age', key: 'age1a' };
    expect(attemptsOf({ attempts: [{ provider: 'local', key: 'local:a', error }, foreign] })).toEqual([
      { provider: 'local', key: 'local:a', code: 'passphrase-wrong', details: { name: 'x' } },
      { ...foreign, details: {} },
    ]);
  });

  it('makes something of anything', () => {
    expect(attemptsOf({})).toEqual([]);
    expect(attemptsOf({ attempts: 'no' })).toEqual([]);
    expect(
      attemptsOf({ attempts: [null, { provider: 7, error: { code: 'nonsense', details: null } }] }),
    ).toEqual([
      { provider: '', details: {} },
      { provider: '', details: {} },
    ]);
  });
});
