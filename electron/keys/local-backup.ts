/** @file A local key on paper, stick or elsewhere: an armoured age file under a passphrase that holds its key file. */
import { EnvelopeError } from '../../shared/errors.ts';
import { masterOf, parseKeyFile, plainKeyFileOf, serialiseKeyFile } from './local-file.ts';
import { createWhole, readSmallFile } from './local-folder.ts';
import type { LocalStore } from './local-store.ts';
import { ownPassphrases, type Passphrases } from './passphrase.ts';
import type { CallOptions } from './provider.ts';

type BackupOptions = CallOptions & {
  /** Who works with the passphrase; this thread if not given. */
  passphrases?: Passphrases | undefined;
  /** For tests: log2 of scrypt's N. */
  scryptWork?: number | undefined;
};

/**
 * Writes `key` to a new file, and reads it back. `age -d` shows what is in it, without this program.
 * @throws EnvelopeError `key-not-found`, `key-locked`, `passphrase-wrong` (of the key), `usage` for an empty
 *   passphrase, `name-taken`, `target-missing`, `target-unwritable`, `disk-full`
 */
export async function backUp(
  store: LocalStore,
  key: string,
  file: string,
  passphrase: string,
  options: BackupOptions = {},
): Promise<void> {
  const { passphrases = ownPassphrases, scryptWork } = options;
  const { name, created, master } = await store.copy(key, options);
  const plain = serialiseKeyFile(plainKeyFileOf(name, created, master));
  master.fill(0);
  try {
    const sealed = await passphrases.seal(plain, passphrase, scryptWork);
    if (!(await createWhole(file, Buffer.from(sealed)))) {
      throw new EnvelopeError('name-taken', 'there is a file of that name', { path: file });
    }
    const back = await readBackup(file, passphrase, passphrases);
    back.master.fill(0);
    if (back.key !== key)
      throw new EnvelopeError('io-failed', 'the backup reads back as another key', { path: file });
  } finally {
    plain.fill(0);
  }
}

/**
 * Takes the key of a backup in, unless it is here already.
 * @returns the key, as `local:…`
 * @throws EnvelopeError `passphrase-wrong`, `key-damaged`, `key-exists`, `source-missing`, `source-unreadable`
 */
export async function restore(
  store: LocalStore,
  file: string,
  passphrase: string,
  passphrases: Passphrases = ownPassphrases,
): Promise<string> {
  const { key, ...from } = await readBackup(file, passphrase, passphrases);
  await store.adopt(key, from);
  return key;
}

async function readBackup(file: string, passphrase: string, passphrases: Passphrases) {
  const { bytes } = await readSmallFile(file);
  const plain = await passphrases.open(bytes.toString('latin1'), passphrase);
  try {
    const key = parseKeyFile(plain);
    if (key.protection !== 'file')
      throw new EnvelopeError('key-damaged', 'the backup holds no key', { path: file });
    return { key: key.key, name: key.name, created: key.created, master: masterOf(key) };
  } finally {
    plain.fill(0);
  }
}
