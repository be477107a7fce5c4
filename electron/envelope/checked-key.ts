/** @file The data key, checked as in opening before anything is done with it (FORMAT.md sections 3 and 4). */
import type { Envelope, KeyEntry } from '../../shared/envelope.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { ApproveAccount } from '../keys/accounts.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { CallOptions } from '../keys/provider.ts';
import type { OpenedKey } from '../keys/unwrap-any.ts';
import { decodeBase64url } from './base64url.ts';
import { checkCommitment, checkMac } from './derive.ts';
import { isKnown } from './entries.ts';

export type ChangeOptions = CallOptions & {
  /** Asked before the first call to the KMS of an account that the settings do not name. */
  approveAccount?: ApproveAccount | undefined;
  /** Remove keys also where none of those that are left can be tried here: nobody knows whether they open. */
  leaveUntried?: boolean | undefined;
};

/**
 * K, from an entry that is to stay: entries are claims, and one that was never right must not be the only one left.
 * @throws EnvelopeError `no-key-tried`; else as {@link openChecked}
 */
export async function openRemaining(
  keyring: Keyring,
  envelope: Envelope,
  kept: KeyEntry[],
  options: ChangeOptions,
): Promise<OpenedKey> {
  try {
    return await openChecked(keyring, { ...envelope, keys: kept }, options);
  } catch (error) {
    if (!isEnvelopeError(error, 'no-key-opens')) throw error;
    if (options.leaveUntried === true) return await openChecked(keyring, envelope, options);
    const { attempts } = error.details;
    throw new EnvelopeError('no-key-tried', 'none of the keys that would be left opens it here', {
      attempts,
    });
  }
}

/** K, checked as in opening: commitment, then MAC. The caller disposes it. */
export async function openChecked(
  keyring: Keyring,
  envelope: Envelope,
  options: ChangeOptions,
): Promise<OpenedKey> {
  const stream = decodeBase64url(envelope.header.stream);
  const opened = await keyring.unwrap(envelope, {
    ...options,
    accept: (candidate) => {
      checkCommitment(candidate, envelope.header.id, stream);
    },
  });
  try {
    checkMac(opened.dataKey, envelope);
    return opened;
  } catch (error) {
    opened.dataKey.wipe();
    throw error;
  }
}

/**
 * Unwraps a new entry again, before any takes its leave for it. A key that only others have cannot show that: where it
 * `must`, that is an error; else undefined, and the older entry of the same key stays beside the new one.
 */
export async function openAgain(
  keyring: Keyring,
  fresh: Envelope,
  must: boolean,
  options: ChangeOptions,
): Promise<readonly string[] | undefined> {
  try {
    const { dataKey, requestIds } = await openChecked(keyring, fresh, options);
    dataKey.wipe();
    return requestIds;
  } catch (error) {
    if (!isEnvelopeError(error, 'no-key-opens')) throw error;
    if (!must) return undefined;
    const { attempts } = error.details;
    const added = fresh.keys.filter(isKnown).map(({ key }) => key);
    throw new EnvelopeError(
      'no-key-opens',
      'a new entry could not be unwrapped again, so none is removed for it',
      { attempts, added, untried: added[0] },
      error,
    );
  }
}
