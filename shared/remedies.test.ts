import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes } from './errors.ts';
import { repairsOf } from './remedies.ts';

const error = (code: (typeof errorCodes)[number], details = {}) => ({ code, message: '', details });

describe('repairsOf', () => {
  it('never offers another key for an envelope that exists', () => {
    for (const code of errorCodes) {
      for (const operation of ['open', 'verify'] as const) {
        expect(repairsOf(error(code), operation).map((repair) => repair.kind)).not.toContain('choose-key');
      }
    }
  });

  it('knows a button for what a person can mend', () => {
    const kinds = (code: (typeof errorCodes)[number]) =>
      repairsOf(error(code), 'seal').map((repair) => repair.kind);
    expect(kinds('credentials-expired')).toEqual(['sign-in']);
    const denied = error('kms-access-denied', { action: 'GenerateDataKey' });
    expect(repairsOf(denied, 'seal').map(({ kind }) => kind)).toEqual(['show-policy', 'choose-key']);
    expect(kinds('kms-access-denied')).toEqual(['choose-key']);
    expect(kinds('key-not-found')).toEqual(['choose-key']);
    expect(kinds('body-missing')).toEqual(['locate', 'find-body']);
    expect(kinds('envelope-missing')).toEqual(['locate', 'retry']);
    expect(kinds('body-altered')).toEqual(['find-copy']);
    expect(kinds('disk-full')).toEqual(['free-space', 'choose-folder']);
    expect(kinds('target-missing')).toEqual(['choose-folder', 'retry']);
    expect(kinds('target-unwritable')).toEqual(['choose-folder', 'retry']);
    expect(kinds('kms-tls')).toEqual(['go']);
    expect(kinds('archive-invalid')).toEqual([]);
  });

  it('offers to enter a recovery key where an age key is among those that did not open', () => {
    const kinds = (...providers: string[]) => {
      const attempts = providers.map((provider) => ({ provider, key: 'x' }));
      return repairsOf(error('no-key-opens', { attempts }), 'open').map((repair) => repair.kind);
    };
    expect(kinds('local', 'age')).toEqual(['recovery', 'go']);
    expect(kinds('local', 'aws-kms')).toEqual(['go']);
  });

  it('offers what may mend one of the keys: trying again, or signing in', () => {
    const kinds = (...codes: ErrorCode[]) => {
      const attempts = codes.map((code) => ({ provider: 'aws-kms', key: 'x', error: error(code) }));
      return repairsOf(error('no-key-opens', { attempts }), 'open').map((repair) => repair.kind);
    };
    expect(kinds('kms-key-disabled', 'kms-offline')).toEqual(['retry', 'go']);
    expect(kinds('credentials-expired')).toEqual(['sign-in', 'go']);
    expect(kinds('kms-key-not-found')).toEqual(['go']);
  });

  it('says how much room is missing only if that is known', () => {
    const full = repairsOf(error('disk-full', { needed: 9_400, free: 6_200 }), 'seal');
    expect(full[0]).toEqual({ kind: 'free-space', bytes: 3_200 });
    expect(repairsOf(error('disk-full', { needed: '9' }), 'seal')[0]).toEqual({ kind: 'free-space' });
    // Freed since.
    expect(repairsOf(error('disk-full', { needed: 1, free: 2 }), 'seal')[0]).toEqual({ kind: 'free-space' });
  });

  it('offers another folder where one is written to, and only there', () => {
    const written = [
      'target-missing',
      'target-unwritable',
      'name-impossible',
      'disk-full',
      'same-file',
    ] as const;
    for (const code of written) {
      expect(repairsOf(error(code), 'open').map(({ kind }) => kind)).toContain('choose-folder');
      expect(repairsOf(error(code), 'verify').map(({ kind }) => kind)).not.toContain('choose-folder');
    }
  });

  it('restores an envelope where a copy of it is kept, and looks around where none is', () => {
    const copy = { created: '', kept: '', keys: [] };
    for (const code of [
      'envelope-missing',
      'envelope-invalid',
      'envelope-altered',
      'no-key-opens',
    ] as const) {
      expect(repairsOf(error(code, { copy }), 'open')).toEqual([{ kind: 'restore-envelope', copy }]);
      for (const none of [undefined, null, 'yes', { created: 1 }, { keys: {} }, { content: 7 }]) {
        const kinds = repairsOf(error(code, { copy: none }), 'open').map(({ kind }) => kind);
        expect(kinds).not.toContain('restore-envelope');
      }
    }
  });

  it('names the profile to sign in to', () => {
    expect(repairsOf(error('credentials-expired', { profile: 'work' }), 'open')).toEqual([
      { kind: 'sign-in', profile: 'work' },
    ]);
  });
});
