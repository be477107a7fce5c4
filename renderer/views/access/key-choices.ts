/** @file The keys that can be chosen for envelopes that exist. */
import type { AccessFound } from '../../../shared/access-view.ts';
import type { KeyList } from '../../store/keys.ts';
import { allKeys } from '../choices/key-options.ts';

/** Those of the envelopes that can seal here: keys of this computer and its connections, and recipients; not `without`. */
export function keysNow({ keys }: AccessFound, list: KeyList, without: readonly string[] = []): string[] {
  const usable = new Set(allKeys(list).flatMap(({ key, canSeal }) => (canSeal ? [key] : [])));
  return keys.flatMap(({ provider, key }) =>
    (provider === 'age' || usable.has(key)) && !without.includes(key) ? [key] : [],
  );
}
