/** @file Getting the data key of an envelope from whichever entry gives it (FORMAT.md section 3, step 3). */
import type { EncryptionContext, Envelope, KeyEntry, Provider, WrappedKey } from '../../shared/envelope.ts';
import { EnvelopeError, type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import { encryptionContext } from '../envelope/context.ts';
import type { ApproveAccount } from './accounts.ts';
import type { DataKey } from './data-key.ts';
import { orCancelled } from './or-cancelled.ts';
import type { CallOptions, KeyProvider, Unwrapping } from './provider.ts';

export type UnwrapOptions = CallOptions & {
  /** The commitment check: returns for the right key, throws for any other (FORMAT.md section 3). */
  accept: (dataKey: DataKey) => void;
  approveAccount?: ApproveAccount | undefined;
};

/** A data key that was accepted, and the entry it came from; the caller disposes it. */
export type OpenedKey = { dataKey: DataKey; entry: WrappedKey; requestIds: string[] };

/**
 * Why one entry did not open: an element of `details.attempts` of `no-key-opens`. Without `error` it simply is not of
 * a key of this computer. `name` is what this computer calls the key.
 */
export type Attempt = {
  provider: string;
  key: string;
  name?: string | undefined;
  error?: ErrorRecord | undefined;
};

/** What of the keyring is needed here. */
export interface KeyRing {
  provider(provider: Provider): Promise<KeyProvider>;
  checkAccount(arn: string, ask?: ApproveAccount): Promise<void>;
  nameOf(key: { provider: string; key: string }): Promise<string | undefined>;
}

/** Entries that need no network come first, else it is file order. Errors and result as `Keyring.unwrap`. */
export async function unwrapAny(
  ring: KeyRing,
  envelope: Pick<Envelope, 'header' | 'keys'>,
  options: UnwrapOptions,
): Promise<OpenedKey> {
  const context = encryptionContext(envelope.header);
  const attempts: Attempt[] = [];
  for (const entry of offlineFirst(envelope.keys)) {
    // What an entry that cannot be read says of its key is not worth showing.
    const attempt = { provider: entry.provider, key: entry.state === 'known' ? entry.key : '' };
    try {
      const opened = await unwrapEntry(ring, entry, context, options);
      if (opened !== undefined) return opened;
      attempts.push(attempt);
    } catch (error) {
      if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
      attempts.push({ ...attempt, name: await ring.nameOf(attempt), error: error.toRecord() });
    }
  }
  throw new EnvelopeError('no-key-opens', 'none of the keys opens this envelope', { attempts });
}

/** @returns undefined if the entry is of no key of this computer */
async function unwrapEntry(
  ring: KeyRing,
  entry: KeyEntry,
  context: EncryptionContext,
  { signal, approveAccount, accept }: UnwrapOptions,
): Promise<OpenedKey | undefined> {
  if (entry.state === 'unknown') return undefined;
  if (entry.state === 'damaged') {
    throw new EnvelopeError('key-damaged', 'the entry is malformed', { problem: entry.problem });
  }
  const { provider, key, wrapped } = entry;
  if (provider === 'aws-kms') {
    await orCancelled(async () => {
      await ring.checkAccount(key, approveAccount);
    }, signal);
  }
  const keys = await ring.provider(provider);
  const unwrapping = await orCancelled(
    async () => await keys.unwrap({ provider, key, wrapped }, context, { signal }),
    signal,
    wipe,
  );
  if (unwrapping === undefined) return undefined;
  const { dataKey, requestId } = unwrapping;
  try {
    accept(dataKey);
  } catch (error) {
    dataKey.wipe();
    throw error;
  }
  return {
    dataKey,
    entry: { provider, key, wrapped },
    requestIds: requestId === undefined ? [] : [requestId],
  };
}

const wipe = (late: Unwrapping | undefined): void => late?.dataKey.wipe();

/** What is damaged or unknown is asked of nobody. */
const needsNetwork = (entry: KeyEntry): boolean => entry.state === 'known' && entry.provider === 'aws-kms';

const offlineFirst = (entries: readonly KeyEntry[]): KeyEntry[] => [
  ...entries.filter((entry) => !needsNetwork(entry)),
  ...entries.filter(needsNetwork),
];
