import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { WrappedKey } from '../../shared/envelope.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { parseKeyArn, type KeyArn } from '../../electron/keys/aws/key-arn.ts';
import type { KeyProvider } from '../../electron/keys/provider.ts';
import type { Key } from './keys.ts';
import type { StandIn } from './start.ts';

export const ACCOUNT = '111122223333';
export const HOME = 'eu-central-1';

/** An encryption context as an envelope has it. */
export const context = { 'envelope-id': randomUUID(), project: 'apollo' };

/** Matches an EnvelopeError by its code and some of its details. */
export function coded(code: ErrorCode, details: object = {}): unknown {
  return expect.objectContaining({ code, details: expect.objectContaining(details) });
}

type Wanted = { region?: string; multiRegion?: boolean; usage?: string; origin?: string };

/** Makes a key in the stand-in without a call. */
export function newKey(kms: StandIn, wanted: Wanted = {}): Key {
  const { region = HOME, usage = 'ENCRYPT_DECRYPT', origin = 'AWS_KMS', multiRegion = false } = wanted;
  const spec = usage === 'ENCRYPT_DECRYPT' ? 'SYMMETRIC_DEFAULT' : 'RSA_2048';
  return kms.keys.create({ account: ACCOUNT, region }, { description: '', usage, spec, origin, multiRegion });
}

export function arnOf(text: string): KeyArn {
  const arn = parseKeyArn(text);
  if (arn === undefined) throw new Error(`not a key ARN: ${text}`);
  return arn;
}

/** A fresh data key wrapped under `key`, and a copy of its bytes. */
export async function sealed(by: KeyProvider, key: string): Promise<{ entry: WrappedKey; bytes: Buffer }> {
  const { dataKey, entry } = await by.generate(key, context);
  const bytes = Buffer.from(dataKey.bytes);
  dataKey.wipe();
  return { entry, bytes };
}

/** The data key in `entry`, or undefined if it is not `by`'s. */
export async function opened(by: KeyProvider, entry: WrappedKey): Promise<Buffer | undefined> {
  const unwrapped = await by.unwrap(entry, context);
  return unwrapped === undefined ? undefined : Buffer.from(unwrapped.dataKey.bytes);
}
