import { describe, expect, it } from 'vitest';
import { noTest, testSteps, verdictOf, withoutKeys, withProgress, type TestRun } from './test-steps.ts';

const error = { code: 'kms-access-denied', message: 'denied', details: {} } as const;
const ok = { ok: true } as const;
const begun: TestRun = { running: true, outcomes: {} };

describe('testSteps', () => {
  it('runs one step at a time, in order', () => {
    const run = withProgress(begun, { test: 't', step: 'credentials', outcome: { ok: true, found: 'arn' } });
    expect(testSteps(run).map(({ state }) => state)).toEqual([
      'ok',
      'running',
      'waiting',
      'waiting',
      'waiting',
    ]);
    expect(testSteps(run)[0]).toEqual({ step: 'credentials', state: 'ok', found: 'arn' });
  });

  it('skips what was not reached', () => {
    const run: TestRun = { running: false, outcomes: { credentials: { ok: false, error } } };
    expect(testSteps(run).map(({ state }) => state)).toEqual([
      'failed',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
    ]);
  });

  it('goes on past a step that failed and is not needed by the next', () => {
    const run: TestRun = { running: true, outcomes: { credentials: ok, identity: { ok: false, error } } };
    expect(testSteps(run)[2]).toEqual({ step: 'key', state: 'running' });
  });
});

describe('verdictOf', () => {
  it('says works only if opening was tried', () => {
    expect(verdictOf(noTest)).toBe('none');
    expect(verdictOf(begun)).toBe('running');
    expect(verdictOf({ running: false, outcomes: { credentials: ok, identity: ok } })).toBe('known');
    const all = { credentials: ok, identity: ok, key: ok, generate: ok, decrypt: ok };
    expect(verdictOf({ running: false, outcomes: all })).toBe('works');
    expect(verdictOf({ running: false, outcomes: { ...all, generate: { ok: false, error } } })).toBe(
      'failed',
    );
  });
});

describe('withoutKeys', () => {
  it('says why there is no key to choose, of credentials that work', () => {
    const key = {
      provider: 'aws-kms',
      key: 'k',
      name: 'k',
      canSeal: true,
      canOpen: true,
      isDefault: false,
    } as const;
    expect(withoutKeys('known', { keys: [] })).toBe('knownEmpty');
    expect(withoutKeys('known', { keys: [], error })).toBe('knownUnlisted');
    expect(withoutKeys('known', undefined)).toBe('known');
    expect(withoutKeys('failed', { keys: [] })).toBe('failed');
    expect(withoutKeys('known', { keys: [key] })).toBe('known');
  });
});
