/** @file Whether each key of an envelope would open it, found out without opening anything: as health asks (electron/health). */
import type { CanOpen } from '../../shared/desktop.ts';
import type { Envelope, KeyEntry } from '../../shared/envelope.ts';
import { EnvelopeError, type ErrorCode, isEnvelopeError } from '../../shared/errors.ts';
import type { Home } from '../app/home.ts';
import { encryptionContext } from '../envelope/context.ts';
import type { KnownEntry } from '../health/entry-answer.ts';
import { KmsDesk } from '../health/kms-desk.ts';
import { OfflineKey } from '../health/offline-key.ts';

type Answer = Omit<CanOpen, 'index'>;

/** Not worth a question before the user wants to open it. */
const openQuestions: ReadonlySet<ErrorCode> = new Set(['account-unknown', 'key-locked']);

/** One answer for each entry, in their order. */
export async function answersOf(envelope: Envelope, home: Home): Promise<CanOpen[]> {
  await home.connections.all();
  const desk = deskOf(home);
  return await Promise.all(
    envelope.keys.map(async (entry, index) => ({ index, ...(await answerOf(entry, envelope, home, desk)) })),
  );
}

/**
 * SECURITY: only accounts that are approved are asked, for a dry run too tells the owner of a key that somebody holds the
 * envelope.
 */
function deskOf(home: Home): KmsDesk {
  const parts = {
    opening: async (key: Parameters<typeof home.connections.opening>[0]) =>
      await home.connections.opening(key),
    checkAccount: async (arn: string) => {
      await home.keyring.checkAccount(arn);
    },
    need: async <T>(key: string, ask: () => Promise<T>): Promise<T> =>
      await home.prompts.need({ keys: [{ provider: 'aws-kms', key }] }, ask),
  };
  return new KmsDesk(parts, undefined);
}

async function answerOf(entry: KeyEntry, envelope: Envelope, home: Home, desk: KmsDesk): Promise<Answer> {
  if (entry.state === 'unknown') return { answer: 'no' };
  try {
    if (entry.state === 'damaged') {
      throw new EnvelopeError('key-damaged', 'the entry is malformed', { problem: entry.problem });
    }
    return entry.provider === 'aws-kms'
      ? await askKms(entry, envelope, home, desk)
      : await askHere(entry, envelope, home);
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { answer: openQuestions.has(error.code) ? 'unasked' : 'no', error: error.toRecord() };
  }
}

async function askHere(entry: KnownEntry, envelope: Envelope, { keyring, local }: Home): Promise<Answer> {
  const key = new OfflineKey({ keyring, local, unlock: false }, {});
  const { answer, error } = await key.answer(entry, { envelope, onDataKey: () => {} });
  if (answer === 'opens') return { answer: 'yes' };
  return { answer: answer === 'locked' ? 'unasked' : 'no', ...(error === undefined ? {} : { error }) };
}

async function askKms(
  { key, wrapped }: KnownEntry,
  { header }: Envelope,
  { keyring }: Home,
  desk: KmsDesk,
): Promise<Answer> {
  await keyring.checkAccount(key);
  await desk.mayDecrypt(key, { context: encryptionContext(header), wrapped });
  return { answer: 'yes' };
}
