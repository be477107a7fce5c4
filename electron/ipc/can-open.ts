/** @file Whether each key of an envelope would open it, found out without opening anything. */
import type { CanOpen } from '../../shared/desktop.ts';
import type { EncryptionContext, Envelope, KeyEntry } from '../../shared/envelope.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { Home } from '../app/home.ts';
import { decodeBase64url } from '../envelope/base64url.ts';
import { encryptionContext } from '../envelope/context.ts';
import { checkCommitment } from '../envelope/derive.ts';
import { parseKeyArn } from '../keys/aws/key-arn.ts';

type Answer = Omit<CanOpen, 'index'>;
type Known = Extract<KeyEntry, { state: 'known' }>;

/** One answer for each entry, in their order. */
export async function answersOf(envelope: Envelope, home: Home): Promise<CanOpen[]> {
  return await Promise.all(
    envelope.keys.map(async (entry, index) => ({ index, ...(await answerOf(entry, envelope, home)) })),
  );
}

async function answerOf(entry: KeyEntry, envelope: Envelope, home: Home): Promise<Answer> {
  if (entry.state === 'unknown') return { answer: 'no' };
  try {
    if (entry.state === 'damaged') {
      throw new EnvelopeError('key-damaged', 'the entry is malformed', { problem: entry.problem });
    }
    const context = encryptionContext(envelope.header);
    return entry.provider === 'aws-kms'
      ? await askKms(entry, context, home)
      : await tryHere(entry, envelope, context, home);
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    // Not worth a question before the user wants to open it.
    const isOpenQuestion = error.code === 'account-unknown' || error.code === 'key-locked';
    return { answer: isOpenQuestion ? 'unasked' : 'no', error: error.toRecord() };
  }
}

/** Unwraps, checks the commitment, and wipes. */
async function tryHere(
  { provider, key, wrapped }: Known,
  { header }: Envelope,
  context: EncryptionContext,
  { keyring, local }: Home,
): Promise<Answer> {
  if (provider === 'local' && !local.isOpen(key)) {
    const { protection, name } = (await local.describe(key)) ?? {};
    if (protection === 'passphrase') {
      throw new EnvelopeError('key-locked', 'its passphrase is needed', { key, name });
    }
  }
  const keys = await keyring.provider(provider);
  const unwrapped = await keys.unwrap({ provider, key, wrapped }, context);
  if (unwrapped === undefined) return { answer: 'no' };
  using dataKey = unwrapped.dataKey;
  checkCommitment(dataKey, header.id, decodeBase64url(header.stream));
  return { answer: 'yes' };
}

/**
 * A dry run, by the first connection that may. SECURITY: only of accounts that are approved, for a dry run too tells the
 * owner of the key that somebody holds the envelope.
 */
async function askKms({ key }: Known, context: EncryptionContext, home: Home): Promise<Answer> {
  await home.keyring.checkAccount(key);
  const { dryRun } = await import('../keys/aws/dry-run.ts');
  let first: EnvelopeError | undefined;
  await home.connections.all();
  const arn = parseKeyArn(key);
  for (const connection of arn === undefined ? [] : await home.connections.opening(arn)) {
    try {
      await home.prompts.need({ keys: [{ provider: 'aws-kms', key }] }, async () => {
        await dryRun(connection, 'Decrypt', key, context);
      });
      return { answer: 'yes' };
    } catch (error) {
      if (!isEnvelopeError(error)) throw error;
      first ??= error;
    }
  }
  throw first ?? new EnvelopeError('credentials-missing', 'no connection reaches this key', { key });
}
