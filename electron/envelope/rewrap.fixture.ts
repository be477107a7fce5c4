/** @file For tests of rewrapping: an engine whose KMS can ReEncrypt, and envelopes that anybody may have changed. */
import { writeFile } from 'node:fs/promises';
import type { EncryptionContext, KeyEntry, WrappedKey } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import { newIdentity } from '../keys/age-identity.ts';
import { AgeKeys } from '../keys/age.ts';
import type { DataKey } from '../keys/data-key.ts';
import { arn, FakeKeys } from '../keys/keyring-fixture.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { Wrapping } from '../keys/provider.ts';
import type { KeyChange } from './change-keys.ts';
import { replaceKeys } from './codec.ts';
import { freshPair, makeTestEngine, type TestEngine } from './engine.fixture.ts';
import { readEnvelopeFile } from './read.ts';
import type { Sealed } from './seal.ts';

/** A KMS that can ReEncrypt where `inside` is set, and then never lets a data key out. */
export class FakeKms extends FakeKeys {
  inside = false;
  /** Done before each wrap: what somebody else does meanwhile. */
  meanwhile: () => Promise<void> = async () => {};
  readonly contexts: EncryptionContext[] = [];

  constructor() {
    super('aws-kms', false);
  }

  override async wrap(key: string, dataKey: DataKey): Promise<Wrapping> {
    await this.meanwhile();
    return await super.wrap(key, dataKey);
  }

  /** Whoever asks may seal, and not open. */
  refuseUnwrap = false;

  override async unwrap(entry: WrappedKey) {
    if (this.refuseUnwrap) throw new EnvelopeError('kms-access-denied', 'not for you', { key: entry.key });
    if (this.inside) throw new Error('the data key was to stay in the KMS');
    return await super.unwrap(entry);
  }

  override async rewrap(entry: WrappedKey, context: EncryptionContext, key: string) {
    if (!this.inside) return undefined;
    this.contexts.push(context);
    this.calls.push(`rewrap ${entry.key} ${key}`);
    return await Promise.resolve({ entry: { ...entry, key }, requestId: `rewrap-${key}` });
  }
}

/** `first` is of an account that the settings name, `second` of one that only the user's choice lets be called. */
export const first: KeyRef = { provider: 'aws-kms', key: arn('1') };
export const second: KeyRef = { provider: 'aws-kms', key: arn('2', '444455556666') };

/** `friend` is an age recipient whose identity is here. */
export type KmsEngine = TestEngine & { kms: FakeKms; friend: KeyRef };

export async function makeKmsEngine(): Promise<KmsEngine> {
  const kms = new FakeKms();
  const identity = await newIdentity();
  const engine = await makeTestEngine({ aws: kms, age: new AgeKeys([identity]) });
  await engine.keyring.approve(first.key);
  return { ...engine, kms, friend: { provider: 'age', key: identity.recipient } };
}

export const add = (...keys: KeyRef[]): KeyChange => ({ add: keys, remove: [] });

/** The keys an envelope names, with `damaged` and `unknown` for the entries that are. */
export const keysOf = async (envelope: string): Promise<string[]> =>
  (await readEnvelopeFile(envelope)).envelope.keys.map((entry) =>
    entry.state === 'known' ? entry.key : entry.state,
  );

/** A pair that the KMS key `first` and the key of this computer open; what was asked of the KMS so far is forgotten. */
export async function freshKmsPair(engine: KmsEngine, keys = [first, engine.local]): Promise<Sealed> {
  const sealed = await freshPair(engine, 'tax papers', { keys });
  engine.kms.calls.length = 0;
  return sealed;
}

/** Puts other entries into an envelope, as anybody can who may write it. */
export async function forge(envelope: string, change: (keys: KeyEntry[]) => KeyEntry[]): Promise<void> {
  const file = await readEnvelopeFile(envelope);
  await writeFile(envelope, replaceKeys(file.bytes, change(file.envelope.keys)));
}

/** An entry of a provider of a newer version, its members in an order that a JavaScript object would not keep. */
export const unknownEntry = (): KeyEntry => {
  const raw = '{"provider":"post-quantum","b":1,"7":[2]}';
  return { state: 'unknown', provider: 'post-quantum', raw };
};
