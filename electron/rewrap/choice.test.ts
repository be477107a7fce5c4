import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EnvelopeError } from '../../shared/errors.ts';
import { arn, failure, KeyringFixture } from '../keys/keyring-fixture.ts';
import { checkChoice, resolveChoice } from './choice.ts';
import { choiceOf } from './rewrap-many.fixture.ts';

let fixture: KeyringFixture;
const spec = (more: object) => ({ add: [], remove: [], replace: [], ...more });
const describeAs = (more: object): void => {
  vi.spyOn(fixture.kms, 'describe').mockImplementation((key) =>
    Promise.resolve({ provider: 'aws-kms', key, canSeal: true, canOpen: true, ...more }),
  );
};

beforeEach(async () => {
  fixture = await KeyringFixture.create();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await fixture.remove();
});

describe('a choice of keys', () => {
  it('goes by the key an alias points to now', async () => {
    describeAs({ key: arn('7') });
    const choice = await resolveChoice(
      fixture.keyring,
      spec({ replace: [{ from: 'alias/old', to: 'local' }] }),
    );
    expect(choice.replace).toMatchObject([{ from: arn('7'), to: { provider: 'local' } }]);
    const added = await resolveChoice(fixture.keyring, spec({ add: ['alias/team'] }));
    expect(added.add).toEqual([{ provider: 'aws-kms', key: arn('7') }]);
  });

  it('takes a key away that is on no computer any more, and makes none for it', async () => {
    const gone = `local:${'A'.repeat(21)}Q`;
    const { remove } = await resolveChoice(fixture.keyring, spec({ remove: [gone, arn('9')] }));
    expect(remove).toEqual([gone, arn('9')]);
    expect(fixture.kms.calls).toEqual([]);
    const error = await failure(resolveChoice(fixture.keyring, spec({ remove: ['local'] })));
    expect(error.code).toBe('key-not-found');
    expect((await fixture.localStore.list()).keys).toEqual([]);
  });

  it('refuses a new key that could not be used', async () => {
    for (const [state, code] of [
      ['Disabled', 'kms-key-disabled'],
      ['PendingDeletion', 'kms-key-state'],
      ['Enabled', 'kms-key-usage'],
    ] as const) {
      describeAs({ state, canSeal: false });
      const error = await failure(resolveChoice(fixture.keyring, spec({ add: [arn('1')] })));
      expect(error).toMatchObject({ code, details: { key: arn('1'), state } });
    }
  });

  it('takes a key by its ARN though nobody here may describe it, but not by an alias', async () => {
    fixture.kms.refusals.set(arn('1'), 'kms-access-denied');
    const denied = async (): Promise<never> => {
      const { EnvelopeError: Refusal } = await import('../../shared/errors.ts');
      throw new Refusal('kms-access-denied', 'denied');
    };
    vi.spyOn(fixture.kms, 'describe').mockImplementation(denied);
    const { add } = await resolveChoice(fixture.keyring, spec({ add: [arn('1')] }));
    expect(add).toEqual([{ provider: 'aws-kms', key: arn('1') }]);
    const error = await failure(resolveChoice(fixture.keyring, spec({ add: ['alias/x'] })));
    expect(error.code).toBe('kms-access-denied');
  });

  it('that says nothing, or a thing and its contrary, is none', () => {
    const a = { provider: 'aws-kms', key: arn('a') } as const;
    const mrk = (region: string) => `arn:aws:kms:${region}:111122223333:key/mrk-${'1'.repeat(32)}`;
    for (const choice of [
      {},
      { add: [a], remove: [a.key] },
      { replace: [{ from: a.key, to: a }] },
      { remove: [a.key], replace: [{ from: a.key, to: { ...a, key: arn('b') } }] },
      { add: [{ ...a, key: mrk('eu-west-1') }], remove: [mrk('us-east-1')] },
    ]) {
      expect(() => {
        checkChoice(choiceOf(choice));
      }).toThrow(expect.objectContaining({ code: 'usage' }) as EnvelopeError);
    }
  });
});
