import { describe, expect, it } from 'vitest';
import { attemptsOf } from './attempts.ts';

describe('attemptsOf', () => {
  it('reads what the engine writes', () => {
    const [key, code, details] = ['local:a', 'passphrase-wrong', { name: 'x' }] as const;
    // As `Attempt` of electron/keys/unwrap-any.ts.
    const attempt = { provider: 'local', key, error: { code, message: '', details } };
    expect(attemptsOf({ attempts: [attempt] })).toEqual([{ provider: 'local', key, code, details }]);
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
