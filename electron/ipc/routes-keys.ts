/** @file The user's keys: local ones, and those of the connections. */
import path from 'node:path';
import type { NewKmsKey } from '../../shared/contract.ts';
import type { ConnectionKeys, ListedKey } from '../../shared/desktop.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { keyNameIn } from '../../shared/key-name.ts';
import type { Services } from '../app/services.ts';
import type { Home } from '../app/home.ts';
import { textFor } from '../app/text.ts';
import { backUp, restore } from '../keys/local-backup.ts';
import { threadedPassphrases } from '../keys/passphrase-thread.ts';
import { noteBackup } from '../recovery/recovery-key.ts';
import { defaultsOf, fixedKeys, listedKey } from './listed-keys.ts';
import type { WorkRoutes } from './services.ts';

type KeyRoutes = Pick<
  WorkRoutes,
  | 'localKeys'
  | 'kmsKeys'
  | 'createLocalKey'
  | 'renameKey'
  | 'protectKey'
  | 'backUpKey'
  | 'restoreKey'
  | 'createKmsKey'
>;

/** The keys of a connection's account and region that have an alias, each with what may be asked of it. */
async function kmsKeys(home: Home, name: string): Promise<ConnectionKeys> {
  const connection = await home.connections.named(name);
  try {
    const { listAliases } = await import('../keys/aws/admin.ts');
    const keys = await home.prompts.need({ keys: [{ provider: 'aws-kms', key: '' }] }, async () => {
      const aliases = await listAliases(connection);
      if (aliases[0] !== undefined) await home.connections.own(connection, aliases[0].arn);
      return await Promise.all(
        aliases.map(async ({ alias, arn }) => {
          home.connections.keep(arn, name);
          home.aliases.set(arn, alias);
          return await listedKmsKey(home, name, arn);
        }),
      );
    });
    return { connection: name, keys };
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { connection: name, keys: [], error: error.toRecord() };
  }
}

/** One that cannot be asked about stays in the list, with the reason. */
async function listedKmsKey(home: Home, connection: string, key: string): Promise<ListedKey> {
  const settings = await home.settings.load();
  const name = settings.keyNames[key] ?? home.aliases.get(key) ?? key;
  const common = { connection, isDefault: settings.defaultKeys.includes(key) };
  try {
    const description = await home.connections.describe(key);
    return { ...listedKey({ ...description, name }), ...common };
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    const nothing = { provider: 'aws-kms' as const, key, name, canSeal: false, canOpen: false };
    return { ...nothing, ...common, error: error.toRecord() };
  }
}

/** @throws EnvelopeError by the table of errors.ts; `details.created` is the key's ARN if only naming it failed */
async function createKmsKey(
  services: Services,
  { connection: name, ...wanted }: NewKmsKey,
): Promise<ListedKey> {
  const { home } = services;
  const connection = await home.connections.named(name);
  const { createKey } = await import('../keys/aws/admin.ts');
  const arn = await home.prompts.need({ keys: [{ provider: 'aws-kms', key: '' }] }, async () => {
    return await createKey(connection, wanted);
  });
  await home.keyring.approve(arn);
  home.connections.keep(arn, name);
  home.aliases.set(arn, wanted.alias);
  await services.settingsChanged();
  return await listedKmsKey(home, name, arn);
}

/** @throws EnvelopeError `key-not-found` */
async function listedLocalKey(home: Home, key: string): Promise<ListedKey> {
  const found = (await localKeys(home)).find((one) => one.key === key);
  if (found !== undefined) return found;
  throw new EnvelopeError('key-not-found', 'there is no such local key', { key });
}

/** Keys of this computer, those that cannot be read, and recipients that the settings name. */
async function localKeys(home: Home): Promise<ListedKey[]> {
  const settings = await home.settings.load();
  const { keys, damaged } = await home.local.list();
  const defaults = await defaultsOf(settings, home);
  return [
    ...keys.map((key) => ({ ...listedKey(key), isDefault: defaults.has(key.key) })),
    ...damaged.map(({ path: file, error }) => ({
      provider: 'local' as const,
      key: file,
      name: path.basename(file),
      canSeal: false,
      canOpen: false,
      isDefault: false,
      error: error.toRecord(),
    })),
    ...fixedKeys(settings),
  ];
}

async function renameKey(services: Services, key: string, name: string): Promise<void> {
  const { home } = services;
  if (key.startsWith('local:')) {
    await home.local.rename(key, name);
    return;
  }
  await needFree(home, key, name);
  await home.settings.update((now) => ({ ...now, keyNames: { ...now.keyNames, [key]: name } }));
  await services.settingsChanged();
}

/** @throws EnvelopeError `key-exists`, `key-not-found` if the key itself is none */
async function needFree({ keyring }: Home, key: string, name: string): Promise<void> {
  await keyring.resolve(key);
  try {
    if ((await keyring.resolve(name)).key === key) return;
  } catch (error) {
    if (isEnvelopeError(error, 'key-not-found')) return;
    throw error;
  }
  throw new EnvelopeError('key-exists', 'there is a key of that name', { name });
}

/** @throws EnvelopeError `key-not-found`, `key-locked`, `passphrase-wrong`, `name-taken`, those of the disk */
async function backUpKey({ home, shell }: Services, key: string, passphrase: string) {
  const { name } = await listedLocalKey(home, key);
  if (passphrase === '') throw new EnvelopeError('usage', 'a passphrase cannot be empty');
  const called = keyNameIn(textFor(shell.language(), []).thisComputer, name);
  const file = await shell.askWhereToSave(`${called.replace(/[<>:"/\\|?*]/g, '_')}.envelope-key`);
  if (file === undefined) return undefined;
  home.forgiveRefusals();
  await home.prompts.need({ keys: [{ provider: 'local', key }] }, async () => {
    const { scryptWork } = home;
    await backUp(home.local, key, file, passphrase, { passphrases: threadedPassphrases, scryptWork });
    await noteBackup(home.settings, key);
  });
  return path.basename(file);
}

async function restoreKey({ home, shell }: Services, passphrase: string): Promise<ListedKey | undefined> {
  const file = await shell.askForFile();
  if (file === undefined) return undefined;
  const key = await restore(home.local, file, passphrase, threadedPassphrases);
  await noteBackup(home.settings, key);
  return await listedLocalKey(home, key);
}

export function keyRoutes(services: Services): KeyRoutes {
  const { home } = services;
  return {
    localKeys: async () => await localKeys(home),
    kmsKeys: async (connection) => {
      home.forgiveRefusals();
      return await kmsKeys(home, connection);
    },
    createLocalKey: async (name, protection) => {
      home.forgiveRefusals();
      return await listedLocalKey(home, await home.local.create(name, protection));
    },
    renameKey: async (key, name) => {
      await renameKey(services, key, name);
    },
    protectKey: async (key, protection) => {
      home.forgiveRefusals();
      await home.prompts.need({ keys: [{ provider: 'local', key }] }, async () => {
        await home.local.changeProtection(key, protection);
      });
    },
    backUpKey: async (key, passphrase) => await backUpKey(services, key, passphrase),
    restoreKey: async (passphrase) => await restoreKey(services, passphrase),
    createKmsKey: async (key) => {
      home.forgiveRefusals();
      return await createKmsKey(services, key);
    },
  };
}
