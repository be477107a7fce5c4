import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyEntry } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import { AgeKeys } from './age.ts';
import { newIdentity } from './age-identity.ts';
import { Keyring, type KeyRef } from './keyring.ts';
import { arn, failure, header, KeyringFixture } from './keyring-fixture.ts';
import { LocalKeys } from './local.ts';
import type { MayWait } from './make-key.ts';

let fixture: KeyringFixture;
beforeEach(async () => {
  fixture = await KeyringFixture.create();
});
afterEach(async () => {
  await fixture.remove();
});

const context = { 'envelope-id': header.id };
const kmsRef = (key: string): KeyRef => ({ provider: 'aws-kms', key });
const ageRef = (key: string): KeyRef => ({ provider: 'age', key });

describe('Keyring.makeKey (FORMAT.md section 4)', () => {
  it('one refusal ends the job, and K is wiped', async () => {
    fixture.kms.refusals.set(arn('2'), 'kms-access-denied');
    const refs = [kmsRef(arn('1')), ageRef('age1x'), kmsRef(arn('2')), ageRef('age1y')];
    expect((await failure(fixture.keyring.makeKey(refs, context))).code).toBe('kms-access-denied');
    expect(fixture.age.calls).toEqual(['wrap age1x']);
    expect(fixture.kms.everyKeyIsWiped()).toBe(true);
    expect(fixture.age.everyKeyIsWiped()).toBe(true);
  });

  it('a cancelled job wipes K, also one that comes too late', async () => {
    for (const slow of ['age1first', 'age1second']) {
      const late = Promise.withResolvers<void>();
      fixture.age.delays.set(slow, late.promise);
      const controller = new AbortController();
      const making = failure(
        fixture.keyring.makeKey([ageRef('age1first'), ageRef('age1second')], context, {
          signal: controller.signal,
        }),
      );
      await vi.waitFor(() => expect(fixture.age.calls.at(-1)).toContain(slow));
      controller.abort();
      expect((await making).code).toBe('cancelled');
      late.resolve();
      await new Promise(setImmediate);
      expect(fixture.age.everyKeyIsWiped()).toBe(true);
    }
  });

  it('wipes K if the settings cannot be written', async () => {
    const broken = new Keyring({
      local: new LocalKeys(fixture.localStore),
      localStore: fixture.localStore,
      age: fixture.age,
      aws: () => Promise.resolve(fixture.kms),
      settings: {
        load: () => fixture.settings.load(),
        update: () => Promise.reject(new EnvelopeError('disk-full', 'full')),
      },
    });
    expect((await failure(broken.makeKey([kmsRef(arn('1'))], context))).code).toBe('disk-full');
    expect(fixture.kms.everyKeyIsWiped()).toBe(true);
  });

  it('needs a key, and takes no more than 32', async () => {
    await expect(fixture.keyring.makeKey([], context)).rejects.toThrow('no key was chosen');
    const many = Array.from({ length: 33 }, (_, n) => ageRef(`age1${String(n)}`));
    expect((await failure(fixture.keyring.makeKey(many, context))).code).toBe('usage');
    expect(fixture.age.calls).toEqual([]);
    const made = await fixture.keyring.makeKey(many.slice(1), context);
    made.dataKey.wipe();
    expect(made.entries).toHaveLength(32);
  });

  it('takes K from the first KMS key and returns entries in the order chosen', async () => {
    const refs = [ageRef('age1x'), kmsRef(arn('2')), kmsRef(arn('1'))];
    const { dataKey, entries, requestIds } = await fixture.keyring.makeKey(refs, context);
    expect(fixture.kms.calls[0]).toBe(`generate ${arn('2')}`);
    expect(entries.map(({ key }) => key)).toEqual(['age1x', arn('2'), arn('1')]);
    for (const { wrapped } of entries) expect(wrapped.map((byte) => byte ^ 0x55)).toEqual(dataKey.bytes);
    expect(requestIds).toEqual(['wrap-age1x', `wrap-${arn('2')}`, `wrap-${arn('1')}`]);
    dataKey.wipe();
  });

  it('removes what was chosen twice, under one name or two', async () => {
    fixture.kms.aliases.set('alias/team', arn('1'));
    const refs = [kmsRef('alias/team'), ageRef('age1x'), kmsRef(arn('1')), ageRef('age1x')];
    const { dataKey, entries } = await fixture.keyring.makeKey(refs, context);
    expect(entries.map(({ key }) => key)).toEqual([arn('1'), 'age1x']);
    expect(fixture.age.calls).toEqual(['wrap age1x']);
    dataKey.wipe();
  });

  it('opens what it made, with the real local and age keys', async () => {
    const identity = await newIdentity();
    const real = new Keyring({
      local: new LocalKeys(fixture.localStore),
      localStore: fixture.localStore,
      age: new AgeKeys([identity]),
      aws: () => Promise.reject(new Error('AWS is not needed')),
      settings: fixture.settings,
    });
    const refs = [...(await real.defaults()), await real.resolve(identity.recipient)];
    const made = await real.makeKey(refs, context);
    for (const entry of made.entries) {
      const keys: KeyEntry[] = [{ state: 'known', ...entry, raw: '' }];
      const opened = await real.unwrap({ header, keys }, { accept: () => {} });
      expect(opened.dataKey.bytes).toEqual(made.dataKey.bytes);
      opened.dataKey.wipe();
    }
    const secrets = [Buffer.from(made.dataKey.bytes).toString('base64url'), identity.identity];
    await real.approve(arn('1'));
    const text = await readFile(path.join(fixture.folder, 'settings.json'), 'utf8');
    for (const secret of secrets) expect(text).not.toContain(secret);
    made.dataKey.wipe();
  });
});

describe('keys that cannot be reached', () => {
  const agreed: MayWait = async () => await Promise.resolve(true);
  const team = kmsRef(arn('1'));

  it.each(['kms-offline', 'kms-unavailable'] as const)(
    'may come later (%s): a key of this computer stands in',
    async (code) => {
      fixture.kms.refusals.set(arn('1'), code);
      const asked: [KeyRef, string][] = [];
      const mayWait: MayWait = async (ref, error) => {
        asked.push([ref, error.code]);
        return await Promise.resolve(true);
      };
      const made = await fixture.keyring.makeKey([team, ageRef('age1x')], context, { mayWait });
      using _dataKey = made.dataKey;
      expect(asked).toEqual([[team, code]]);
      const own = (await fixture.keyring.resolve('local')).key;
      expect(made).toMatchObject({ waiting: [team], standIn: own });
      expect(made.entries.map(({ key }) => key)).toEqual(['age1x', own]);
    },
  );

  it('need no stand-in beside a key of this computer that was chosen, or another KMS key that answers', async () => {
    fixture.kms.refusals.set(arn('1'), 'kms-offline');
    const own = await fixture.keyring.resolve('local');
    const withOwn = await fixture.keyring.makeKey([team, own], context, { mayWait: agreed });
    expect(withOwn).toMatchObject({ waiting: [team], entries: [{ key: own.key }] });
    expect(withOwn.standIn).toBeUndefined();
    const withOther = await fixture.keyring.makeKey([team, kmsRef(arn('2'))], context, { mayWait: agreed });
    expect(withOther).toMatchObject({ waiting: [team], entries: [{ key: arn('2') }] });
    expect(withOther.standIn).toBeUndefined();
    withOwn.dataKey.wipe();
    withOther.dataKey.wipe();
  });

  it.each([
    'kms-access-denied',
    'kms-key-disabled',
    'kms-key-not-found',
    'credentials-expired',
    'kms-tls',
  ] as const)('are not those that refuse: %s', async (code) => {
    fixture.kms.refusals.set(arn('1'), code);
    const mayWait = vi.fn<MayWait>(agreed);
    expect((await failure(fixture.keyring.makeKey([team], context, { mayWait }))).code).toBe(code);
    expect(mayWait).not.toHaveBeenCalled();
  });

  it('end the job without an agreement, and where nobody was asked', async () => {
    fixture.kms.refusals.set(arn('1'), 'kms-offline');
    const no: MayWait = async () => await Promise.resolve(false);
    expect((await failure(fixture.keyring.makeKey([team], context, { mayWait: no }))).code).toBe(
      'kms-offline',
    );
    expect((await failure(fixture.keyring.makeKey([team], context))).code).toBe('kms-offline');
  });
});
