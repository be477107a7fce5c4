/** @file `envelope keys aws`: KMS keys and connections. */
import path from 'node:path';
import { type Refused, refusalsIn } from '../../shared/denial.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { KmsConnection, KmsCredentials, KmsTestStep } from '../../shared/kms.ts';
import { createKey, listAliases } from '../keys/aws/admin.ts';
import type { AwsConnection } from '../keys/aws/connection.ts';
import { checkEndpointUrl } from '../keys/aws/endpoint.ts';
import { testConnection } from '../keys/aws/test-connection.ts';
import type { ConnectOptions, CreateOptions } from './commands/keys-aws.ts';
import { sayDenied } from './denied.ts';
import { printable } from './escape.ts';
import { exitCodeOf } from './exit-code.ts';
import { explain } from './explain.ts';
import type { Home } from './home.ts';
import type { Session } from './session.ts';

/** The connection for what is not said to be elsewhere. */
async function firstConnection(home: Home): Promise<AwsConnection> {
  const [first] = await home.connections();
  if (first === undefined) throw new Error('there is always a connection');
  return first;
}

export async function listKmsKeys(session: Session, home: Home): Promise<undefined> {
  for (const connection of await home.connections()) {
    for (const { alias, arn } of await listAliases(connection, { signal: session.signal })) {
      session.result(`${printable(alias)}  ${printable(arn)}`, {
        connection: connection.name,
        alias,
        key: arn,
      });
    }
  }
}

const PRICE =
  'A KMS key costs about 1 US dollar a month for as long as it exists, and a little for each use.';

/** @throws EnvelopeError `usage` without a terminal and without --yes, `cancelled` on a no */
async function confirmCost(session: Session, yes: boolean | undefined): Promise<void> {
  if (yes === true) return;
  if (session.prompt === undefined) {
    throw new EnvelopeError('usage', 'nobody agreed to the cost', {
      reason: `${PRICE} Nobody is there to be asked, so add --yes if that is wanted.`,
    });
  }
  session.screen.warn(PRICE);
  if (!(await session.prompt.confirm('Create it?'))) {
    throw new EnvelopeError('cancelled', 'the cost was declined');
  }
}

export async function createKmsKey(
  session: Session,
  home: Home,
  name: string,
  { multiRegion = false, rotate, description = 'Envelope', yes }: CreateOptions,
): Promise<undefined> {
  const connection = await firstConnection(home);
  await confirmCost(session, yes);
  const alias = name.startsWith('alias/') ? name : `alias/${name}`;
  const wanted = { alias, description, multiRegion, rotationDays: rotate };
  const key = await createKey(connection, wanted, { signal: session.signal });
  await home.keyring.approve(key);
  session.result(`${printable(alias)}  ${key}`, { alias, key });
}

const steps: Record<KmsTestStep, string> = {
  credentials: 'credentials were found',
  identity: 'AWS says who you are',
  key: 'the key was found',
  generate: 'you may seal with it',
  decrypt: 'you may open with it',
};

export async function testKms(
  session: Session,
  home: Home,
  key: string | undefined,
): Promise<number | undefined> {
  const connection = await firstConnection(home);
  let exitCode: number | undefined;
  let refused: Refused | undefined;
  for await (const result of testConnection(connection, key, { signal: session.signal })) {
    if (result.ok) {
      const found = result.found === undefined ? '' : `: ${printable(result.found)}`;
      session.result(`ok      ${steps[result.step]}${found}`, result);
      continue;
    }
    exitCode ??= exitCodeOf(result.error.code);
    session.result(`failed  ${result.step}`, result);
    for (const line of explain(result.error)) session.screen.warn(`  ${line}`);
    // Who one is, is no matter of keys.
    if (result.step !== 'identity') refused ??= refusalsIn(result.error)[0];
  }
  if (refused !== undefined) await sayDenied(session, home, [{ ...refused, key }], 'seal');
  return exitCode;
}

function credentialsOf(options: ConnectOptions): KmsCredentials {
  const { profile, role, mfaSerial, ssoStartUrl, ssoRegion, ssoAccount, ssoRole } = options;
  if (
    ssoStartUrl !== undefined &&
    ssoRegion !== undefined &&
    ssoAccount !== undefined &&
    ssoRole !== undefined
  ) {
    return { kind: 'sso', startUrl: ssoStartUrl, ssoRegion, account: ssoAccount, role: ssoRole };
  }
  if (role !== undefined) return { kind: 'role', roleArn: role, sourceProfile: profile, mfaSerial };
  return profile === undefined ? { kind: 'default' } : { kind: 'profile', profile };
}

export async function connect(
  session: Session,
  { settings }: Home,
  name: string,
  options: ConnectOptions,
): Promise<undefined> {
  const { region, replicaRegion, endpoint, fips, proxy, caFile } = options;
  for (const address of [endpoint, options.ssoStartUrl]) if (address !== undefined) checkEndpointUrl(address);
  const connection: KmsConnection = {
    name,
    credentials: credentialsOf(options),
    region,
    replicaRegions: replicaRegion,
    endpoint,
    fips,
    proxy,
    caFile: caFile === undefined ? undefined : path.resolve(caFile),
  };
  await settings.update((now) => ({
    ...now,
    connections: [...now.connections.filter((other) => other.name !== name), connection],
  }));
  session.result(printable(name), connection);
  session.screen.say(`“envelope keys aws test --connection ${printable(name)}” tries it.`);
}

export async function disconnect(session: Session, { settings }: Home, name: string): Promise<undefined> {
  const { connections } = await settings.load();
  if (!connections.some((connection) => connection.name === name)) {
    throw new EnvelopeError('usage', 'no connection of this name', {
      reason: `There is no connection “${printable(name)}”.`,
    });
  }
  await settings.update((now) => ({
    ...now,
    connections: now.connections.filter((connection) => connection.name !== name),
  }));
  session.result(printable(name), { name });
}
