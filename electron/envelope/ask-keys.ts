/**
 * @file Asking the keys themselves whether they open what was just sealed (FORMAT.md section 5: before an original goes).
 * Reading back with the data key in hand shows what the disk holds; that a wrapped key holds that data key, only the key
 * that wrapped it can show: a service may say that it wrapped one and have wrapped another.
 */
import type { Envelope, KeyEntry, Provider, WrappedKey } from '../../shared/envelope.ts';
import { EnvelopeError, type ErrorCode, type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import { failedAttempts } from '../../shared/attempts.ts';
import type { Keyring } from '../keys/keyring.ts';
import { openChecked } from './checked-key.ts';
import { parseEnvelope } from './codec.ts';
import { isKnown } from './entries.ts';

/**
 * `opened`: by at least one key. `nobody`: there is none that can be asked here, for they are recipients of age whose
 * identities others have; what is wrapped for those was wrapped by this program. `untried`: those that could be asked
 * may seal here but not open; `error`: what the first of them said.
 */
export type Asked = {
  state: 'opened' | 'nobody' | 'untried';
  error?: ErrorRecord;
  requestIds: readonly string[];
};

/** What a key that wrapped truly does not say of what it wrapped a moment ago. */
const untrue: ReadonlySet<ErrorCode> = new Set([
  'key-wrong',
  'key-damaged',
  'kms-ciphertext-invalid',
  'kms-key-incorrect',
  'kms-answer-wrong',
]);

type Answer = { opened: readonly string[] } | { error: ErrorRecord } | 'not-here';

/**
 * Unwraps every entry of `sealed`, the bytes of an envelope, whose key can be asked here, and compares in constant time
 * what comes out with what the body was sealed with. Every one, and not only the first that opens: each key was chosen for
 * somebody who may have no other. One that lies ends it; one that may not open, or cannot be reached, is passed over where
 * another opened.
 * @throws EnvelopeError `kms-answer-wrong`, `key-wrong`, `key-damaged` if a key does not give back what it wrapped; of the
 *   first key that failed, unless one opened or all of them were refused; `cancelled`
 */
export async function askKeys(keyring: Keyring, sealed: Uint8Array, signal?: AbortSignal): Promise<Asked> {
  const envelope = parseEnvelope(sealed);
  const requestIds: string[] = [];
  const errors: ErrorRecord[] = [];
  let [isOpened, isUntried] = [false, false];
  for (const entry of envelope.keys.filter(isKnown)) {
    const answer = await ask(keyring, envelope, entry, signal);
    if (answer === 'not-here') {
      isUntried ||= entry.provider === 'aws-kms';
    } else if ('error' in answer) {
      errors.push(answer.error);
    } else {
      isOpened = true;
      requestIds.push(...answer.opened);
    }
  }
  if (isOpened) return { state: 'opened', requestIds };
  const failed = errors.find(({ code }) => code !== 'kms-access-denied');
  if (failed !== undefined) throw EnvelopeError.fromRecord(failed);
  const [error] = errors;
  if (error !== undefined) return { state: 'untried', error, requestIds };
  return { state: isUntried ? 'untried' : 'nobody', requestIds };
}

/** @throws EnvelopeError if the key does not give back what it wrapped */
async function ask(
  keyring: Keyring,
  envelope: Envelope,
  entry: KeyEntry & WrappedKey,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  try {
    const opened = await openChecked(keyring, { ...envelope, keys: [entry] }, { signal });
    opened.dataKey.wipe();
    return { opened: opened.requestIds };
  } catch (error) {
    if (!isEnvelopeError(error, 'no-key-opens')) throw error;
    const [failed] = failedAttempts(error.toRecord());
    if (failed === undefined) return 'not-here';
    if (untrue.has(failed.error.code)) throw untrueAnswer(entry, failed.error, error);
    return { error: failed.error };
  }
}

/** A service is told of as a service; of the program's own wraps it is said what is wrong with them. */
function untrueAnswer(
  { provider, key }: { provider: Provider; key: string },
  error: ErrorRecord,
  cause: EnvelopeError,
): EnvelopeError {
  if (provider !== 'aws-kms') return EnvelopeError.fromRecord(error);
  const what = 'the KMS does not give back the data key that it wrapped';
  return new EnvelopeError('kms-answer-wrong', what, { ...error.details, action: 'Decrypt', key }, cause);
}
