/** @file What the user sets: defaults, connections, their secrets and their test. */
import type {
  ConnectionForm,
  ConnectionSecret,
  SettingsChange,
  SettingsView,
} from '../../shared/contract.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { KmsConnection } from '../../shared/kms.ts';
import type { Settings } from '../../shared/settings.ts';
import { policyId } from '../app/seal-policies.ts';
import type { Services } from '../app/services.ts';
import { checkEndpointUrl } from '../keys/aws/endpoint.ts';
import { listProfiles } from '../keys/aws/profiles.ts';
import type { WorkRoutes } from './services.ts';

type SettingsRoutes = Pick<
  WorkRoutes,
  | 'settings'
  | 'changeSettings'
  | 'saveConnection'
  | 'removeConnection'
  | 'clearSecret'
  | 'forgetAccount'
  | 'forgetPolicy'
  | 'profiles'
  | 'testConnection'
>;

/** What becomes a default is the key itself, its account may be called, and its name is kept. */
async function chooseDefaults({ home }: Services, specs: readonly string[]) {
  const { keyring, aliases } = home;
  const keys: string[] = [];
  const names: Record<string, string> = {};
  for (const spec of specs) {
    const { provider, key: found } = await keyring.resolve(spec);
    // An alias can be pointed at another key by whoever administers it; what is kept is the key.
    const key = provider === 'aws-kms' ? (await keyring.describe({ provider, key: found })).key : found;
    if (provider === 'aws-kms') await keyring.approve(key);
    const alias = aliases.get(key);
    if (alias !== undefined) names[key] = alias;
    keys.push(key);
  }
  return (now: Settings): Settings => ({
    ...now,
    defaultKeys: [...new Set(keys)],
    keyNames: { ...names, ...now.keyNames },
  });
}

async function changeSettings(services: Services, change: SettingsChange): Promise<SettingsView> {
  const { defaultKeys, ...others } = change;
  const choose = defaultKeys === undefined ? undefined : await chooseDefaults(services, defaultKeys);
  await services.home.settings.update((now) => {
    const changed = { ...now, ...others };
    return choose === undefined ? changed : choose(changed);
  });
  return await services.settingsChanged();
}

/** The form as the settings have it. @throws EnvelopeError `kms-endpoint-refused`, `usage` for an unknown grant */
export function connectionOf(
  { ca, ...form }: ConnectionForm,
  before: KmsConnection | undefined,
  { shell }: Services,
): KmsConnection {
  if (form.endpoint !== undefined) checkEndpointUrl(form.endpoint);
  if (ca.kind === 'picked') return { ...form, caFile: shell.grants.pathOf(ca.grant) };
  const caFile = ca.kind === 'keep' ? before?.caFile : undefined;
  return caFile === undefined ? form : { ...form, caFile };
}

const accessKeyOf = (connection: KmsConnection | undefined): string | undefined =>
  connection?.credentials.kind === 'keys' ? connection.credentials.accessKeyId : undefined;

async function saveConnection(
  services: Services,
  form: ConnectionForm,
  replaces: string | undefined,
  secret: ConnectionSecret | undefined,
): Promise<SettingsView> {
  const { settings, secrets, connections } = services.home;
  const before = (await settings.load()).connections.find(({ name }) => name === replaces);
  if (replaces !== undefined && before === undefined) throw unknown(replaces);
  const connection = connectionOf(form, before, services);
  await settings.update((now) => ({
    ...now,
    connections:
      before === undefined
        ? [...now.connections, connection]
        : now.connections.map((one) => (one.name === replaces ? connection : one)),
  }));
  const { name } = connection;
  const accessKeyId = accessKeyOf(connection);
  if (before !== undefined && before.name !== name) await secrets.rename(before.name, name);
  if (accessKeyId === undefined || accessKeyId !== accessKeyOf(before)) await secrets.clear(name);
  if (accessKeyId !== undefined && secret !== undefined) await secrets.set(name, accessKeyId, secret);
  await connections.all();
  connections.reset(name);
  services.home.keyring.trustChanged();
  return await services.settingsChanged();
}

const unknown = (connection: string): EnvelopeError =>
  new EnvelopeError('usage', 'no connection of this name', { connection });

async function removeConnection(services: Services, name: string): Promise<SettingsView> {
  const { settings, secrets, connections } = services.home;
  if (!(await settings.load()).connections.some((one) => one.name === name)) throw unknown(name);
  await settings.update((now) => ({
    ...now,
    connections: now.connections.filter((one) => one.name !== name),
  }));
  await secrets.clear(name);
  await connections.all();
  services.home.keyring.trustChanged();
  return await services.settingsChanged();
}

/** From now on an envelope that names the account, or its region, is asked about again. */
async function forgetAccount(services: Services, account: string): Promise<SettingsView> {
  await services.home.keyring.forgetAccount(account);
  return await services.settingsChanged();
}

/** From now on keys of that policy that are not the user's are asked about again. */
async function forgetPolicy(services: Services, id: string): Promise<SettingsView> {
  await services.home.settings.update((now) => {
    const kept = Object.entries(now.policyKeys).filter(([path]) => policyId(path) !== id);
    return { ...now, policyKeys: Object.fromEntries(kept) };
  });
  return await services.settingsChanged();
}

/** With the credentials as they are now, not as a session of before has them. */
async function test({ home, shell }: Services, name: string, test: string, key: string | undefined) {
  const connection = await home.connections.named(name);
  const { testConnection } = await import('../keys/aws/test-connection.ts');
  connection.reset();
  home.forgiveRefusals();
  try {
    await home.prompts.need({ keys: [{ provider: 'aws-kms', key: key ?? '' }] }, async () => {
      for await (const { step, ...outcome } of testConnection(connection, key)) {
        shell.send('testProgress', { test, step, outcome });
      }
    });
  } catch (error) {
    if (!isEnvelopeError(error, 'cancelled')) throw error;
  }
}

export function settingsRoutes(services: Services): SettingsRoutes {
  return {
    settings: async () => await services.settingsView(),
    changeSettings: async (change) => await changeSettings(services, change),
    saveConnection: async (form, replaces, secret) => await saveConnection(services, form, replaces, secret),
    removeConnection: async (name) => await removeConnection(services, name),
    clearSecret: async (connection) => {
      await services.home.secrets.clear(connection);
      services.home.connections.reset(connection);
      return await services.settingsChanged();
    },
    forgetAccount: async (account) => await forgetAccount(services, account),
    forgetPolicy: async (policy) => await forgetPolicy(services, policy),
    profiles: async () => await listProfiles(),
    testConnection: async (name, id, key) => {
      await test(services, name, id, key);
    },
  };
}
