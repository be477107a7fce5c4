/** @file `envelope keys list|rename|default`: which keys there are and what they are called. */
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import type { KeyRef } from '../keys/keyring.ts';
import { DEFAULT_FILE, KeyFolder } from '../keys/local-folder.ts';
import type { KeyDescription } from '../keys/provider.ts';
import { printable } from './escape.ts';
import type { Home } from './home.ts';
import { protectionText } from './protection-text.ts';
import { sayRecovery } from './recovery-note.ts';
import type { Session } from './session.ts';

/** What is known without asking anybody: local keys, and those that the settings name. */
type Listed = { key: string; name?: string; provider: string; text: string; default: boolean };

const providerOf = (key: string): string => (key.startsWith('age1') ? 'age' : 'aws-kms');

/** The keys that seal when none is chosen, without making one. */
async function defaultsOf({ defaultKeys }: Settings, home: Home): Promise<ReadonlySet<string>> {
  if (defaultKeys.length > 0) return new Set(defaultKeys);
  const own = await new KeyFolder(home.places.keysFolder).read(DEFAULT_FILE).catch((error: unknown) => {
    if (!isEnvelopeError(error, 'key-damaged')) throw error;
  });
  return new Set(own === undefined ? [] : [own.file.key]);
}

async function listed(home: Home): Promise<Listed[]> {
  const settings = await home.settings.load();
  const defaults = await defaultsOf(settings, home);
  const { keys } = await home.local.list();
  const local = keys.map((key) => ({ ...key, text: protectionText(key), default: defaults.has(key.key) }));
  const known = new Set(keys.map(({ key }) => key));
  const others = [...Object.keys(settings.keyNames), ...settings.defaultKeys].filter(
    (key) => !known.has(key),
  );
  return [
    ...local,
    ...[...new Set(others)].map((key) => {
      const name = settings.keyNames[key];
      const provider = providerOf(key);
      const text = provider === 'age' ? 'an age recipient' : 'a key of AWS KMS';
      return { key, provider, text, default: defaults.has(key), ...(name === undefined ? {} : { name }) };
    }),
  ];
}

export async function listKeys(session: Session, home: Home): Promise<number | undefined> {
  const { damaged } = await home.local.list();
  const keys = await listed(home);
  for (const key of keys) {
    const { text, ...record } = key;
    const name = key.name === undefined ? '' : `${printable(key.name)}  `;
    session.result(`${key.default ? '* ' : '  '}${name}${printable(key.key)}\n    ${text}`, record);
  }
  for (const { path, error } of damaged) session.fail(error, path);
  if (keys.length === 0 && damaged.length === 0) {
    session.screen.say('There is no key yet. The first seal makes one for this computer.');
  } else if (keys.some((key) => key.default)) {
    session.screen.say('(* seals when no key is chosen)');
  }
  await sayRecovery(
    session,
    home,
    keys.filter(({ provider }) => provider === 'local').map(({ key }) => key),
  );
  return damaged.length > 0 ? 3 : undefined;
}

export async function renameKey(
  session: Session,
  home: Home,
  spec: string,
  name: string,
): Promise<undefined> {
  const { keyring, local, settings } = home;
  const ref = await keyring.resolve(spec);
  if (ref.provider === 'local') {
    await local.rename(ref.key, name);
  } else {
    await needFree(home, name);
    const { key } = await keyring.describe(ref, { signal: session.signal });
    await settings.update((now) => ({ ...now, keyNames: { ...now.keyNames, [key]: name } }));
  }
  session.result(`${printable(name)}  ${printable(ref.key)}`, { key: ref.key, name });
}

/** @throws EnvelopeError `key-exists` */
async function needFree({ keyring }: Home, name: string): Promise<void> {
  try {
    await keyring.resolve(name);
  } catch (error) {
    if (isEnvelopeError(error, 'key-not-found')) return;
    throw error;
  }
  throw new EnvelopeError('key-exists', 'there is a key of that name', { name });
}

export async function chooseDefaults(session: Session, home: Home, specs: string[]): Promise<undefined> {
  const { keyring, settings } = home;
  const refs: KeyRef[] = [];
  for (const spec of specs) refs.push(await keyring.resolve(spec));
  const found: KeyDescription[] = [];
  // An alias can be pointed at another key by whoever administers it; what is kept is the key.
  for (const ref of refs) found.push(await keyring.describe(ref, { signal: session.signal }));
  for (const { provider, key } of found) if (provider === 'aws-kms') await keyring.approve(key);
  const named = found.flatMap(({ provider, key, name }) =>
    provider === 'local' || name === undefined ? [] : [[key, name] as const],
  );
  await settings.update((now) => ({
    ...now,
    defaultKeys: [...new Set(found.map(({ key }) => key))],
    keyNames: { ...Object.fromEntries(named), ...now.keyNames },
  }));
  for (const { key, name } of found) {
    session.result(`* ${name === undefined ? '' : `${printable(name)}  `}${printable(key)}`, { key, name });
  }
}
