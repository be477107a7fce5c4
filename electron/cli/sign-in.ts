/** @file `envelope keys aws sign-in`, and the offer of it when a session ends in the middle of a batch. */
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { BatchOptions } from '../jobs/job.ts';
import { overSession } from '../jobs/sessions.ts';
import type { AwsConnection } from '../keys/aws/connection.ts';
import type { DeviceCode } from '../keys/aws/sso/device.ts';
import { jsonLine, printable } from './escape.ts';
import { formatDuration, formatTime } from './format.ts';
import type { Home } from './home.ts';
import type { Session } from './session.ts';

/** Signs in for the connection that was named, else for the first that signs in at all. @throws EnvelopeError `usage` */
export async function signInAws(session: Session, home: Home): Promise<undefined> {
  const connection = await signingIn(await home.connections());
  const until = await signInHere(session, connection);
  const { sessionOf } = await import('../keys/aws/sso/sign-in.ts');
  const renews = (await sessionOf(connection))?.renews === true;
  const connected = { connection: connection.name, until: until.toISOString(), renews };
  const how = renews ? ', and renewed by itself after that' : '';
  session.result(`signed in until ${formatTime(until.toISOString())}${how}`, {
    state: 'signed-in',
    ...connected,
  });
}

async function signingIn(connections: readonly AwsConnection[]): Promise<AwsConnection> {
  const { sessionOf } = await import('../keys/aws/sso/sign-in.ts');
  for (const connection of connections) {
    if ((await sessionOf(connection)) !== undefined) return connection;
  }
  const names = connections.map(({ name }) => `“${printable(name)}”`).join(', ');
  throw new EnvelopeError('usage', 'nothing to sign in to', {
    reason: `The credentials of ${names} do not come from IAM Identity Center; --profile or --connection names others.`,
  });
}

/** @returns until when. Errors of `signIn` */
async function signInHere(session: Session, connection: AwsConnection): Promise<Date> {
  const { signIn } = await import('../keys/aws/sso/sign-in.ts');
  return await signIn(connection, { signal: session.signal, onCode: (code) => tell(session, code) });
}

/** Never the device's own code, which is as good as the session. */
function tell({ screen, json }: Session, { userCode, url, expires }: DeviceCode): void {
  if (json) screen.result(jsonLine({ state: 'confirm', url, userCode, until: expires.toISOString() }));
  const left = formatDuration((expires.getTime() - Date.now()) / 1000);
  screen.warn(`Open this page in a browser, and allow it if it shows the same code, within ${left}:`);
  screen.warn(`  ${printable(url)}`);
  screen.warn(`  code  ${printable(userCode)}`);
}

type Again = NonNullable<BatchOptions<unknown>['again']>;

/** How often one file is tried: as it is, with what was renewed, and after a sign-in. */
const MAX_TRIES = 3;

/**
 * For a batch: a session that is over is renewed without a person where that is possible. Else a sign-in is offered on
 * the terminal, once for all files that wait, and not again after a no.
 */
export function signInAgain(session: Session, home: Home): Again {
  const renewed = new Map<string, Promise<boolean>>();
  const offered = new Map<string, Promise<boolean>>();
  const once = async (
    kept: Map<string, Promise<boolean>>,
    name: string,
    work: (connection: AwsConnection) => Promise<boolean>,
  ): Promise<boolean> => {
    const connection = home.opened(name);
    if (connection === undefined) return false;
    const doing = kept.get(name) ?? work(connection);
    kept.set(name, doing);
    return await doing;
  };
  return async (error, _item, tries) => {
    const over = overSession(error.toRecord());
    if (over === undefined || tries >= MAX_TRIES || session.signal.aborted) return false;
    if (tries === 1 && (await once(renewed, over.connection, renew))) return true;
    return await once(offered, over.connection, async (connection) => await offer(session, connection));
  };
}

async function renew(connection: AwsConnection): Promise<boolean> {
  const { renewQuietly } = await import('../keys/aws/sso/sign-in.ts');
  return await renewQuietly(connection).catch((error: unknown) => {
    if (isEnvelopeError(error)) return false;
    throw error;
  });
}

async function offer(session: Session, connection: AwsConnection): Promise<boolean> {
  const { sessionOf } = await import('../keys/aws/sso/sign-in.ts');
  if (session.prompt === undefined || (await sessionOf(connection)) === undefined) return false;
  try {
    session.screen.warn(
      `The AWS session of “${printable(connection.name)}” is over; what waits for it can go on.`,
    );
    if (!(await session.prompt.confirm('Sign in now?'))) return false;
    await signInHere(session, connection);
    return true;
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    if (error.code !== 'cancelled') session.fail(error);
    return false;
  }
}
