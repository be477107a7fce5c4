import { recoveryName } from '../../shared/recovery.ts';
import type { LocalStore } from '../keys/local-store.ts';
import type { SettingsStore } from '../settings/store.ts';

/** What this computer calls a key; undefined if it does not know it. */
export type NameOf = (key: string) => string | undefined;

/** What this computer calls its keys, looked up once. @throws EnvelopeError `settings-invalid`, `source-unreadable` */
export async function readKeyNames(
  settings: Pick<SettingsStore, 'load'>,
  local: Pick<LocalStore, 'list'>,
): Promise<NameOf> {
  const { keyNames, recovery } = await settings.load();
  const names = new Map(Object.entries(keyNames));
  for (const { key, name } of (await local.list()).keys) if (name !== undefined) names.set(key, name);
  return (key) => names.get(key) ?? recoveryName(key, recovery);
}
