/** @file Which keys seal when none is chosen. */
import type { ListedKey } from '../../../shared/desktop.ts';

/** The keys of the settings; while those name none, the key that the list itself marks: that of this computer. */
export function defaultsOf(chosen: readonly string[], listed: readonly ListedKey[]): readonly string[] {
  if (chosen.length > 0) return chosen;
  return listed.filter((key) => key.isDefault).map((key) => key.key);
}

/** With `key` as a default, or without it. An empty list goes back to the key of this computer. */
export function toggleDefault(defaults: readonly string[], key: string): string[] {
  return defaults.includes(key) ? defaults.filter((one) => one !== key) : [...defaults, key];
}
