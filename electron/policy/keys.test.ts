import { describe, expect, it } from 'vitest';
import { EnvelopeError } from '../../shared/errors.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import type { KeyRef } from '../keys/keyring.ts';
import { PolicyKeys } from './keys.ts';
import { rulesOf, type Wanted } from './rules.ts';

const ARN = 'arn:aws:kms:eu-central-1:999988887777:key/1';
const found = (keys: string[]) => ({
  path: '/work/.envelope-policy.json',
  folder: '/work',
  policy: { version: 1 as const, keys },
});

function resolve(spec: string): Promise<KeyRef> {
  if (spec.startsWith('arn:') || spec.startsWith('alias/'))
    return Promise.resolve({ provider: 'aws-kms', key: spec });
  if (spec.startsWith('age1')) return Promise.resolve({ provider: 'age', key: spec });
  if (spec === 'Anna') return Promise.resolve({ provider: 'age', key: 'age1anna' });
  if (spec === 'local') return Promise.resolve({ provider: 'local', key: 'local:x' });
  return Promise.reject(new EnvelopeError('key-not-found', 'none'));
}

function keysOf(given: Partial<Settings> = {}, answer?: 'once' | 'always' | 'no', managed: KeyRef[] = []) {
  let settings: Settings = { ...defaultSettings, keyNames: { age1anna: 'Anna' }, ...given };
  const asked: (readonly string[])[] = [];
  const keys = new PolicyKeys({
    keyring: { resolve, managedKeys: () => Promise.resolve(managed) },
    settings: {
      load: () => Promise.resolve(settings),
      update: (change) => Promise.resolve((settings = change(settings))),
    },
    isListed: (key) => key.endsWith('/listed'),
    ...(answer === undefined
      ? {}
      : {
          confirm: (_: unknown, strange: readonly string[]) => {
            asked.push(strange);
            return Promise.resolve(answer);
          },
        }),
  });
  return { keys, asked, settings: () => settings };
}

describe('the keys of a policy', () => {
  it.each([
    ['local', 'yours'],
    ['Anna', 'yours'],
    ['age1anna', 'yours'],
    ['alias/team', 'yours'],
    ['arn:aws:kms:eu-central-1:111122223333:key/listed', 'yours'],
    ['age1stranger', 'asked'],
    [ARN, 'asked'],
    ['arn:aws:kms:eu-central-1:999988887777:alias/team', 'asked'],
    ['Bert', 'missing'],
  ])('%s is %s', async (spec, state) => {
    expect(await keysOf().keys.describe(found([spec]))).toMatchObject([{ spec, state }]);
  });

  it('that are approved accounts’ for opening are not the user’s for sealing', async () => {
    const approved = keysOf({ accounts: ['aws:999988887777:*'] });
    expect(await approved.keys.describe(found([ARN]))).toMatchObject([{ state: 'asked' }]);
  });

  it('that the user chose as defaults, or an administrator adds, are not asked about', async () => {
    const refs: KeyRef[] = [{ provider: 'age', key: 'age1firm' }];
    const { keys, asked } = keysOf({ defaultKeys: [ARN] }, 'no', refs);
    expect(await keys.resolve(found([ARN, 'age1firm']))).toHaveLength(2);
    expect(asked).toEqual([]);
  });

  it('that are strangers’ are refused if there is nobody to ask, and if the answer is no', async () => {
    for (const answer of [undefined, 'no'] as const) {
      const { keys } = keysOf({}, answer);
      await expect(keys.resolve(found(['local', 'age1stranger']))).rejects.toMatchObject({
        code: 'policy-key-unknown',
        details: { keys: ['age1stranger'], path: '/work/.envelope-policy.json' },
      });
    }
  });

  it('are asked about once and for all for this policy, and for no other', async () => {
    const { keys, asked, settings } = keysOf({}, 'always');
    await keys.resolve(found(['age1stranger', ARN]));
    await keys.resolve(found([ARN, 'age1stranger']));
    expect(asked).toEqual([['age1stranger', ARN]]);
    expect(settings().policyKeys).toEqual({ '/work/.envelope-policy.json': ['age1stranger', ARN] });
    await keys.resolve({ ...found([ARN]), path: '/planted/.envelope-policy.json' });
    await keys.resolve(found(['age1another']));
    expect(asked.slice(1)).toEqual([[ARN], ['age1another']]);
  });

  it('agreed to only this time are not remembered', async () => {
    const { keys, settings } = keysOf({}, 'once');
    expect(await keys.resolve(found(['age1stranger']))).toHaveLength(1);
    expect(settings().policyKeys).toEqual({});
  });

  it('that nobody here knows stop it', async () => {
    await expect(keysOf({}, 'always').keys.resolve(found(['local', 'Bert']))).rejects.toMatchObject({
      code: 'policy-key-missing',
      details: { key: 'Bert' },
    });
  });
});

describe('a policy and the user’s choices', () => {
  const mine: KeyRef = { provider: 'local', key: 'mine' };
  const theirs: KeyRef = { provider: 'age', key: 'theirs' };
  const nothing = { keys: false, labels: {}, hideNames: undefined };
  const wanted = (chosen: Partial<Wanted['chosen']>): Wanted => ({
    keys: [mine],
    labels: { team: 'blue', ...chosen.labels },
    hideNames: chosen.hideNames ?? false,
    chosen: { ...nothing, ...chosen },
  });
  const policy = (more: object) => ({ ...found([]), policy: { version: 1 as const, ...more } });

  it('its keys take the place of the defaults, and are added to those that were chosen', () => {
    expect(rulesOf(policy({}), [theirs], wanted({})).keys).toEqual([theirs]);
    expect(rulesOf(policy({}), [theirs], wanted({ keys: true })).keys).toEqual([theirs, mine]);
    expect(rulesOf(policy({}), [], wanted({})).keys).toEqual([mine]);
  });

  it('its labels go before the settings’, and chosen ones beside them', () => {
    const labels = { team: 'red', project: 'apollo' };
    expect(rulesOf(policy({ labels }), [], wanted({})).labels).toEqual(labels);
    const chosen = { phase: '1', project: 'apollo' };
    expect(rulesOf(policy({ labels }), [], wanted({ labels: chosen })).labels).toEqual({
      ...labels,
      ...chosen,
    });
    expect(() => rulesOf(policy({ labels }), [], wanted({ labels: { project: 'x' } }))).toThrow(
      expect.objectContaining({ code: 'policy-conflict' }) as Error,
    );
  });

  it('names that it hides cannot be shown; those that it shows can be hidden', () => {
    expect(rulesOf(policy({ hideNames: true }), [], wanted({})).hideNames).toBe(true);
    expect(() => rulesOf(policy({ hideNames: true }), [], wanted({ hideNames: false }))).toThrow(
      expect.objectContaining({ code: 'policy-conflict' }) as Error,
    );
    expect(rulesOf(policy({ hideNames: false }), [], wanted({ hideNames: true })).hideNames).toBe(true);
    expect(rulesOf(policy({ hideNames: false }), [], { ...wanted({}), hideNames: true }).hideNames).toBe(
      false,
    );
    expect(rulesOf(policy({}), [], { ...wanted({}), hideNames: true }).hideNames).toBe(true);
  });
});
