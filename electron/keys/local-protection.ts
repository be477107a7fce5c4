/** @file What lies between a master and its file: permissions alone, a passphrase, or the system's key store. */
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import {
  checkMaster,
  FORMAT,
  type KeyFile,
  masterOf,
  plainKeyFileOf,
  type Protection,
} from './local-file.ts';
import { localKeyId } from './local.ts';
import { ownPassphrases, type Passphrases } from './passphrase.ts';

/** The key store of the operating system, which the desktop supplies. Neither call changes or keeps its argument. */
export interface KeyStore {
  /** As its system calls it. */
  readonly name: string;
  protect(bytes: Uint8Array): Promise<Uint8Array>;
  unprotect(bytes: Uint8Array): Promise<Uint8Array>;
}

/** What a passphrase is wanted for: to use a key, or to protect one from now on. */
export type PassphrasePurpose = {
  kind: 'unlock' | 'protect';
  key: string;
  name: string;
  /** The last answer was wrong. */ again?: boolean;
};

/** Undefined if nobody is there to answer, or somebody would rather not. */
export type AskPassphrase = (purpose: PassphrasePurpose) => Promise<string | undefined>;

export type Protectors = {
  askPassphrase?: AskPassphrase | undefined;
  /** A wrong passphrase is asked for again, until nobody answers. */
  askAgain?: boolean | undefined;
  keyStore?: KeyStore | undefined;
  /** Who works with passphrases; this thread if not given. */
  passphrases?: Passphrases | undefined;
  /** For tests: log2 of scrypt's N. */
  scryptWork?: number | undefined;
};

async function ask({ askPassphrase }: Protectors, purpose: PassphrasePurpose): Promise<string> {
  const passphrase = await askPassphrase?.(purpose);
  if (passphrase !== undefined && passphrase !== '') return passphrase;
  throw new EnvelopeError('key-locked', 'a passphrase is needed and none was given', {
    key: purpose.key,
    name: purpose.name,
  });
}

function needKeyStore({ keyStore }: Protectors, key: string, name: string): KeyStore {
  if (keyStore !== undefined) return keyStore;
  const details = { key, name, protection: 'os' };
  throw new EnvelopeError('key-locked', "the system's key store is not within reach", details);
}

/**
 * The file of a new key, or of an old one under another protection.
 * @throws EnvelopeError `key-locked`
 */
export async function protectMaster(
  { name, created, master }: { name: string; created: string; master: Uint8Array },
  protection: Protection,
  protectors: Protectors,
): Promise<KeyFile> {
  const key = localKeyId(master);
  const common = { format: FORMAT, key, name, created } as const;
  if (protection === 'file') return plainKeyFileOf(name, created, master);
  if (protection === 'passphrase') {
    const passphrase = await ask(protectors, { kind: 'protect', key, name });
    const { passphrases = ownPassphrases, scryptWork } = protectors;
    const sealed = await passphrases.seal(master, passphrase, scryptWork);
    return { ...common, protection, sealed };
  }
  const sealed = await needKeyStore(protectors, key, name).protect(master);
  return { ...common, protection, sealed: Buffer.from(sealed).toString('base64url') };
}

async function openByAsking(
  file: Extract<KeyFile, { protection: 'passphrase' }>,
  protectors: Protectors,
): Promise<Uint8Array> {
  const { key, name } = file;
  for (
    let purpose: PassphrasePurpose = { kind: 'unlock', key, name };
    ;
    purpose = { ...purpose, again: true }
  ) {
    const passphrase = await ask(protectors, purpose);
    try {
      return await (protectors.passphrases ?? ownPassphrases).open(file.sealed, passphrase);
    } catch (error) {
      if (protectors.askAgain !== true || !isEnvelopeError(error, 'passphrase-wrong')) throw error;
    }
  }
}

/**
 * The master of a file; the caller wipes it.
 * @throws EnvelopeError `key-locked`, `passphrase-wrong`, `key-damaged`
 */
export async function unprotectMaster(file: KeyFile, protectors: Protectors): Promise<Uint8Array> {
  if (file.protection === 'file') return masterOf(file);
  if (file.protection === 'passphrase') {
    return checkMaster(file.key, await openByAsking(file, protectors));
  }
  const keyStore = needKeyStore(protectors, file.key, file.name);
  const sealed = Buffer.from(file.sealed, 'base64url');
  const master = await keyStore.unprotect(sealed).catch((error: unknown) => {
    const details = { key: file.key, name: file.name, protection: 'os', keyStore: keyStore.name };
    throw new EnvelopeError('key-locked', "the system's key store did not open the key", details, error);
  });
  return checkMaster(file.key, master);
}
