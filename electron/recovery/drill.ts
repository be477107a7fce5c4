/** @file Trying the sheet: a real envelope is opened with it, into nowhere. */
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { Engine } from '../envelope/engine.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import { type Verified, verify } from '../envelope/verify.ts';
import { AgeKeys } from '../keys/age.ts';
import type { AgeIdentity } from '../keys/age-identity.ts';
import { Keyring } from '../keys/keyring.ts';
import type { SettingsStore } from '../settings/store.ts';
import type { RunOptions } from '../stream/job.ts';
import { checkIsInUse, noteDrill } from './recovery-key.ts';

type Store = Pick<SettingsStore, 'load' | 'update'>;

const nowhere = (): never => {
  throw new Error('a drill uses no other key');
};

/** A keyring in which there is one identity and nothing else: no other key can have opened what it opens. */
function keyringOf(identity: AgeIdentity, settings: Store): Keyring {
  const age = new AgeKeys([identity]);
  const localStore = { ensureDefault: nowhere, default: nowhere, find: nowhere };
  return new Keyring({ local: age, localStore, age, aws: nowhere, settings });
}

/** Whether an envelope says that it is sealed for `recipient`. */
export const isSealedFor = ({ envelope }: EnvelopeFile, recipient: string): boolean =>
  envelope.keys.some((entry) => entry.state === 'known' && entry.key === recipient);

/** Before anybody types a key: whether it could open it. @throws EnvelopeError `recovery-absent` */
export function needSealedFor(file: EnvelopeFile, recipient: string): void {
  if (isSealedFor(file, recipient)) return;
  throw new EnvelopeError('recovery-absent', 'the envelope is not sealed for this recovery key', {
    path: file.path,
  });
}

/** The first of `paths` that is there, readable, and sealed for `recipient`. */
export async function findToTry(
  paths: Iterable<string>,
  recipient: string,
): Promise<EnvelopeFile | undefined> {
  for (const path of paths) {
    try {
      const file = await readEnvelopeFile(path);
      if (isSealedFor(file, recipient)) return file;
    } catch (error) {
      if (!isEnvelopeError(error)) throw error;
    }
  }
  return undefined;
}

/**
 * Opens `file` with the identity of the sheet alone, to its last byte, writes nothing, and remembers the date.
 * @throws EnvelopeError `recovery-other` if it is not the recovery key in use; `recovery-absent` if the envelope is not
 *   sealed for it; else as `verify`: `no-key-opens` if the identity does not open it, those of the body, `cancelled`
 */
export async function drill(
  engine: Engine,
  settings: Store,
  identity: AgeIdentity,
  file: EnvelopeFile,
  options: RunOptions & { body?: string | undefined } = {},
): Promise<Verified> {
  checkIsInUse(identity.recipient, (await settings.load()).recovery);
  needSealedFor(file, identity.recipient);
  const keys = file.envelope.keys.filter(
    (entry) => entry.state === 'known' && entry.key === identity.recipient,
  );
  const alone = { ...file, envelope: { ...file.envelope, keys } };
  const verified = await verify({ ...engine, keyring: keyringOf(identity, settings) }, alone, options);
  await noteDrill(settings, identity.recipient);
  return verified;
}
