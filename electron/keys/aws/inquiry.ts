/** @file What the KMS says of a key, asked of all who may know it as opening would ask them, without opening anything. */
import { EnvelopeError } from '../../../shared/errors.ts';
import type { EncryptionContext } from '../../../shared/envelope.ts';
import type { CallOptions, KeyDescription } from '../provider.ts';
import { firstToAnswer, patience, replicasOf, tryConnection, tryReplica } from './ask-around.ts';
import type { AwsConnection } from './connection.ts';
import { describeState } from './describe.ts';
import { dryRun } from './dry-run.ts';
import { type KeyArn, parseKeyArn } from './key-arn.ts';

/** Who was asked, and for which of the replicas of a multi-Region key. */
export type AskedAt = { connection: AwsConnection; key: KeyArn };

export type InquiryOptions = CallOptions & {
  /** Called before each call, with its action. */
  onCall?: ((action: string) => void) | undefined;
};

/** Asks the connections of the key's partition in turn and the replicas of each, those of `first` before the others. */
async function askAround<T>(
  arn: string,
  connections: readonly AwsConnection[],
  first: AskedAt | undefined,
  ask: (at: AskedAt, isLast: boolean) => Promise<T>,
): Promise<T> {
  const home = parseKeyArn(arn);
  if (home === undefined) throw new EnvelopeError('key-damaged', 'not a key ARN', { key: arn });
  const serving = connections.filter((connection) => connection.serves(home.partition));
  if (serving.length === 0) {
    const { partition } = home;
    throw new EnvelopeError('credentials-missing', 'no connection reaches this key', { key: arn, partition });
  }
  const inTurn = serving.toSorted(
    (a, b) => Number(b === first?.connection) - Number(a === first?.connection),
  );
  return await firstToAnswer(inTurn, tryConnection, async (connection) => {
    const keys = replicasOf(home, connection);
    const known = keys.filter((key) => key.arn === first?.key.arn);
    const others = keys.filter((key) => key.arn !== first?.key.arn);
    return await firstToAnswer(
      [...known, ...others],
      tryReplica,
      async (key, isLast) => await ask({ connection, key }, isLast),
    );
  });
}

/**
 * The state of the key `arn`, by one DescribeKey where the first who is asked knows it.
 * @throws EnvelopeError by the table of errors.ts: what the first who was asked said, if nobody knows
 */
export async function describeSomewhere(
  arn: string,
  connections: readonly AwsConnection[],
  { onCall, ...options }: InquiryOptions = {},
): Promise<{ at: AskedAt; description: KeyDescription }> {
  return await askAround(arn, connections, undefined, async (at, isLast) => {
    onCall?.('DescribeKey');
    const { arn: asked, region } = at.key;
    return { at, description: await describeState(at.connection, asked, region, patience(options, isLast)) };
  });
}

/**
 * Whether the user may decrypt under the key `arn`: returns, or says no as the KMS does. With `wrapped` it is asked about
 * that wrapped key, else about permission alone. `first`: who knew the key.
 * @throws EnvelopeError as {@link describeSomewhere}
 */
export async function mayDecrypt(
  arn: string,
  connections: readonly AwsConnection[],
  {
    context,
    wrapped,
    first,
  }: {
    context: EncryptionContext;
    wrapped?: Uint8Array | undefined;
    first?: AskedAt | undefined;
  },
  { onCall, ...options }: InquiryOptions = {},
): Promise<AskedAt> {
  return await askAround(arn, connections, first, async (at, isLast) => {
    onCall?.('Decrypt');
    await dryRun(at.connection, 'Decrypt', at.key.arn, context, { ...patience(options, isLast), wrapped });
    return at;
  });
}
