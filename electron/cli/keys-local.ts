/** @file `envelope keys new|protect|backup|restore|identity`: the keys that this user keeps. */
import { EnvelopeError } from '../../shared/errors.ts';
import { newIdentity } from '../keys/age-identity.ts';
import { backUp, restore } from '../keys/local-backup.ts';
import { createWhole } from '../keys/local-folder.ts';
import { noteBackup } from '../recovery/recovery-key.ts';
import { displayPath } from './display-path.ts';
import { printable } from './escape.ts';
import type { Home } from './home.ts';
import { protectionText } from './protection-text.ts';
import type { Session } from './session.ts';

/** The local key that a person means. @throws EnvelopeError `key-not-found` */
async function localKey(home: Home, spec: string): Promise<string> {
  const key = spec === 'local' ? await home.local.ensureDefault() : await home.local.find(spec);
  if (key === undefined) throw new EnvelopeError('key-not-found', 'no local key of this name', { key: spec });
  return key;
}

/** @throws EnvelopeError `key-locked` if there is no passphrase to be had; `details` say of which file */
function needed(passphrase: string | undefined, details: { file: string } | { newFile: string }): string {
  if (passphrase !== undefined) return passphrase;
  throw new EnvelopeError('key-locked', 'a passphrase is needed and none was given', details);
}

async function sayKept(session: Session, home: Home, key: string): Promise<void> {
  const description = await home.local.describe(key);
  if (description === undefined) throw new Error('the key was there a moment ago');
  const { name = key } = description;
  session.result(`${printable(name)}  ${key}`, description);
  session.screen.say(`It is ${protectionText(description)}.`);
}

export async function newKey(
  session: Session,
  home: Home,
  name: string,
  protection: 'passphrase' | 'file',
): Promise<undefined> {
  await sayKept(session, home, await home.local.create(name, protection));
  session.screen.say(
    'Without it nothing that it seals opens again; “envelope keys backup” makes a copy of it.',
  );
}

export async function protectKey(
  session: Session,
  home: Home,
  spec: string,
  protection: 'passphrase' | 'file',
): Promise<undefined> {
  const key = await localKey(home, spec);
  await home.local.changeProtection(key, protection);
  await sayKept(session, home, key);
}

export async function backUpKey(
  session: Session,
  home: Home,
  spec: string,
  file: string,
): Promise<undefined> {
  const key = await localKey(home, spec);
  // Its own passphrase first, so that the next one can only be the backup's.
  await home.local.open(key, { signal: session.signal });
  const passphrase = needed(await session.secrets.fresh(`the backup “${file}”`), { newFile: file });
  await backUp(home.local, key, file, passphrase, { signal: session.signal });
  await noteBackup(home.settings, key);
  session.result(displayPath(file), { path: file, key });
  session.screen.say(
    'Keep it, and its passphrase, away from this computer. “envelope keys restore” takes it in again.',
  );
}

export async function restoreKey(session: Session, home: Home, file: string): Promise<undefined> {
  const passphrase = needed(await session.secrets.existing(`the backup “${file}”`), { file });
  const key = await restore(home.local, file, passphrase);
  await noteBackup(home.settings, key);
  await sayKept(session, home, key);
}

export async function newIdentityFile(session: Session, file: string): Promise<undefined> {
  const { identity, recipient } = await newIdentity();
  const text = `# created: ${new Date().toISOString()}\n# public key: ${recipient}\n${identity}\n`;
  if (!(await createWhole(file, Buffer.from(text)))) {
    throw new EnvelopeError('name-taken', 'there is a file of that name', { path: file });
  }
  session.result(recipient, { path: file, recipient });
  session.screen.say(
    `Seal with --key ${recipient}; open with --identity and this file, which is protected by its permissions only.`,
  );
}
