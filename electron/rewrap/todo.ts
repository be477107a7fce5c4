/** @file What a choice comes to for one envelope. Goes by what the envelope says; nothing is asked of any key. */
import type { Envelope, KeyEntry } from '../../shared/envelope.ts';
import type { KeyChange } from '../envelope/change-keys.ts';
import { isKnown } from '../envelope/entries.ts';
import { isSameKey } from '../keys/aws/key-arn.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { Choice } from './choice.ts';

type Known = KeyEntry & { state: 'known' };

/** Whether this computer could unwrap what it wraps for `ref`: KMS keys are asked, local ones are here or not. */
export type CanTry = (ref: KeyRef) => Promise<boolean>;

/**
 * The changes to make, one after the other; none if the envelope is as it should be. They are two where a key comes that
 * cannot be tried here, and another goes apart from it: then the new entry is on disk before the old one is removed.
 */
export async function todoOf(
  { keys }: Pick<Envelope, 'keys'>,
  choice: Choice,
  canTry: CanTry,
): Promise<KeyChange[]> {
  const known = keys.filter(isKnown);
  const replace = choice.replace.flatMap(({ from, to }) => {
    const [first, ...more] = namesOf(known, from).filter((name) => name !== to.key);
    return first === undefined ? [] : [{ from: first, to, more }];
  });
  const gone = new Set([
    ...choice.remove.flatMap((name) => namesOf(known, name)),
    ...replace.flatMap(({ more }) => more),
  ]);
  const going = new Set([...gone, ...replace.map(({ from }) => from)]);
  const staying = known.filter(({ key }) => !going.has(key));
  const add = choice.add.filter((ref) => !staying.some((entry) => isSameKey(entry.key, ref.key)));
  if (add.length + gone.size + replace.length === 0) return [];
  const replaced = replace.map(({ from, to }) => ({ from, to }));
  return await splitUntried({ add, remove: [...gone], replace: replaced }, canTry);
}

/** A key that replaces another stays in one change with it: the old one goes for it, and for nothing less. */
async function splitUntried(change: KeyChange, canTry: CanTry): Promise<KeyChange[]> {
  const { add, remove, replace = [] } = change;
  if (remove.length + replace.length === 0) return [change];
  const tries = await Promise.all(add.map(async (ref) => ({ ref, can: await canTry(ref) })));
  const untried = tries.filter(({ can }) => !can).map(({ ref }) => ref);
  if (untried.length === 0) return [change];
  const tried = tries.filter(({ can }) => can).map(({ ref }) => ref);
  return [
    { add: untried, remove: [] },
    { add: tried, remove, replace },
  ];
}

/** The entries as they will be named after `change`, for looking ahead: what a new one wraps is not known yet. */
export function keysAfter(keys: readonly KeyEntry[], { add, remove, replace = [] }: KeyChange): KeyEntry[] {
  const going = new Set([...remove, ...replace.map(({ from }) => from)]);
  const coming = [...add, ...replace.map(({ to }) => to)];
  return [
    ...keys.filter((entry) => !isKnown(entry) || !going.has(entry.key)),
    ...coming.map((ref): KeyEntry => ({ state: 'known', ...ref, wrapped: new Uint8Array(0), raw: '' })),
  ];
}

/** The names under which `key` stands in an envelope: its own, and those of its replicas in other regions. */
function namesOf(entries: readonly Known[], key: string): string[] {
  return [...new Set(entries.map((entry) => entry.key).filter((name) => isSameKey(name, key)))];
}
