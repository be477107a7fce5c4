import { describe, expect, it } from 'vitest';
import type { CardKey } from '../../../shared/desktop.ts';
import { answerOf, overallAnswer } from './answer.ts';

const local: CardKey = { state: 'known', provider: 'local', key: 'local:a', name: 'This computer' };
const stranger: CardKey = { state: 'known', provider: 'aws-kms', key: 'arn', account: '999988887777' };
const error = { code: 'kms-access-denied', message: 'denied', details: {} } as const;

describe('answerOf', () => {
  it('asks while nothing has come, and knows nothing if asking failed', () => {
    expect(answerOf(local, 0, undefined)).toEqual({ kind: 'asking' });
    expect(answerOf(local, 0, null)).toEqual({ kind: 'unknown' });
    expect(answerOf(local, 1, [{ index: 0, answer: 'yes' }])).toEqual({ kind: 'unknown' });
  });

  it('passes on why a key does not open', () => {
    expect(answerOf(local, 0, [{ index: 0, answer: 'no', error }])).toEqual({ kind: 'no', error });
    expect(answerOf(local, 0, [{ index: 0, answer: 'no' }])).toEqual({ kind: 'no' });
  });

  it('leaves the question for a passphrase to the opening', () => {
    const locked = { code: 'key-locked', message: 'locked', details: {} } as const;
    expect(answerOf(local, 0, [{ index: 0, answer: 'unasked', error: locked }])).toEqual({ kind: 'locked' });
  });

  it('names the account that was not called', () => {
    expect(answerOf(stranger, 0, [{ index: 0, answer: 'unasked' }])).toEqual({
      kind: 'unasked',
      account: '999988887777',
    });
  });
});

describe('overallAnswer', () => {
  const keys = [stranger, local];

  it('is yes as soon as one key says so, also while others are asked', () => {
    expect(overallAnswer(keys, [{ kind: 'asking' }, { kind: 'yes' }])).toEqual({ kind: 'yes', key: local });
  });

  it('waits for the last before it says no', () => {
    expect(overallAnswer(keys, [{ kind: 'no' }, { kind: 'asking' }])).toEqual({ kind: 'asking' });
    expect(overallAnswer(keys, [{ kind: 'no' }, { kind: 'unknown' }])).toEqual({ kind: 'no' });
    expect(overallAnswer(keys, [{ kind: 'unknown' }, { kind: 'unknown' }])).toEqual({ kind: 'unknown' });
  });

  it('would rather have a passphrase than ask a stranger', () => {
    const unasked = { kind: 'unasked', account: '999988887777' } as const;
    expect(overallAnswer(keys, [unasked, { kind: 'locked' }])).toEqual({ kind: 'locked', key: local });
  });

  it('would rather ask about a stranger than say no', () => {
    const unasked = { kind: 'unasked', account: '999988887777' } as const;
    expect(overallAnswer(keys, [unasked, { kind: 'no' }])).toEqual(unasked);
  });
});
