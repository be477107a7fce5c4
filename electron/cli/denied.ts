/** @file After a refusal of AWS: what exactly is denied, asked by dry runs, for the keys that were refused. */
import type { Refused, RefusedBy } from '../../shared/denial.ts';
import { isEnvelopeError } from '../../shared/errors.ts';
import type { AwsConnection } from '../keys/aws/connection.ts';
import { parseKeyArn } from '../keys/aws/key-arn.ts';
import { deniedLines } from './denied-text.ts';
import { printable } from './escape.ts';
import type { Home } from './home.ts';
import type { Session } from './session.ts';

/** Keys that are explained after one command: more would not be read. */
const MOST = 3;

/**
 * Says what is denied and what would allow it. SECURITY: of the keys that an envelope names, only of those whose account
 * may be called; and never anything but dry runs, DescribeKey and GetCallerIdentity.
 */
export async function sayDenied(
  session: Session,
  home: Home,
  refusals: readonly RefusedBy[],
  operation: 'seal' | 'open',
): Promise<void> {
  const byKey = new Map(refusals.map((refused) => [`${refused.connection} ${refused.key}`, refused]));
  for (const refused of [...byKey.values()].slice(0, MOST)) {
    if (session.signal.aborted) return;
    try {
      const connection = await connectionOf(home, refused);
      if (connection === undefined) continue;
      if (operation === 'open') await checkAccount(home, refused);
      await explain(session, connection, refused, operation);
    } catch (error) {
      // The refusal itself was told; that it could not be looked into is not worth another error.
      if (!isEnvelopeError(error)) throw error;
    }
  }
}

async function checkAccount({ keyring }: Home, { key }: Refused): Promise<void> {
  if (key !== undefined && parseKeyArn(key) !== undefined) await keyring.checkAccount(key);
}

async function connectionOf(home: Home, { connection }: RefusedBy): Promise<AwsConnection | undefined> {
  const all = await home.connections();
  return connection === undefined ? all[0] : all.find(({ name }) => name === connection);
}

/** What dry runs say of one refusal. */
export async function explain(
  session: Session,
  connection: AwsConnection,
  refused: Refused,
  operation: 'seal' | 'open',
): Promise<void> {
  const { explainDenied } = await import('../keys/aws/denied.ts');
  const denial = await explainDenied(connection, refused, operation, { signal: session.signal });
  session.screen.warn(`About ${printable(refused.key ?? refused.action)}:`);
  for (const line of deniedLines(denial)) session.screen.warn(`  ${line}`);
}
