import { describe, expect, it } from 'vitest';
import { contradictionOf, emptyDraft, isNothing, wantedOf } from './access-draft.ts';

const empty = emptyDraft('c');

describe('what was chosen so far', () => {
  it('becomes keys that come, go and give way', () => {
    const fates = {
      a: { kind: 'goes' },
      b: { kind: 'replaced', by: 'c' },
      d: { kind: 'stays' },
    } as const;
    expect(wantedOf({ ...empty, fates, add: ['e'] }, [], true)).toEqual({
      work: 'rewrap',
      add: ['e'],
      remove: ['a'],
      replace: [{ from: 'b', to: 'c' }],
      leaveUntried: true,
    });
  });

  it('is nothing until something is to change', () => {
    expect(isNothing(wantedOf(empty, [], false))).toBe(true);
    expect(isNothing(wantedOf({ ...empty, add: ['a'] }, [], false))).toBe(false);
  });

  it('contradicts itself where a key is both to come and to go', () => {
    const fates = { a: { kind: 'goes' } } as const;
    expect(contradictionOf(wantedOf({ ...empty, fates, add: ['a'] }, [], false))).toBe('a');
    expect(contradictionOf(wantedOf({ ...empty, fates, add: ['b'] }, [], false))).toBeUndefined();
  });

  it('seals again with the keys of now, unless others are chosen', () => {
    const reseal = { ...empty, work: 'reseal' } as const;
    expect(wantedOf(reseal, ['a'], false)).toEqual({ work: 'reseal', keys: ['a'] });
    expect(wantedOf({ ...reseal, keys: ['b'] }, ['a'], false)).toEqual({ work: 'reseal', keys: ['b'] });
    expect(isNothing(wantedOf({ ...reseal, keys: [] }, ['a'], false))).toBe(true);
  });
});
