/** @file Where credentials come from (kms.md section 6): one session for all who wait, and a code for every way to have none. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { KmsConnection } from '../shared/kms.ts';
import { whoAmI } from '../electron/keys/aws/admin.ts';
import type { AwsConnection, Prompts } from '../electron/keys/aws/connection.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import { coded, newKey, sealed } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';

const ROLE = 'arn:aws:iam::444455556666:role/sealer';

const config = `
[profile keys]
aws_access_key_id = AKIAPROFILE
aws_secret_access_key = profile-secret
region = eu-north-1

[profile assumed]
role_arn = ${ROLE}
source_profile = keys

[profile process]
credential_process = "${process.execPath}" -p "JSON.stringify({Version: 1, AccessKeyId: 'AKIAPROCESS', SecretAccessKey: 'x'})"

[profile signed-out]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = sealer

[sso-session corp]
sso_start_url = https://corp.example/start
sso_region = eu-central-1

[profile empty]
output = json
`;

let kms: StandIn;
let key: string;
let folder: string;
const connections: AwsConnection[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envelope-aws-'));
  await writeFile(join(folder, 'config'), config);
  // Nothing of the machine that runs the tests may be found.
  for (const name of [
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
  ]) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv('HOME', folder);
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  kms = await startKms();
  key = newKey(kms).arn;
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await kms.stop();
  await rm(folder, { recursive: true });
});

afterEach(() => {
  for (const connection of connections.splice(0)) connection[Symbol.dispose]();
  kms.faults.clear();
  kms.calls.length = 0;
});

function connect(settings: Partial<KmsConnection>, prompts: Prompts = {}): AwsConnection {
  const connection = connectTo(kms.endpoint, settings, prompts, { requestMs: 5_000 });
  connections.push(connection);
  return connection;
}

const byProfile = (profile: string): Partial<KmsConnection> => ({
  credentials: { kind: 'profile', profile },
});
const byRole = (more: object = {}): Partial<KmsConnection> => ({
  credentials: { kind: 'role', roleArn: ROLE, sourceProfile: 'keys', ...more },
});

describe('who the KMS sees', () => {
  it.each([
    ['keys', 'arn:aws:iam::111122223333:user/AKIAPROFILE'],
    ['process', 'arn:aws:iam::111122223333:user/AKIAPROCESS'],
    ['assumed', expect.stringMatching(/^arn:aws:sts::444455556666:assumed-role\/sealer\//)],
  ])('a profile: %s', async (profile, arn) => {
    await expect(whoAmI(connect(byProfile(profile)))).resolves.toMatchObject({ arn });
  });

  it('the environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENV');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
    try {
      const { arn } = await whoAmI(connect({ credentials: { kind: 'default' } }));
      expect(arn).toBe('arn:aws:iam::111122223333:user/AKIAENV');
    } finally {
      vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    }
  });

  it('a role', async () => {
    const { account, arn } = await whoAmI(connect(byRole({ sessionName: 'night' })));
    expect({ account, arn }).toEqual({
      account: '444455556666',
      arn: 'arn:aws:sts::444455556666:assumed-role/sealer/night',
    });
  });
});

describe('no credentials', () => {
  it.each([
    ['credentials-missing', byProfile('nobody')],
    ['credentials-missing', byProfile('empty')],
    ['credentials-missing', { credentials: { kind: 'default' } }],
    ['credentials-expired', byProfile('signed-out')],
  ] as const)('%s: %o', async (code, settings) => {
    const provider = new AwsKmsProvider([connect(settings)]);
    await expect(sealed(provider, key)).rejects.toEqual(coded(code, { action: 'credentials' }));
    expect(kms.calls).toEqual([]);
  });

  it('a role that may not be assumed is named as such', async () => {
    kms.faults.add({ kind: 'denied', action: 'AssumeRole' });
    const provider = new AwsKmsProvider([connect(byRole())]);
    await expect(sealed(provider, key)).rejects.toEqual(
      coded('kms-access-denied', { action: 'credentials' }),
    );
  });
});

describe('a session that ends', () => {
  it('is said so, and begins anew after reset', async () => {
    const secretKey = vi.fn<NonNullable<Prompts['secretKey']>>().mockResolvedValue({ secretAccessKey: 'x' });
    const connection = connect({}, { secretKey });
    const provider = new AwsKmsProvider([connection]);
    const end = kms.faults.add({ kind: 'expired' });
    await expect(sealed(provider, key)).rejects.toEqual(coded('credentials-expired'));
    end();
    connection.reset();
    await sealed(provider, key);
    expect(secretKey).toHaveBeenCalledTimes(2);
  });

  it('reads the files again after reset', async () => {
    const connection = connect(byProfile('late'));
    const provider = new AwsKmsProvider([connection]);
    await expect(sealed(provider, key)).rejects.toEqual(coded('credentials-missing'));
    await writeFile(
      join(folder, 'credentials'),
      '[late]\naws_access_key_id = AKIALATE\naws_secret_access_key = x\n',
    );
    connection.reset();
    await sealed(provider, key);
    expect(kms.calls.map(({ accessKeyId }) => accessKeyId)).toEqual(['AKIALATE']);
  });
});

describe('the region of a key that names none', () => {
  it('is the connection’s, else AWS_REGION, else the profile’s', async () => {
    await expect(connect({ ...byProfile('keys'), region: 'eu-west-3' }).region()).resolves.toBe('eu-west-3');
    await expect(connect({ ...byProfile('keys'), region: undefined }).region()).resolves.toBe('eu-north-1');
    vi.stubEnv('AWS_REGION', 'eu-west-2');
    try {
      await expect(connect({ ...byProfile('keys'), region: undefined }).region()).resolves.toBe('eu-west-2');
    } finally {
      vi.stubEnv('AWS_REGION', undefined);
    }
  });

  it('is asked for where nobody knows it', async () => {
    const provider = new AwsKmsProvider([connect({ ...byProfile('empty'), region: undefined })]);
    await expect(sealed(provider, 'alias/a')).rejects.toEqual(coded('kms-region-missing'));
  });
});
