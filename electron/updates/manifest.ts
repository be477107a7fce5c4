/** @file What a feed says of the newest version, and that it was said by who makes the program. */
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { EnvelopeError } from '../../shared/errors.ts';

export type Manifest = {
  version: 1;
  /** Which of them this is about: a manifest of another system is not this one's. */
  system: System;
  /** Of the program, such as `1.2.3`. */
  program: string;
  /** ISO 8601. */
  released: string;
  files: readonly PackageFile[];
};

export const systems = ['linux', 'mac', 'win'] as const;
export type System = (typeof systems)[number];

/** One package: a file beside the manifest. `sha512`: base64; `size`: bytes. */
export type PackageFile = { name: string; sha512: string; size: number };

/** The names of the two files on the feed. */
export const manifestName = (system: System): string => `updates-${system}.json`;
export const signatureName = (system: System): string => `${manifestName(system)}.sig`;

const schema = z.strictObject({
  version: z.literal(1),
  system: z.enum(systems),
  program: z.string().regex(/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/),
  released: z.iso.datetime(),
  files: z
    .array(
      z.strictObject({
        // SECURITY: a file beside the manifest; a name never leads to another place.
        name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
        sha512: z.base64().length(88),
        size: z.number().int().positive(),
      }),
    )
    .min(1)
    .max(16),
});

/** SECURITY: what is signed names its purpose, so that no other signature of this key can be taken for one. */
const PURPOSE = 'envelope update 1\n';
const signed = (text: string): Buffer => Buffer.from(PURPOSE + text);

/** @returns the signature of a manifest's text, base64, as it stands in its file. `key`: Ed25519, private */
export function signManifest(text: string, key: KeyObject): string {
  return sign(null, signed(text), key).toString('base64');
}

/**
 * The manifest that is signed by `publicKey` (Ed25519, SPKI, base64). Nothing of the text is read before.
 * @throws EnvelopeError `update-untrusted`
 */
export function readManifest(text: string, signature: string, publicKey: string, system: System): Manifest {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the key of the feed is not Ed25519');
  if (!verify(null, signed(text), key, Buffer.from(signature.trim(), 'base64'))) {
    throw untrusted('its signature does not fit');
  }
  const { data } = schema.safeParse(jsonOf(text));
  if (data === undefined) throw untrusted('it is not written as expected');
  if (data.system !== system) throw untrusted('it is about another system');
  return data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const untrusted = (reason: string): EnvelopeError =>
  new EnvelopeError('update-untrusted', `what the feed says of a newer version is refused: ${reason}`, {
    reason,
  });
