import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { WrappedKey } from '../../shared/envelope.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { parseKeyArn, type KeyArn } from '../../electron/keys/aws/key-arn.ts';
import type { KeyProvider } from '../../electron/keys/provider.ts';
import { symmetric, type Key } from './keys.ts';
import type { StandIn } from './start.ts';

export const ACCOUNT = '111122223333';
export const HOME = 'eu-central-1';

/** An encryption context as an envelope has it. */
export const context = { 'envelope-id': randomUUID(), project: 'apollo' };

/** Matches an EnvelopeError by its code and some of its details. */
export function coded(code: ErrorCode, details: object = {}): unknown {
  return expect.objectContaining({ code, details: expect.objectContaining(details) });
}

type Wanted = Partial<typeof symmetric> & { region?: string };

/** Makes a key in the stand-in without a call. */
export function newKey(kms: StandIn, wanted: Wanted = {}): Key {
  const { region = HOME, ...rest } = wanted;
  return kms.keys.create({ account: ACCOUNT, region }, { ...symmetric, ...rest });
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
