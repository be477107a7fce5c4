import { describe, expect, it } from 'vitest';
import type { ListedKey } from '../../../shared/desktop.ts';
import { isSecret, keyGroups, namesOf, unlisted } from './key-options.ts';

const key = (name: string, more: Partial<ListedKey> = {}): ListedKey => ({
  provider: 'local',
  key: `local:${name}`,
  name,
  canSeal: true,
  canOpen: true,
  isDefault: false,
  ...more,
});

const list = {
  local: [key('This computer')],
  connections: [
    { connection: 'Work', keys: [key('alias/payroll', { region: 'eu-central-1', account: '111122223333' })] },
    { connection: 'Lab', keys: [] },
  ],
  waiting: [],
};

describe('keyGroups', () => {
  it('leaves out what is empty', () => {
    expect(keyGroups(list, '').map((group) => group.connection)).toEqual([undefined, 'Work']);
  });

  it('finds by any fact, all words together', () => {
    expect(keyGroups(list, 'PAY eu-central 1111')).toHaveLength(1);
    expect(keyGroups(list, 'payroll us-east')).toEqual([]);
  });
});

describe('namesOf', () => {
  it('names what it knows', () => {
    expect(namesOf(['local:This computer', 'age1x'], list)).toEqual(['This computer', 'age1x']);
  });
});

describe('a key that is typed', () => {
  it('is not the secret half', () => {
    expect(isSecret(' AGE-SECRET-KEY-1ABC')).toBe(true);
    expect(isSecret('age-secret-key-pq-1abc')).toBe(true);
    expect(isSecret('age1lhwhxget08rydr389vfuyp28qfj8wr4w9prwp824c75ehep87acqyjj77z')).toBe(false);
  });
});

describe('unlisted', () => {
  it('are chosen keys that no list has; while lists are still to come, recipients', () => {
    const chosen = ['local:This computer', 'local:alias/payroll', 'age1x'];
    expect(unlisted(chosen, { ...list, waiting: [] })).toEqual(['age1x']);
    expect(unlisted(['alias/new', ...chosen], { ...list, waiting: ['Lab'] })).toEqual(['age1x']);
  });
});
