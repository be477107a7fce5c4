/** @file Keys as the page lists them. */
import type { ListedKey } from '../../shared/desktop.ts';
import { isEnvelopeError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Home } from '../app/home.ts';
import { DEFAULT_FILE, KeyFolder } from '../keys/local-folder.ts';
import type { KeyDescription } from '../keys/provider.ts';

export function listedKey(description: KeyDescription): Omit<ListedKey, 'isDefault'> {
  return { ...description, name: description.name ?? description.key };
}

/** The keys that seal when none is chosen, without making one. */
export async function defaultsOf({ defaultKeys }: Settings, { places }: Home): Promise<ReadonlySet<string>> {
  if (defaultKeys.length > 0) return new Set(defaultKeys);
  const own = await new KeyFolder(places.keysFolder).read(DEFAULT_FILE).catch((error: unknown) => {
    if (!isEnvelopeError(error, 'key-damaged')) throw error;
  });
  return new Set(own === undefined ? [] : [own.file.key]);
}

/** Recipients of age that the settings name: they seal, and only their owners open. */
export function fixedKeys({ keyNames, defaultKeys }: Settings): ListedKey[] {
  const all = new Set([...Object.keys(keyNames), ...defaultKeys].filter((key) => key.startsWith('age1')));
  return [...all].map((key) => ({
    provider: 'age',
    key,
    name: keyNames[key] ?? key,
    canSeal: true,
    canOpen: false,
    isDefault: defaultKeys.includes(key),
  }));
}
