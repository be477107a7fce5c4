/** @file X25519 identities of age: the lines `AGE-SECRET-KEY-1…` of the files the user names. */
import { EnvelopeError } from '../../shared/errors.ts';
import { readIdentityText } from '../../shared/identity-text.ts';
import { readSmallFile } from './local-folder.ts';

/** `identity` is the secret, `recipient` what others wrap to. */
export type AgeIdentity = { recipient: string; identity: string };

const IDENTITY = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/;

/** A new identity, for a recovery key. */
export async function newIdentity(): Promise<AgeIdentity> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/**
 * The one identity that a person typed, pasted or scanned, however it is spaced.
 * @throws EnvelopeError `identity-mistyped` with `details.mistake`, a {@link Mistake}; never with what was typed
 */
export async function identityOf(text: string): Promise<AgeIdentity> {
  const read = readIdentityText(text);
  if ('mistake' in read) {
    throw new EnvelopeError('identity-mistyped', 'this is no identity of age', { ...read.mistake });
  }
  const { identityToRecipient } = await import('age-encryption');
  return { identity: read.identity, recipient: await identityToRecipient(read.identity) };
}

/**
 * The identities of a file as `age-keygen` writes it: one a line, empty lines and `#` comments apart. Nothing but
 * X25519 identities is taken: no plugin, no passphrase, no SSH key. A file that holds one identity may have it in the
 * groups of a sheet.
 * @throws EnvelopeError `key-damaged` with `details.line` (from 1) for any other line, or if there is no identity;
 *   `source-missing`, `source-unreadable`, `source-special`
 */
export async function readIdentities(file: string): Promise<AgeIdentity[]> {
  const { bytes } = await readSmallFile(file);
  const text = bytes.toString('utf8');
  bytes.fill(0);
  if ('identity' in readIdentityText(text)) return [await identityOf(text)];
  const lines = text.split(/\r?\n/);
  const identities: AgeIdentity[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    identities.push(await parseIdentity(line.trim(), { path: file, line: index + 1 }));
  }
  if (identities.length > 0) return identities;
  throw new EnvelopeError('key-damaged', 'there is no identity in this file', { path: file });
}

async function parseIdentity(identity: string, where: { path: string; line: number }): Promise<AgeIdentity> {
  const { identityToRecipient } = await import('age-encryption');
  try {
    if (IDENTITY.test(identity)) return { identity, recipient: await identityToRecipient(identity) };
  } catch {
    // Without the cause: its message may quote the secret.
  }
  throw new EnvelopeError('key-damaged', 'this line is not an X25519 identity of age', where);
}
