/** @file For tests of signing in: a KMS with IAM Identity Center, a home, and connections that end with the test. */
import { afterEach, beforeEach, vi } from 'vitest';
import type { KmsConnection, KmsCredentials } from '../../shared/kms.ts';
import type { AwsConnection } from '../../electron/keys/aws/connection.ts';
import type { DeviceCode } from '../../electron/keys/aws/sso/device.ts';
import { signIn } from '../../electron/keys/aws/sso/sign-in.ts';
import { connectTo } from '../kms-stand-in/connect.ts';
import { newKey } from '../kms-stand-in/fixture.ts';
import { startKms, type StandIn } from '../kms-stand-in/start.ts';
import { START_URL } from './address.ts';
import { answering, AwsHome } from './person.ts';

export const profile = (name: string): KmsCredentials => ({ kind: 'profile', profile: name });

export const sealer = {
  kind: 'sso' as const,
  startUrl: START_URL,
  ssoRegion: 'eu-central-1',
  account: '111122223333',
  role: 'Sealer',
};

/** Does not wait, and notes for how long it would have. */
export function waits() {
  const waited: number[] = [];
  const wait = async (ms: number): Promise<void> => {
    waited.push(ms);
    await Promise.resolve();
  };
  return { waited, wait };
}

/** What a test of signing in has, fresh for each test. */
export class SignInWork {
  kms!: StandIn;
  home!: AwsHome;
  /** The ARN of a key of the KMS. */
  key!: string;
  readonly connections: AwsConnection[] = [];

  connect(credentials: KmsCredentials, more: Partial<KmsConnection> = {}): AwsConnection {
    const connection = connectTo(this.kms.endpoint, { credentials, ...more }, {}, { requestMs: 5_000 });
    this.connections.push(connection);
    return connection;
  }

  /** Options of a sign-in that the person approves at once. */
  get approved() {
    const onCode = (code: DeviceCode): void => answering(this.kms.sso, 'approve')(code);
    return { ...waits(), onCode };
  }

  /** How often an action was called. */
  count(name: string): number {
    return this.kms.actions.filter((action) => action === name).length;
  }

  /** Lets who asks for a token be as fast as it likes. */
  unhurried(): void {
    this.kms.sso.interval = 0;
  }

  /** A connection whose token ends in `seconds`. */
  async signedIn(credentials: KmsCredentials, seconds: number): Promise<AwsConnection> {
    this.unhurried();
    const { tokens } = this.kms.sso;
    tokens.lifetime = seconds;
    const connection = this.connect(credentials);
    await signIn(connection, this.approved);
    tokens.lifetime = 8 * 3600;
    this.kms.calls.length = 0;
    return connection;
  }
}

/** To be called once in a test file. */
export function useSignIn(): SignInWork {
  const work = new SignInWork();
  beforeEach(async () => {
    work.home = await AwsHome.enter();
    work.kms = await startKms();
    work.key = newKey(work.kms).arn;
  });
  afterEach(async () => {
    for (const connection of work.connections.splice(0)) connection[Symbol.dispose]();
    await work.kms.stop();
    vi.unstubAllEnvs();
    work.home[Symbol.dispose]();
  });
  return work;
}
