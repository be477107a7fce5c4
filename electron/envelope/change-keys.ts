/** @file What becomes of `keys` in a rewrap (FORMAT.md section 4, Rewrap). Nothing here touches the disk. */
import type { Envelope, KeyEntry, WrappedKey } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Keyring, KeyRef } from '../keys/keyring.ts';
import type { Wrapping } from '../keys/provider.ts';
import { type ChangeOptions, openAgain, openChecked, openRemaining } from './checked-key.ts';
import { MAX_KEYS } from './codec.ts';
import { encryptionContext } from './context.ts';
import { isKnown, newEntry } from './entries.ts';

/**
 * Which keys are to open an envelope from now on. What is wrapped to is the user's own choice and never read from an
 * envelope; what is removed goes by its name as it stands in the envelope.
 */
export type KeyChange = {
  add: readonly KeyRef[];
  remove: readonly string[];
  /** One for one. Between KMS keys the KMS does it, and the data key stays there, if nothing else is to be changed. */
  replace?: readonly Replacement[] | undefined;
};

/** `from` as it stands in the envelope. */
export type Replacement = { from: string; to: KeyRef };

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

function withoutRepeats<T extends KeyRef>(keys: readonly T[]): T[] {
  return [...new Map(keys.map((key) => [`${key.provider} ${key.key}`, key])).values()];
}

/** Unknown and damaged entries are nobody's to remove: they are kept as they are. */
function plan({ keys }: Pick<Envelope, 'keys'>, { add, remove, replace = [] }: KeyChange): Plan {
  const names = new Set([...remove, ...replace.map(({ from }) => from)]);
  const gone = keys.filter(isKnown).filter(({ key }) => names.has(key));
  const kept = keys.filter((entry) => !gone.some((other) => other === entry));
  const refs = withoutRepeats([...add, ...replace.map(({ to }) => to)]);
  for (const name of names) {
    if (gone.some(({ key }) => key === name)) continue;
    throw new EnvelopeError('key-not-found', 'the envelope has no entry of this key', { key: name });
  }
  if (refs.length === 0 && gone.length === 0) throw new EnvelopeError('usage', 'nothing is to be changed');
  if (refs.length === 0 && !kept.some(isKnown)) {
    throw new EnvelopeError('last-key', 'the last key of an envelope cannot be removed', {
      keys: gone.map(({ key }) => key),
    });
  }
  if (kept.length + refs.length > MAX_KEYS) {
    throw new EnvelopeError('too-many-keys', 'more than 32 keys', { keys: kept.length + refs.length });
  }
  return { kept, gone, add: refs };
}

/**
 * Makes the new `keys` of an envelope. With the data key in hand, commitment and MAC are checked before the first wrap;
 * it is wiped on every way out.
 * @throws EnvelopeError `usage` for no change · `last-key`, `too-many-keys` · `key-not-found` for removing one that is
 *   not there · `no-key-opens`; with `details.added` if it is the new key that was to take the place of another and
 *   cannot be used here · `no-key-tried` if none of the keys that are left can be used here · `envelope-altered` · those of the keys that wrap · `account-unknown`, `cancelled`
 */
export async function changeKeys(
  keyring: Keyring,
  envelope: Envelope,
  change: KeyChange,
  options: ChangeOptions,
): Promise<ChangedKeys> {
  const planned = plan(envelope, change);
  const pairs = insidePairs(planned, change);
  const changed = pairs === undefined ? undefined : await reEncrypt(keyring, envelope, pairs, options);
  if (changed !== undefined) return { ...changed, keys: [...planned.kept, ...changed.keys] };
  return await wrapAgain(keyring, envelope, planned, options);
}

/**
 * Whether a change is such that ReEncrypt does all of it, so that the data key stays in the KMS. Whether the KMS can (two
 * regions, two connections) shows when it is asked.
 * @throws EnvelopeError as {@link changeKeys}, for changes that cannot be whatever the keys say
 */
export function insideOnly(keys: KeyEntry[], change: KeyChange): boolean {
  return insidePairs(plan({ keys }, change), change) !== undefined;
}

/** An entry, and the KMS key that is to stand in its place. */
type InsidePair = { from: WrappedKey; to: KeyRef };

/**
 * What ReEncrypt may be asked for; undefined if the data key is needed. An entry that stands there twice may be right
 * only once, and of two that become one either: that takes the data key to tell.
 */
function insidePairs({ gone }: Plan, { add, remove, replace = [] }: KeyChange): InsidePair[] | undefined {
  if (add.length + remove.length > 0 || gone.length !== replace.length) return undefined;
  if (new Set(replace.map(({ to }) => to.key)).size !== replace.length) return undefined;
  const pairs = replace.flatMap(({ from, to }) => {
    const entry = gone.find(({ key }) => key === from);
    return entry?.provider === 'aws-kms' && to.provider === 'aws-kms' ? [{ from: entry, to }] : [];
  });
  return pairs.length === replace.length ? pairs : undefined;
}

/** ReEncrypt: new entries in place of old ones. Undefined if some of these keys cannot. */
async function reEncrypt(
  keyring: Keyring,
  { header }: Envelope,
  pairs: readonly InsidePair[],
  options: ChangeOptions,
): Promise<ChangedKeys | undefined> {
  const made: Wrapping[] = [];
  for (const { from, to } of pairs) {
    const wrapping = await keyring.reEncrypt(from, to, encryptionContext(header), options);
    if (wrapping === undefined) return undefined;
    made.push(wrapping);
  }
  const fresh = withoutRepeats(made.map(({ entry }) => entry));
  // Two aliases of one key: which of its entries is right, only the data key tells.
  if (fresh.length < made.length) return undefined;
  return {
    keys: fresh.map(newEntry),
    added: fresh.map(({ key }) => key),
    removed: pairs.map(({ from }) => from.key),
    requestIds: idsOf(made),
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
  const opened =
    gone.length > 0 && add.length === 0
      ? await openRemaining(keyring, envelope, kept, options)
      : await openChecked(keyring, envelope, options);
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

const idsOf = (answers: readonly Wrapping[]): string[] => answers.flatMap(({ requestId }) => requestId ?? []);
