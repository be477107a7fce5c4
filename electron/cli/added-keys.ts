/** @file Who opens what is sealed without having been chosen: the recovery key, and keys that an administrator laid down. */
import type { Keyring } from '../keys/keyring.ts';
import { formatDate } from './format.ts';
import { readKeyNames } from './key-names.ts';
import { keyTitle } from './key-title.ts';
import type { Session } from './session.ts';

type Names = Parameters<typeof readKeyNames>;
type KnowsKeys = { settings: Names[0]; local: Names[1]; keyring: Pick<Keyring, 'managedKeys'> };

/** Said before anything is sealed. @throws EnvelopeError `managed-invalid`, `settings-invalid` */
export async function sayAddedKeys(
  { screen }: Pick<Session, 'screen'>,
  { settings, local, keyring }: KnowsKeys,
): Promise<void> {
  const { key: recovery } = (await settings.load()).recovery;
  if (recovery !== undefined) {
    screen.say(`The recovery key made ${formatDate(recovery.made)} will open it too.`);
  }
  const managed = await keyring.managedKeys();
  if (managed.length === 0) return;
  const nameOf = await readKeyNames(settings, local);
  for (const { provider, key } of managed) {
    screen.say(
      `The administrator of this computer lets ${keyTitle(provider, key, nameOf(key))} open it too.`,
    );
  }
}
