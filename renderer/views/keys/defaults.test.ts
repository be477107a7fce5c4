import { describe, expect, it } from 'vitest';
import type { ListedKey } from '../../../shared/desktop.ts';
import { defaultsOf, toggleDefault } from './defaults.ts';

const key = (name: string, isDefault: boolean): ListedKey => ({
  provider: 'local',
  key: `local:${name}`,
  name,
  canSeal: true,
  canOpen: true,
  isDefault,
});

describe('defaults', () => {
  it('are those of the settings', () => {
    expect(defaultsOf(['arn'], [key('a', true)])).toEqual(['arn']);
  });

  it('are the key of this computer while the settings name none', () => {
    expect(defaultsOf([], [key('a', true), key('b', false)])).toEqual(['local:a']);
    expect(defaultsOf([], [])).toEqual([]);
  });

  it('can be several, and none again', () => {
    expect(toggleDefault(['local:a'], 'arn')).toEqual(['local:a', 'arn']);
    expect(toggleDefault(['local:a', 'arn'], 'local:a')).toEqual(['arn']);
    expect(toggleDefault(['arn'], 'arn')).toEqual([]);
  });
});
