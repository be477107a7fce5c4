import { describe, expect, it } from 'vitest';
import type { KeyEntry } from '../../shared/envelope.ts';
import { arn, known } from '../keys/keyring-fixture.ts';
import type { KeyRef } from '../keys/keyring.ts';
import { choiceOf } from './rewrap-many.fixture.ts';
import { keysAfter, todoOf } from './todo.ts';

const kms = (key: string): KeyRef => ({ provider: 'aws-kms', key });
const replica = (region: string): string => `arn:aws:kms:${region}:111122223333:key/mrk-${'0'.repeat(32)}`;
const [a, b, c] = [kms(arn('a')), kms(arn('b')), kms(arn('c'))];
const age: KeyRef = { provider: 'age', key: `age1${'q'.repeat(58)}` };
const all = async () => await Promise.resolve(true);
const notAge = async ({ provider }: KeyRef) => await Promise.resolve(provider !== 'age');
const envelope = (...refs: KeyRef[]) => ({ keys: refs.map(({ provider, key }) => known(provider, key)) });

describe('what a choice comes to for one envelope', () => {
  it('is nothing where it is so already', async () => {
    for (const choice of [
      { add: [a] },
      { remove: [b.key] },
      { replace: [{ from: b.key, to: c }] },
      { add: [a], remove: [c.key], replace: [{ from: b.key, to: c }] },
    ]) {
      expect(await todoOf(envelope(a), choiceOf(choice), all)).toEqual([]);
    }
  });

  it('adds, removes and replaces in one change what is to be', async () => {
    const choice = choiceOf({ add: [age], remove: [b.key], replace: [{ from: a.key, to: c }] });
    expect(await todoOf(envelope(a, b), choice, all)).toEqual([
      { add: [age], remove: [b.key], replace: [{ from: a.key, to: c }] },
    ]);
    expect(await todoOf(envelope(b), choice, all)).toEqual([{ add: [age], remove: [b.key], replace: [] }]);
  });

  it('takes a multi-Region key out under all its names, and does not add it under another', async () => {
    const [eu, us] = [kms(replica('eu-central-1')), kms(replica('us-east-1'))];
    const both = envelope(a, eu, us);
    expect(await todoOf(both, choiceOf({ remove: [eu.key] }), all)).toMatchObject([
      { remove: [eu.key, us.key] },
    ]);
    expect(await todoOf(envelope(eu), choiceOf({ add: [us] }), all)).toEqual([]);
    // Replaced by itself in another region, it keeps that name.
    const move = choiceOf({ replace: [{ from: eu.key, to: us }] });
    expect(await todoOf(envelope(eu), move, all)).toMatchObject([{ replace: [{ from: eu.key, to: us }] }]);
    expect(await todoOf(envelope(us), move, all)).toEqual([]);
  });

  it('adds a key that cannot be tried here before another goes, in a change of its own', async () => {
    const choice = choiceOf({ add: [age, c], remove: [a.key] });
    expect(await todoOf(envelope(a, b), choice, notAge)).toEqual([
      { add: [age], remove: [] },
      { add: [c], remove: [a.key], replace: [] },
    ]);
    expect(await todoOf(envelope(a), choiceOf({ add: [age] }), notAge)).toHaveLength(1);
    // One key for another is one change: the old one goes for the new one.
    const replace = choiceOf({ replace: [{ from: a.key, to: age }] });
    expect(await todoOf(envelope(a), replace, notAge)).toHaveLength(1);
  });

  it('leaves alone what it cannot read', () => {
    const unknown: KeyEntry = { state: 'unknown', provider: 'pq', raw: '{}' };
    const keys = [unknown, ...envelope(a, b).keys];
    const after = keysAfter(keys, { add: [c], remove: [a.key] });
    expect(after.map((entry) => (entry.state === 'known' ? entry.key : entry.state))).toEqual([
      'unknown',
      b.key,
      c.key,
    ]);
  });
});
