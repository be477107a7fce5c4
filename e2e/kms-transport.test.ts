/** @file Proxy, certificates, FIPS and dual stack: AWS's own host names, answered by the stand-in behind a proxy on loopback. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KmsConnection } from '../shared/kms.ts';
import { whoAmI } from '../electron/keys/aws/admin.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { testConnection } from '../electron/keys/aws/test-connection.ts';
import { selfSigned } from './kms-stand-in/certificate.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import { coded, newKey, opened, sealed } from './kms-stand-in/fixture.ts';
import { startProxy, type Proxy } from './kms-stand-in/proxy.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';

const KMS = 'kms.eu-central-1.amazonaws.com';
const STS = 'sts.eu-central-1.amazonaws.com';
const FIPS = 'kms-fips.eu-central-1.amazonaws.com';
const DUAL_STACK = 'kms.eu-central-1.api.aws';

let kms: StandIn;
let proxy: Proxy;
let folder: string;
let caFile: string;
let key: string;

beforeAll(async () => {
  const tls = selfSigned([KMS, STS, FIPS, DUAL_STACK]);
  folder = await mkdtemp(join(tmpdir(), 'envelope-ca-'));
  caFile = join(folder, 'ca.pem');
  await writeFile(caFile, tls.cert);
  kms = await startKms({ tls });
  proxy = await startProxy(kms.port);
  key = newKey(kms).arn;
});

afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await kms.stop();
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  proxy.asked.length = 0;
});

const behindProxy = (more: Partial<KmsConnection> = {}): Partial<KmsConnection> => ({
  endpoint: undefined,
  proxy: proxy.url,
  caFile,
  ...more,
});

describe('https', () => {
  it('with a certificate that the CA file vouches for', async () => {
    using connection = connectTo(kms.endpoint, { caFile });
    const provider = new AwsKmsProvider([connection]);
    const { entry, bytes } = await sealed(provider, key);
    expect(await opened(provider, entry)).toEqual(bytes);
  });

  it('with a certificate that nobody vouches for', async () => {
    using connection = connectTo(kms.endpoint);
    await expect(sealed(new AwsKmsProvider([connection]), key)).rejects.toEqual(coded('kms-tls'));
  });

  it.each(['missing.pem', 'not-a-certificate'])('with a CA file that is none: %s', async (name) => {
    await writeFile(join(folder, 'not-a-certificate'), 'hello');
    using connection = connectTo(kms.endpoint, { caFile: join(folder, name) });
    const failed = sealed(new AwsKmsProvider([connection]), key);
    await expect(failed).rejects.toEqual(coded('settings-invalid', { setting: 'caFile' }));
  });
});

describe('a proxy', () => {
  it.each([
    ['plain', KMS, {}],
    ['FIPS', FIPS, { fips: true }],
    ['dual stack', DUAL_STACK, { dualStack: true }],
  ])('is asked for the KMS: %s', async (_, host, settings) => {
    using connection = connectTo('', behindProxy(settings));
    await sealed(new AwsKmsProvider([connection]), key);
    expect(new Set(proxy.asked)).toEqual(new Set([`${host}:443`]));
  });

  it('is asked for STS too, also where the KMS has an endpoint of its own', async () => {
    using connection = connectTo('', behindProxy({ endpoint: kms.endpoint }));
    await expect(whoAmI(connection)).resolves.toMatchObject({ account: '111122223333' });
    expect(proxy.asked).toEqual([`${STS}:443`]);
  });

  it('is asked for the STS call behind a role', async () => {
    const roleArn = 'arn:aws:iam::111122223333:role/sealer';
    process.env.AWS_ACCESS_KEY_ID = 'AKIAENV';
    process.env.AWS_SECRET_ACCESS_KEY = 'x';
    try {
      using connection = connectTo('', behindProxy({ credentials: { kind: 'role', roleArn } }));
      await sealed(new AwsKmsProvider([connection]), key);
      expect(new Set(proxy.asked)).toEqual(new Set([`${STS}:443`, `${KMS}:443`]));
    } finally {
      delete process.env.AWS_ACCESS_KEY_ID;
      delete process.env.AWS_SECRET_ACCESS_KEY;
    }
  });

  it('is asked for no other STS by the test of a role', async () => {
    const roleArn = 'arn:aws:iam::111122223333:role/sealer';
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENV');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
    try {
      using connection = connectTo('', behindProxy({ credentials: { kind: 'role', roleArn } }));
      const results = await Array.fromAsync(testConnection(connection));
      expect(results.map(({ ok }) => ok)).toEqual([true, true]);
      expect(new Set(proxy.asked)).toEqual(new Set([`${STS}:443`]));
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('does not make a foreign certificate good', async () => {
    using connection = connectTo('', behindProxy({ caFile: undefined }));
    await expect(sealed(new AwsKmsProvider([connection]), key)).rejects.toEqual(coded('kms-tls'));
  });

  it('that never answers is given up', async () => {
    await using silent = await startProxy(kms.port, { silent: true });
    using connection = connectTo('', behindProxy({ proxy: silent.url }), {}, { connectMs: 200 });
    await expect(sealed(new AwsKmsProvider([connection]), key)).rejects.toEqual(coded('kms-offline'));
    expect(silent.asked).toHaveLength(2);
  });

  it.each(['socks5://127.0.0.1:1080', 'nonsense'])(
    'that is no http proxy is a wrong setting: %s',
    async (url) => {
      using connection = connectTo('', behindProxy({ proxy: url }));
      const failed = sealed(new AwsKmsProvider([connection]), key);
      await expect(failed).rejects.toEqual(coded('settings-invalid', { setting: 'proxy' }));
    },
  );
});
