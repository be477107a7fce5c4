/** @file What a change takes, looked at beforehand: calls of a KMS, and whether any key could do it. */
import type { KeyEntry } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { KmsCalls } from '../../shared/rewrap.ts';
import { insideOnly, type KeyChange } from '../envelope/change-keys.ts';
import { isKnown } from '../envelope/entries.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { Openers } from './openers.ts';
import { keysAfter } from './todo.ts';

export const noCalls = (): KmsCalls => ({
  ReEncrypt: 0,
  GenerateDataKey: 0,
  Encrypt: 0,
  Decrypt: 0,
});

export function addCalls(sum: KmsCalls, more: KmsCalls): void {
  sum.ReEncrypt += more.ReEncrypt;
  sum.GenerateDataKey += more.GenerateDataKey;
  sum.Encrypt += more.Encrypt;
  sum.Decrypt += more.Decrypt;
}

/** `inside`: all of it by ReEncrypt. */
export type Foreseen = { calls: KmsCalls; inside: boolean };

/**
 * The calls of one change of an envelope, if nothing goes wrong.
 * @throws EnvelopeError `last-key`, `too-many-keys` · `no-key-opens`, `no-key-tried` if that is certain beforehand
 */
export async function foresee(
  keys: KeyEntry[],
  change: KeyChange,
  openers: Openers,
  leaveUntried: boolean,
): Promise<Foreseen> {
  const calls = noCalls();
  if (insideOnly(keys, change)) {
    calls.ReEncrypt = change.replace?.length ?? 0;
    return { calls, inside: true };
  }
  const fresh = [...change.add, ...(change.replace ?? []).map(({ to }) => to)];
  const removes = change.remove.length + (change.replace?.length ?? 0) > 0;
  calls.Decrypt += await openingCalls(keys, change, openers, {
    removesOnly: removes && fresh.length === 0,
    leaveUntried,
  });
  const standing = new Set(
    keysAfter(keys, { ...change, add: [], replace: [] })
      .filter(isKnown)
      .map(({ key }) => key),
  );
  for (const ref of withoutRepeats(fresh)) {
    const opener = await openers.of(ref);
    if (opener === 'kms') calls.Encrypt += 1;
    // A new entry is unwrapped again before any goes for it.
    if (opener === 'kms' && (removes || standing.has(ref.key))) calls.Decrypt += 1;
    if (opener === 'foreign' && removes) throw untried(ref);
  }
  return { calls, inside: false };
}

/**
 * The calls of sealing an envelope's body again.
 * @throws EnvelopeError `no-key-opens` if that is certain beforehand
 */
export async function foreseeReseal(
  keys: readonly KeyEntry[],
  to: readonly KeyRef[],
  openers: Openers,
): Promise<KmsCalls> {
  const calls = noCalls();
  const now = await openers.ofAll(keys);
  if (!now.includes('here') && !now.includes('kms')) throw noneHere();
  if (!now.includes('here')) calls.Decrypt += 1;
  const kms = to.filter(({ provider }) => provider === 'aws-kms').length;
  calls.GenerateDataKey += Math.min(kms, 1);
  calls.Encrypt += Math.max(kms - 1, 0);
  return calls;
}

const noneHere = (): EnvelopeError =>
  new EnvelopeError('no-key-opens', 'no key of this computer is among them', { attempts: [] });

const withoutRepeats = (refs: readonly KeyRef[]): KeyRef[] => [
  ...new Map(refs.map((ref) => [ref.key, ref])).values(),
];

/** How many calls it takes to get the data key: none with a key that is here, else one. */
async function openingCalls(
  keys: KeyEntry[],
  change: KeyChange,
  openers: Openers,
  { removesOnly, leaveUntried }: { removesOnly: boolean; leaveUntried: boolean },
): Promise<0 | 1> {
  const staying = await openers.ofAll(removesOnly ? keysAfter(keys, change) : keys);
  if (staying.includes('here')) return 0;
  if (staying.includes('kms')) return 1;
  if (removesOnly && !leaveUntried) {
    throw new EnvelopeError('no-key-tried', 'none of the keys that would be left is of this computer', {
      attempts: [],
    });
  }
  const all = await openers.ofAll(keys);
  if (all.includes('here')) return 0;
  if (all.includes('kms')) return 1;
  throw noneHere();
}

const untried = ({ key }: KeyRef): EnvelopeError =>
  new EnvelopeError('no-key-opens', 'the new key cannot be tried here', {
    attempts: [],
    added: [key],
    untried: key,
  });
