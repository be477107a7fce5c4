import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arn } from '../keys/keyring-fixture.ts';
import type { KeyRef } from '../keys/keyring.ts';
import {
  type FakeKms,
  first,
  forge,
  freshKmsPair,
  keysOf,
  type KmsEngine,
  makeKmsEngine,
  second,
} from './rewrap.fixture.ts';
import { rewrap } from './rewrap.ts';

let engine: KmsEngine;
let kms: FakeKms;

beforeEach(async () => {
  engine = await makeKmsEngine();
  ({ kms } = engine);
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
});

describe('by ReEncrypt', () => {
  const replace = [{ from: first.key, to: second }];

  it('replaces one KMS key by another without the data key', async () => {
    const sealed = await freshKmsPair(engine);
    kms.inside = true;
    const result = await rewrap(engine, sealed.envelope, { add: [], remove: [], replace });
    expect(result).toMatchObject({
      added: [second.key],
      removed: [first.key],
      verified: false,
      requestIds: [`rewrap-${second.key}`],
    });
    expect(kms.calls).toEqual([`rewrap ${first.key} ${second.key}`]);
    await engine.keyring.checkAccount(second.key);
    expect(kms.contexts).toEqual([{ project: 'apollo', 'envelope-id': sealed.id }]);
    expect(await keysOf(sealed.envelope)).toEqual([engine.local.key, second.key]);
  });

  it('never adds, and never replaces an entry that stands there twice', async () => {
    const sealed = await freshKmsPair(engine);
    kms.inside = true;
    await forge(sealed.envelope, (keys) => [...keys, keys[0]!]);
    await expect(rewrap(engine, sealed.envelope, { add: [], remove: [], replace })).rejects.toThrow('stay');
    await expect(rewrap(engine, sealed.envelope, { add: [second], remove: [first.key] })).rejects.toThrow(
      'stay',
    );
    expect(kms.calls.filter((call) => call.startsWith('rewrap'))).toEqual([]);
  });

  it('replaces several at once, but never two by one: which entry is right takes the data key', async () => {
    const [third, fourth]: KeyRef[] = [
      { provider: 'aws-kms', key: arn('3') },
      { provider: 'aws-kms', key: arn('4') },
    ];
    const sealed = await freshKmsPair(engine, [first, third!]);
    kms.inside = true;
    const to = (ref: KeyRef) => [
      { from: first.key, to: second },
      { from: third!.key, to: ref },
    ];
    const change = { add: [], remove: [], replace: to(fourth!) };
    const result = await rewrap(engine, sealed.envelope, change);
    expect(result).toMatchObject({ added: [second.key, fourth!.key], removed: [first.key, third!.key] });
    expect(await keysOf(sealed.envelope)).toEqual([second.key, fourth!.key]);
    kms.inside = false;
    const again = await freshKmsPair(engine, [first, third!]);
    kms.inside = true;
    const two = { add: [], remove: [], replace: to(second) };
    await expect(rewrap(engine, again.envelope, two)).rejects.toThrow('stay');
  });
});
