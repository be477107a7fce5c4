/** @file Which keys are to open many envelopes from now on, and how a person's words for keys become that. */
import { EnvelopeError, type ErrorCode, isEnvelopeError } from '../../shared/errors.ts';
import type { Replacement } from '../envelope/change-keys.ts';
import { isSameKey } from '../keys/aws/key-arn.ts';
import type { Keyring, KeyRef } from '../keys/keyring.ts';
import type { CallOptions, KeyDescription } from '../keys/provider.ts';

/**
 * What is added and what takes the place of another is the user's own choice; what is removed goes by its name as it
 * stands in envelopes. An envelope that has nothing of what is to be removed or replaced stays as it is.
 */
export type Choice = {
  add: readonly KeyRef[];
  remove: readonly string[];
  replace: readonly Replacement[];
};

/** The same in a person's words: names, aliases, ids, ARNs. */
export type ChoiceSpec = {
  add: readonly string[];
  remove: readonly string[];
  replace: readonly { from: string; to: string }[];
};

const contradiction = (reason: string): EnvelopeError =>
  new EnvelopeError('usage', 'a choice that contradicts itself', { reason });

/** @throws EnvelopeError `usage` if nothing is chosen, or the same key is both to open and not to open */
export function checkChoice({ add, remove, replace }: Choice): void {
  const coming = [...add, ...replace.map(({ to }) => to)].map(({ key }) => key);
  const going = [...remove, ...replace.map(({ from }) => from)];
  if (coming.length + going.length === 0) throw contradiction('Say which keys are to come or to go.');
  if (new Set(going).size < going.length) throw contradiction('The same key is to go twice.');
  for (const { from, to } of replace) {
    if (from === to.key) throw contradiction(`The key ${from} is to be replaced by itself.`);
  }
  const both = coming.find((key) => going.includes(key) || remove.some((gone) => isSameKey(gone, key)));
  if (both !== undefined) throw contradiction(`The key ${both} is both to come and to go.`);
}

/** Keys that this choice takes away, as they stand in envelopes. */
export const goneKeys = ({ remove, replace }: Choice): string[] => [
  ...remove,
  ...replace.map(({ from }) => from),
];

/** Keys that this choice lets open. */
export const newKeys = ({ add, replace }: Choice): KeyRef[] => [...add, ...replace.map(({ to }) => to)];

/**
 * @throws EnvelopeError `usage`, `key-not-found`; of a KMS key that is to come, what DescribeKey says, and
 *   `kms-key-disabled`, `kms-key-state` or `kms-key-usage` if it could not be used
 */
export async function resolveChoice(
  keyring: Keyring,
  { add, remove, replace }: ChoiceSpec,
  options?: CallOptions,
): Promise<Choice> {
  const [coming, going, replaced]: [KeyRef[], string[], Replacement[]] = [[], [], []];
  for (const spec of add) coming.push(await destination(keyring, spec, options));
  for (const spec of remove) going.push(await standing(keyring, spec, options));
  for (const { from, to } of replace) {
    replaced.push({
      from: await standing(keyring, from, options),
      to: await destination(keyring, to, options),
    });
  }
  const resolved: Choice = { add: coming, remove: going, replace: replaced };
  checkChoice(resolved);
  return resolved;
}

/**
 * A key that is to open from now on. An alias can be pointed at another key by whoever administers it: what is chosen is
 * the key it points to now. Errors as {@link resolveChoice}.
 */
export async function destination(keyring: Keyring, spec: string, options?: CallOptions): Promise<KeyRef> {
  const ref = await keyring.resolve(spec);
  if (ref.provider !== 'aws-kms') return ref;
  try {
    const description = await keyring.describe(ref, options);
    checkUsable(description);
    return { provider: 'aws-kms', key: description.key };
  } catch (error) {
    // Who may wrap with a key need not be allowed to describe it.
    if (isEnvelopeError(error, 'kms-access-denied') && ref.key.includes(':key/')) return ref;
    throw error;
  }
}

const unusable: Readonly<Record<string, ErrorCode>> = {
  Enabled: 'kms-key-usage',
  Disabled: 'kms-key-disabled',
};

function checkUsable({ key, state, deletion, canSeal }: KeyDescription): void {
  if (canSeal) return;
  const code = unusable[state ?? ''] ?? 'kms-key-state';
  throw new EnvelopeError(code, 'the key cannot be used now', { key, state, deletion });
}

/** A key as envelopes name it; it need not be usable, nor be there any more. */
async function standing(keyring: Keyring, spec: string, options?: CallOptions): Promise<string> {
  const ref = await keyring.find(spec);
  if (ref.provider !== 'aws-kms' || ref.key.includes(':key/')) return ref.key;
  return (await keyring.describe(ref, options)).key;
}
