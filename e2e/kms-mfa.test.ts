/** @file Codes of MFA devices: one question for all who wait, and another after a code that was wrong. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi, type Mock } from 'vitest';
import { EnvelopeError } from '../shared/errors.ts';
import type { KmsConnection } from '../shared/kms.ts';
import type { AwsConnection, Prompts } from '../electron/keys/aws/connection.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import { coded, newKey, sealed } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';

const MFA = 'arn:aws:iam::111122223333:mfa/alice';
const ROLE = 'arn:aws:iam::444455556666:role/sealer';

const config = `
[profile keys]
aws_access_key_id = AKIAPROFILE
aws_secret_access_key = profile-secret
region = eu-north-1

[profile with-mfa]
role_arn = ${ROLE}
source_profile = keys
mfa_serial = ${MFA}
`;

let kms: StandIn;
let key: string;
let folder: string;
const connections: AwsConnection[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envelope-mfa-'));
  await writeFile(join(folder, 'config'), config);
  // Nothing of the machine that runs the tests may be found.
  for (const name of ['AWS_PROFILE', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  kms = await startKms({ mfaCodes: ['111111', '222222', '333333', '444444', '555555'] });
  key = newKey(kms).arn;
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await kms.stop();
  await rm(folder, { recursive: true });
});

afterEach(() => {
  for (const connection of connections.splice(0)) connection[Symbol.dispose]();
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

type MfaCode = NonNullable<Prompts['mfaCode']>;

function answering(code: string): Mock<MfaCode> {
  return vi.fn<MfaCode>().mockResolvedValue(code);
}

const twenty = Array.from({ length: 20 });

describe('a code of an MFA device', () => {
  it.each([
    ['a role', byRole({ mfaSerial: MFA }), '111111'],
    ['a profile', byProfile('with-mfa'), '222222'],
  ])('is asked for once, however many wait for it: %s', async (_, settings, code) => {
    const mfaCode = answering(code);
    const provider = new AwsKmsProvider([connect(settings, { mfaCode })]);
    await Promise.all(twenty.map(() => sealed(provider, key)));
    expect(mfaCode.mock.calls).toEqual([[MFA, false]]);
    expect(kms.actions.filter((action) => action === 'AssumeRole')).toHaveLength(1);
    expect(kms.actions.filter((action) => action === 'GenerateDataKey')).toHaveLength(20);
  });

  it('serves every region', async () => {
    const mfaCode = answering('333333');
    const provider = new AwsKmsProvider([connect(byRole({ mfaSerial: MFA }), { mfaCode })]);
    const west = newKey(kms, { region: 'eu-west-1' }).arn;
    await Promise.all(twenty.map((_, i) => sealed(provider, i % 2 === 0 ? key : west)));
    expect(mfaCode).toHaveBeenCalledOnce();
  });

  it.each([
    ['a role', byRole({ mfaSerial: MFA })],
    ['a profile', byProfile('with-mfa')],
  ])('with nobody to ask: %s', async (_, settings) => {
    const provider = new AwsKmsProvider([connect(settings)]);
    await expect(sealed(provider, key)).rejects.toEqual(coded('credentials-mfa'));
    expect(kms.calls).toEqual([]);
  });

  it.each([
    ['a role', byRole({ mfaSerial: MFA }), '444444'],
    ['a profile', byProfile('with-mfa'), '555555'],
  ])('that is wrong is asked for again, once for all who wait: %s', async (_, settings, code) => {
    const mfaCode = answering(code).mockResolvedValueOnce('000000').mockResolvedValueOnce('999999');
    const provider = new AwsKmsProvider([connect(settings, { mfaCode })]);
    await Promise.all(twenty.map(() => sealed(provider, key)));
    expect(mfaCode.mock.calls).toEqual([
      [MFA, false],
      [MFA, true],
      [MFA, true],
    ]);
  });

  it('that stays wrong fails all who waited, and is asked for anew by the next', async () => {
    const mfaCode = answering('000000');
    const provider = new AwsKmsProvider([connect(byRole({ mfaSerial: MFA }), { mfaCode })]);
    const first = await Promise.allSettled(twenty.slice(10).map(() => sealed(provider, key)));
    expect(first.every(({ status }) => status === 'rejected')).toBe(true);
    expect(mfaCode).toHaveBeenCalledTimes(5);
    await expect(sealed(provider, key)).rejects.toEqual(
      coded('credentials-mfa', { name: 'AccessDenied', wrong: true }),
    );
    expect(mfaCode).toHaveBeenCalledTimes(10);
    expect(mfaCode.mock.calls[5]).toEqual([MFA, false]);
  });

  it('that is not given is not asked for again', async () => {
    const mfaCode = vi
      .fn<MfaCode>()
      .mockRejectedValue(new EnvelopeError('credentials-mfa', 'no MFA code was given', { refused: true }));
    const provider = new AwsKmsProvider([connect(byRole({ mfaSerial: MFA }), { mfaCode })]);
    await expect(sealed(provider, key)).rejects.toEqual(coded('credentials-mfa', { refused: true }));
    expect(mfaCode).toHaveBeenCalledOnce();
  });
});
