/** @file The keys a person can choose from, in groups. */
import type { ListedKey } from '../../../shared/desktop.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import type { KeyList } from '../../store/keys.ts';

export type KeyGroup = { connection?: string; keys: readonly ListedKey[] };

/** Local keys first, then those of each connection. @param search words that name, region, account or key must hold */
export function keyGroups(list: KeyList, search: string): KeyGroup[] {
  const words = search.toLowerCase().split(/\s+/);
  const fits = ({ name, key, region, account }: ListedKey): boolean => {
    const all = [name, key, region ?? '', account ?? ''].join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  };
  const groups: KeyGroup[] = [
    { keys: list.local.filter(fits) },
    ...list.connections.map(({ connection, keys }) => ({ connection, keys: keys.filter(fits) })),
  ];
  return groups.filter((group) => group.keys.length > 0);
}

export const allKeys = (list: KeyList): ListedKey[] => [
  ...list.local,
  ...list.connections.flatMap((connection) => connection.keys),
];

/** Names of the chosen keys; a key that is not in the list goes by itself. */
export function namesOf(chosen: readonly string[], list: KeyList): string[] {
  const names = new Map(allKeys(list).map((key) => [key.key, key.name]));
  return chosen.map((key) => names.get(key) ?? key);
}

/** Chosen keys that no list has. While lists are still to come: those that none of them can have. */
export function unlisted(chosen: readonly string[], list: KeyList): string[] {
  if (list.waiting.length > 0) return chosen.filter((key) => key.startsWith('age1'));
  const listed = new Set(allKeys(list).map(({ key }) => key));
  return chosen.filter((key) => !listed.has(key));
}

/** Why a key that was typed is not taken: it is the secret half, which is to be shown to nobody. */
export const isSecret = (typed: string): boolean => /^\s*age-secret-key-/i.test(typed);

/** The facts of an error with the name of the key in place of the key, where it has one here. */
export function withKeyName(error: ErrorRecord, list: KeyList): ErrorRecord {
  const { key } = error.details;
  if (typeof key !== 'string') return error;
  const [name] = namesOf([key], list);
  return { ...error, details: { ...error.details, key: name } };
}

/** Whether a state of AWS is worth saying: an enabled key is as it should be. */
export const isWorthSaying = (state: string | undefined): state is string =>
  state !== undefined && state !== 'Enabled';
