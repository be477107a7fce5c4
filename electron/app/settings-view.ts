/** @file The settings as the page sees them. */
import type { SettingsView } from '../../shared/contract.ts';
import { isEnvelopeError } from '../../shared/errors.ts';
import type { ManagedView } from '../../shared/managed.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import type { Home } from './home.ts';
import { policyId } from './seal-policies.ts';

/** Settings that cannot be read do not keep the window shut: it is where that is said. */
export async function settingsAtStart({ settings }: Home): Promise<Settings> {
  return await settings.load().catch((error: unknown) => {
    if (isEnvelopeError(error)) return defaultSettings;
    throw error;
  });
}

/** What an administrator has laid down; one that cannot be used is shown as that. */
async function managedView({ managed }: Home): Promise<ManagedView | undefined> {
  try {
    const laid = await managed.load();
    return laid === undefined ? undefined : { state: 'valid', ...laid };
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { state: 'invalid', error: error.toRecord() };
  }
}

/** With what belongs to them and stands elsewhere: secrets, the key store, policies, an administrator's word. */
export async function viewOf(settings: Settings, home: Home): Promise<SettingsView> {
  const managed = await managedView(home);
  const policies = Object.entries(settings.policyKeys);
  return {
    settings,
    secrets: await home.secrets.states(),
    keyStore: home.keyStore,
    policies: policies.map(([at, keys]) => ({ id: policyId(at), path: at, keys })),
    ...(managed === undefined ? {} : { managed }),
  };
}
