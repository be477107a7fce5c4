/** @file What becomes of `keys` in a rewrap (FORMAT.md section 4, Rewrap). Nothing here touches the disk. */
import type { Envelope, KeyEntry, WrappedKey } from '../../shared/envelope.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { ApproveAccount } from '../keys/accounts.ts';
import type { Keyring, KeyRef } from '../keys/keyring.ts';
import { orCancelled } from '../keys/or-cancelled.ts';
import type { CallOptions, Wrapping } from '../keys/provider.ts';
import type { OpenedKey } from '../keys/unwrap-any.ts';
import { decodeBase64url } from './base64url.ts';
import { MAX_KEYS } from './codec.ts';
import { encryptionContext } from './context.ts';
import { checkCommitment, checkMac } from './derive.ts';
import { newEntry } from './entries.ts';

/**
 * Which keys are to open an envelope from now on. What is wrapped to is the user's own choice and never read from an
 * envelope; what is removed goes by its name as it stands in the envelope.
 */
export type KeyChange = {
  add: readonly KeyRef[];
  remove: readonly string[];
  /** One for one. Between two KMS keys the KMS does it, and the data key stays there. */
  replace?: { from: string; to: KeyRef } | undefined;
};

export type ChangeOptions = CallOptions & {
  /** Asked before the first call to the KMS of an account that the settings do not name. */
  approveAccount?: ApproveAccount | undefined;
};

export type ChangedKeys = {
  keys: KeyEntry[];
  /** The new entries and the removed ones, by their keys. */
  added: string[];
  removed: string[];
  requestIds: string[];
  /** Whether commitment and MAC were checked: by ReEncrypt they cannot be. */
  verified: boolean;
};

/** The entries of `envelope`, sorted out before anything is asked of any key. */
type Plan = { kept: KeyEntry[]; gone: (KeyEntry & WrappedKey)[]; add: KeyRef[] };

const isKnown = (entry: KeyEntry): entry is KeyEntry & { state: 'known' } => entry.state === 'known';

function withoutRepeats<T extends KeyRef>(keys: readonly T[]): T[] {
  return [...new Map(keys.map((key) => [`${key.provider} ${key.key}`, key])).values()];
}

/** Unknown and damaged entries are nobody's to remove: they are kept as they are. */
function plan({ keys }: Envelope, { add, remove, replace }: KeyChange): Plan {
  const names = new Set(replace === undefined ? remove : [...remove, replace.from]);
  const gone = keys.filter(isKnown).filter(({ key }) => names.has(key));
  const kept = keys.filter((entry) => !gone.some((other) => other === entry));
  const refs = withoutRepeats(replace === undefined ? add : [...add, replace.to]);
  for (const name of names) {
    if (gone.some(({ key }) => key === name)) continue;
    throw new EnvelopeError('key-not-found', 'the envelope has no entry of this key', { key: name });
  }
  if (refs.length === 0 && gone.length === 0) throw new EnvelopeError('usage', 'nothing is to be changed');
  if (refs.length === 0 && !kept.some(isKnown)) {
    throw new EnvelopeError('usage', 'the last key of an envelope cannot be removed', {
      keys: gone.map(({ key }) => key),
    });
  }
  if (kept.length + refs.length > MAX_KEYS) {
    throw new EnvelopeError('usage', 'more than 32 keys', { keys: kept.length + refs.length });
  }
  return { kept, gone, add: refs };
}

/**
 * Makes the new `keys` of an envelope. With the data key in hand, commitment and MAC are checked before the first wrap;
 * it is wiped on every way out.
 * @throws EnvelopeError `usage` for no change, for removing the last key and for a 33rd · `key-not-found` for removing
 *   one that is not there · `no-key-opens`; with `details.added` if it is the new key that was to take the place of
 *   another and cannot be used here ·
 *   `envelope-altered` · those of the keys that wrap · `account-unknown`, `cancelled`
 */
export async function changeKeys(
  keyring: Keyring,
  envelope: Envelope,
  change: KeyChange,
  options: ChangeOptions,
): Promise<ChangedKeys> {
  const planned = plan(envelope, change);
  const { kept, gone, add } = planned;
  // An entry that stands there twice may be right only once: that takes the data key to tell.
  if (change.replace !== undefined && add.length === 1 && gone.length === 1) {
    const changed = await reEncrypt(keyring, envelope, gone[0], add[0], options);
    if (changed !== undefined) return { ...changed, keys: [...kept, ...changed.keys] };
  }
  return await wrapAgain(keyring, envelope, planned, options);
}

/** ReEncrypt: `to` in place of `from`. Undefined if these keys cannot. */
async function reEncrypt(
  keyring: Keyring,
  { header }: Envelope,
  from: WrappedKey | undefined,
  to: KeyRef | undefined,
  { signal, approveAccount }: ChangeOptions,
): Promise<ChangedKeys | undefined> {
  if (from?.provider !== 'aws-kms' || to?.provider !== 'aws-kms') return undefined;
  const { provider, key, wrapped } = from;
  const made = await orCancelled(async () => {
    await keyring.checkAccount(key, approveAccount);
    const kms = await keyring.provider(provider);
    return await kms.rewrap({ provider, key, wrapped }, encryptionContext(header), to.key, { signal });
  }, signal);
  if (made === undefined) return undefined;
  await keyring.approve(made.entry.key);
  return {
    keys: [newEntry(made.entry)],
    added: [made.entry.key],
    removed: [key],
    requestIds: idsOf([made]),
    verified: false,
  };
}

/** Unwrap and wrap, K in hand. */
async function wrapAgain(
  keyring: Keyring,
  envelope: Envelope,
  { kept, gone, add }: Plan,
  options: ChangeOptions,
): Promise<ChangedKeys> {
  const opened = await openChecked(keyring, envelope, options);
  const made: Wrapping[] = [];
  {
    using dataKey = opened.dataKey;
    for (const ref of add) {
      const wrapping = await keyring.wrap(ref, dataKey, encryptionContext(envelope.header), options);
      if (wrapping.entry.provider === 'aws-kms') await keyring.approve(wrapping.entry.key);
      made.push(wrapping);
    }
  }
  // An alias and an ARN may have been the same key.
  const fresh = withoutRepeats(made.map(({ entry }) => entry))
    .map(newEntry)
    .filter(isKnown);
  const requestIds = [...opened.requestIds, ...idsOf(made)];
  const removed = new Set<KeyEntry & WrappedKey>(gone);
  for (const entry of fresh) {
    const older = kept.filter(isKnown).filter(({ key }) => key === entry.key);
    if (gone.length === 0 && older.length === 0) continue;
    const again = await openAgain(keyring, { ...envelope, keys: [entry] }, gone.length > 0, options);
    if (again === undefined) continue;
    requestIds.push(...again);
    for (const superseded of older) removed.add(superseded);
  }
  return {
    keys: [...kept.filter((entry) => !isKnown(entry) || !removed.has(entry)), ...fresh],
    added: fresh.map(({ key }) => key),
    removed: [...removed].map(({ key }) => key),
    requestIds,
    verified: true,
  };
}

/** K, checked as in opening: commitment, then MAC. The caller disposes it. */
async function openChecked(keyring: Keyring, envelope: Envelope, options: ChangeOptions): Promise<OpenedKey> {
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
async function openAgain(
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
    throw new EnvelopeError(
      'no-key-opens',
      'a new entry could not be unwrapped again, so none is removed for it',
      { attempts, added: fresh.keys.filter(isKnown).map(({ key }) => key) },
      error,
    );
  }
}

const idsOf = (answers: readonly Wrapping[]): string[] => answers.flatMap(({ requestId }) => requestId ?? []);
