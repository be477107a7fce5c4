import { describe, expect, it } from 'vitest';
import { attemptsOf, failedAttempts } from './attempts.ts';

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

describe('failedAttempts', () => {
  const error = { code: 'credentials-expired', message: 'over', details: { connection: 'work' } } as const;
  const attempts = [
    { provider: 'aws-kms', key: 'arn', error },
    { provider: 'local', key: 'local:a' },
  ];

  it('are those with an error of their own', () => {
    expect(failedAttempts({ code: 'no-key-opens', message: 'none', details: { attempts } })).toMatchObject([
      {
        provider: 'aws-kms',
        key: 'arn',
        error: { code: 'credentials-expired', details: { connection: 'work' } },
      },
    ]);
  });

  it('are none of an error about anything else', () => {
    expect(failedAttempts({ code: 'body-altered', message: 'cut', details: { attempts } })).toEqual([]);
  });
});
