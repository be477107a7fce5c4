/** @file For tests: a home with `~/.aws`, and a person who answers in the browser. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import type { DeviceCode } from '../../electron/keys/aws/sso/device.ts';
import { START_URL } from './address.ts';
import type { Sso } from './sso.ts';

export const SSO_CONFIG = `
[profile person]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Sealer

[profile older]
sso_start_url = ${START_URL}
sso_region = eu-central-1
sso_account_id = 111122223333
sso_role_name = Sealer

[profile nobody]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Owner

[profile chained]
role_arn = arn:aws:iam::444455556666:role/sealer
source_profile = person

[profile keys]
aws_access_key_id = AKIAPROFILE
aws_secret_access_key = x

[sso-session corp]
sso_start_url = ${START_URL}
sso_region = eu-central-1
sso_registration_scopes = sso:account:access
`;

const ours = ['AWS_PROFILE', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

export class AwsHome implements Disposable {
  readonly folder: string;
  readonly cache: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.cache = path.join(folder, '.aws', 'sso', 'cache');
    mkdirSync(path.join(folder, '.aws'), { recursive: true });
    writeFileSync(path.join(folder, '.aws', 'config'), SSO_CONFIG);
  }

  /** A home of its own for this process, until the environment is put back. */
  static async enter(): Promise<AwsHome> {
    const home = new AwsHome(await mkdtemp(path.join(tmpdir(), 'envelope-sso-')));
    for (const name of ours) vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries(home.environment)) vi.stubEnv(name, value);
    return home;
  }

  get environment(): Record<string, string> {
    const at = (name: string): string => path.join(this.folder, '.aws', name);
    return {
      HOME: this.folder,
      AWS_CONFIG_FILE: at('config'),
      AWS_SHARED_CREDENTIALS_FILE: at('credentials'),
    };
  }

  /** Where the AWS tools have the token of a session's name or start URL. */
  tokenFile(name: string): string {
    return path.join(this.cache, `${createHash('sha1').update(name).digest('hex')}.json`);
  }

  token(name: string): Record<string, string> {
    return JSON.parse(readFileSync(this.tokenFile(name), 'utf8')) as Record<string, string>;
  }

  write(name: string, token: object): void {
    this.writeText(name, JSON.stringify(token));
  }

  writeText(name: string, text: string): void {
    mkdirSync(this.cache, { recursive: true });
    writeFileSync(this.tokenFile(name), text, { mode: 0o600 });
  }

  /** Names of the files of the cache, and the permissions of each. */
  modes(): Record<string, number> {
    const files = readdirSync(this.cache);
    return Object.fromEntries(
      files.map((file) => [file, statSync(path.join(this.cache, file)).mode & 0o777]),
    );
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What the person does in the browser as soon as it is opened. */
export const answering =
  (sso: Sso, answer: 'approve' | 'deny') =>
  ({ userCode }: DeviceCode): void => {
    sso.answer(userCode, answer);
  };
