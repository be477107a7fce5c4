import { describe, expect, it } from 'vitest';
import type { ListedKey } from '../../../shared/desktop.ts';
import { errorCodes } from '../../../shared/errors.ts';
import { repairsOf } from '../../../shared/remedies.ts';
import { keysNow } from './key-choices.ts';
import { isOffered } from './mend.ts';

const listed = (key: string, canSeal: boolean): ListedKey => ({
  provider: 'local',
  key,
  name: key,
  canSeal,
  canOpen: true,
  isDefault: false,
});

describe('the keys of now', () => {
  it('are those that can seal here, and every recipient', () => {
    const found = {
      envelopes: 1,
      moreKeys: 0,
      unreadable: 0,
      impossible: [],
      keys: [
        { provider: 'local', key: 'mine', envelopes: 1 },
        { provider: 'local', key: 'gone', envelopes: 1 },
        { provider: 'aws-kms', key: 'disabled', envelopes: 1 },
        { provider: 'age', key: 'age1x', envelopes: 1 },
      ],
    };
    const list = { local: [listed('mine', true), listed('disabled', false)], connections: [], waiting: [] };
    expect(keysNow(found, list)).toEqual(['mine', 'age1x']);
    // What was taken away a moment ago does not come back by itself.
    expect(keysNow(found, list, ['mine'])).toEqual(['age1x']);
  });
});

describe('what mends a failure here', () => {
  it('chooses no other folder, no other key and no other body', () => {
    for (const code of errorCodes) {
      const repairs = repairsOf({ code, details: { inPlace: 'yes' } }, 'verify');
      const kinds = repairs.filter((repair) => isOffered(repair, true)).map(({ kind }) => kind);
      for (const kind of ['choose-folder', 'choose-key', 'find-body', 'find-copy'] as const) {
        expect(kinds, code).not.toContain(kind);
      }
    }
  });

  it('shows the card only where the envelope is known', () => {
    expect(isOffered({ kind: 'locate' }, true)).toBe(true);
    expect(isOffered({ kind: 'locate' }, false)).toBe(false);
  });
});
