/** @file How a local key is written down: one small JSON file. */
import { z } from 'zod';
import { EnvelopeError } from '../../shared/errors.ts';
import { localKeyId, MASTER_BYTES } from './local.ts';

/** How a master is kept from others: by the file's permissions alone, by a passphrase, by the system's key store. */
export const protections = ['file', 'passphrase', 'os'] as const;
export type Protection = (typeof protections)[number];

export const FORMAT = 'envelope-key/1';

/** What people may call a key: 1 to 100 characters, none of them for control, no space at either end. */
const keyName = z.string().regex(/^(?! )[^\p{Cc}]{1,100}(?<! )$/u);

export const isKeyName = (name: string): boolean => keyName.safeParse(name).success;

const common = {
  format: z.literal(FORMAT),
  key: z.string().regex(/^local:[\w-]{21}[AQgw]$/),
  name: keyName,
  /** ISO time. */
  created: z.iso.datetime(),
};

const plainKeyFile = z.strictObject({
  ...common,
  protection: z.literal('file'),
  /** base64url of the 32 bytes. */
  master: z.base64url().length(43),
});

const keyFile = z.discriminatedUnion('protection', [
  plainKeyFile,
  /** `sealed`: an armoured age file with the 32 bytes. */
  z.strictObject({ ...common, protection: z.literal('passphrase'), sealed: z.string().min(1) }),
  /** `sealed`: base64url of what the key store made of the 32 bytes. */
  z.strictObject({ ...common, protection: z.literal('os'), sealed: z.base64url().min(1) }),
]);

export type KeyFile = Readonly<z.infer<typeof keyFile>>;
/** A key file that says its master: what stands on disk where only permissions protect it, and inside a backup. */
export type PlainKeyFile = Readonly<z.infer<typeof plainKeyFile>>;

/**
 * A master that is there to read is held against the key that the file names.
 * @throws EnvelopeError `key-damaged`; what the file says stays out of it
 */
export function parseKeyFile(bytes: Uint8Array): KeyFile {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // Without the cause: its message quotes the text.
    throw new EnvelopeError('key-damaged', 'a key file is JSON');
  }
  const { data: file, error } = keyFile.safeParse(value);
  if (file === undefined) {
    const field = error.issues[0]?.path.join('.');
    throw new EnvelopeError('key-damaged', 'a key file is not as it should be', { field });
  }
  if (file.protection === 'file') masterOf(file).fill(0);
  return file;
}

export function serialiseKeyFile(file: KeyFile): Uint8Array {
  return Buffer.from(`${JSON.stringify(file, undefined, 2)}\n`);
}

export function plainKeyFileOf(name: string, created: string, master: Uint8Array): PlainKeyFile {
  return {
    format: FORMAT,
    key: localKeyId(master),
    name,
    created,
    protection: 'file',
    master: Buffer.from(master).toString('base64url'),
  };
}

/** The master that a file says; the caller wipes it. */
export function masterOf(file: PlainKeyFile): Uint8Array {
  return checkMaster(file.key, Buffer.from(file.master, 'base64url'));
}

/**
 * Passes `master` on if it is the one that `key` names, else zero-fills it.
 * @throws EnvelopeError `key-damaged`
 */
export function checkMaster(key: string, master: Uint8Array): Uint8Array {
  if (master.length === MASTER_BYTES && localKeyId(master) === key) return master;
  master.fill(0);
  throw new EnvelopeError('key-damaged', 'the stored master is not the one its file names', { key });
}
