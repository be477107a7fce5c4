/** @file Every fault ends in its own code, and nothing hangs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../shared/errors.ts';
import type { AwsConnection } from '../electron/keys/aws/connection.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { DataKey } from '../electron/keys/data-key.ts';
import { connectTo, SECRET } from './kms-stand-in/connect.ts';
import type { FaultKind } from './kms-stand-in/faults.ts';
import { coded, context, newKey, opened, sealed } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';

let kms: StandIn;
let key: string;
let connection: AwsConnection;
let provider: AwsKmsProvider;

beforeAll(async () => {
  kms = await startKms();
  key = newKey(kms).arn;
});

afterAll(async () => {
  await kms.stop();
});

/** A fresh connection: the SDK's memory of earlier throttling would slow the next test down. */
function connect(
  ...[settings, prompts, limits]: Parameters<typeof connectTo> extends [string, ...infer R] ? R : never
): void {
  connection = connectTo(kms.endpoint, settings, prompts, limits);
  provider = new AwsKmsProvider([connection]);
}

afterEach(() => {
  connection[Symbol.dispose]();
  kms.faults.clear();
  kms.calls.length = 0;
});

describe('faults for good', () => {
  it.each<[FaultKind['kind'], FaultKind, ErrorCode]>([
    ['throttle', { kind: 'throttle' }, 'kms-unavailable'],
    ['denied', { kind: 'denied' }, 'kms-access-denied'],
    ['broken', { kind: 'broken' }, 'kms-unavailable'],
    ['expired', { kind: 'expired' }, 'credentials-expired'],
    ['skewed', { kind: 'skewed' }, 'clock-skewed'],
    ['reset', { kind: 'reset' }, 'kms-offline'],
    ['half', { kind: 'half' }, 'kms-offline'],
    ['stall', { kind: 'stall' }, 'kms-offline'],
    ['drip', { kind: 'drip' }, 'kms-offline'],
    ['delay', { kind: 'delay', ms: 60_000 }, 'kms-offline'],
    ['refuse', { kind: 'refuse', name: 'UnrecognizedClientException' }, 'credentials-invalid'],
    ['refuse', { kind: 'refuse', name: 'KeyUnavailableException', status: 500 }, 'kms-unavailable'],
    ['refuse', { kind: 'refuse', name: 'SomethingNew' }, 'kms-unexpected'],
  ])('%s: %o', async (_, fault, code) => {
    connect();
    kms.faults.add(fault);
    await expect(provider.generate(key, context)).rejects.toEqual(
      coded(code, { action: 'GenerateDataKey', key }),
    );
    expect(kms.calls.length).toBeLessThanOrEqual(2);
  });

  it('nobody there', async () => {
    const gone = await startKms();
    const { endpoint } = gone;
    await gone.stop();
    connect({ endpoint });
    await expect(provider.generate(key, context)).rejects.toEqual(
      coded('kms-offline', { name: 'ECONNREFUSED' }),
    );
  });

  it('an endpoint in plain http elsewhere, also one from the environment, gets no request', async () => {
    connect({ endpoint: 'http://192.0.2.1' });
    await expect(provider.generate(key, context)).rejects.toEqual(coded('kms-endpoint-refused'));
    connect({ endpoint: undefined });
    process.env.AWS_ENDPOINT_URL_KMS = 'http://192.0.2.1';
    try {
      await expect(provider.generate(key, context)).rejects.toEqual(coded('kms-endpoint-refused'));
    } finally {
      delete process.env.AWS_ENDPOINT_URL_KMS;
    }
  });
});

describe('faults that pass', () => {
  it.each(['throttle', 'broken', 'reset', 'half', 'stall'] as const)(
    '%s once: the second attempt succeeds',
    async (kind) => {
      connect();
      kms.faults.add({ kind, times: 1 });
      const { entry, bytes } = await sealed(provider, key);
      expect(kms.actions).toEqual(['GenerateDataKey', 'GenerateDataKey']);
      kms.faults.clear();
      expect(await opened(provider, entry)).toEqual(bytes);
    },
  );

  it('a clock that is an hour off is corrected by the answer', async () => {
    connect();
    kms.faults.clockOffsetMs = 3_600_000;
    await sealed(provider, key);
    expect(kms.calls).toHaveLength(2);
    await sealed(provider, key);
    expect(kms.calls).toHaveLength(3);
  });
});

describe('cancelling', () => {
  it.each<[string, FaultKind]>([
    ['while the KMS is silent', { kind: 'delay', ms: 60_000 }],
    ['while half of the answer is there', { kind: 'stall' }],
    ['between two attempts', { kind: 'throttle' }],
  ])('%s', async (_, fault) => {
    connect({}, {}, { requestMs: 60_000, attempts: 20 });
    kms.faults.add(fault);
    const abort = new AbortController();
    const generated = provider.generate(key, context, { signal: abort.signal });
    await expect.poll(() => kms.calls.length).toBe(1);
    abort.abort();
    await expect(generated).rejects.toEqual(coded('cancelled'));
  });

  it('in the queue, before a call went out', async () => {
    connect({ callsPerSecond: 1 });
    await sealed(provider, key);
    const abort = new AbortController();
    const generated = provider.generate(key, context, { signal: abort.signal });
    abort.abort();
    await expect(generated).rejects.toEqual(coded('cancelled'));
    expect(kms.calls).toHaveLength(1);
  });

  it('while a person looks for a code', async () => {
    const mfaSerial = 'arn:aws:iam::111122223333:mfa/alice';
    const roleArn = 'arn:aws:iam::111122223333:role/sealer';
    const asked = Promise.withResolvers<void>();
    const mfaCode = async (): Promise<string> => {
      asked.resolve();
      return await new Promise(() => undefined);
    };
    connect({ credentials: { kind: 'role', roleArn, mfaSerial } }, { mfaCode });
    const abort = new AbortController();
    const generated = provider.generate(key, context, { signal: abort.signal });
    await asked.promise;
    abort.abort();
    await expect(generated).rejects.toEqual(coded('cancelled'));
  });

  it('before it began', async () => {
    connect();
    await expect(provider.generate(key, context, { signal: AbortSignal.abort() })).rejects.toEqual(
      coded('cancelled'),
    );
    expect(kms.calls).toEqual([]);
  });
});

describe('the queue', () => {
  it('never starts more calls in any second than allowed', async () => {
    connect({ callsPerSecond: 5 });
    await sealed(provider, key);
    await sleep(850);
    await Promise.all(Array.from({ length: 12 }, () => sealed(provider, key)));
    const times = kms.calls.map(({ at }) => at).sort((a, b) => a - b);
    // Six calls begin more than a second apart. Half of it is left for a slow machine; windows that only count whole
    // seconds of their own would let nine through at once.
    for (let i = 5; i < times.length; i++) {
      expect((times[i] ?? 0) - (times[i - 5] ?? 0)).toBeGreaterThan(500);
    }
  });

  it('never has more calls under way than allowed', async () => {
    connect({}, {}, { concurrency: 3, requestMs: 60_000 });
    const release = kms.faults.hold('GenerateDataKey');
    const all = Promise.all(Array.from({ length: 8 }, () => sealed(provider, key)));
    await expect.poll(() => kms.calls.length).toBe(3);
    await sleep(50);
    expect(kms.calls).toHaveLength(3);
    release();
    await all;
    expect(kms.calls).toHaveLength(8);
  });
});

describe('secrets', () => {
  it.each<FaultKind>([
    { kind: 'denied' },
    { kind: 'broken' },
    { kind: 'half' },
    { kind: 'reset' },
    { kind: 'foreign-key' },
    { kind: 'short-key' },
  ])('are in no error: %o', async (fault) => {
    const sessionToken = 'SESSION-token-of-the-test';
    connect({}, { secretKey: () => Promise.resolve({ secretAccessKey: SECRET, sessionToken }) });
    using dataKey = DataKey.generate();
    kms.faults.add(fault);
    const failures = await Promise.allSettled([
      provider.wrap(key, dataKey, context),
      provider.generate(key, context),
    ]);
    expect(failures[1]?.status).toBe('rejected');
    const options = { depth: null, showHidden: true, maxStringLength: null };
    for (const failure of failures.filter(({ status }) => status === 'rejected')) {
      const shown = inspect(failure, options) + JSON.stringify(failure);
      expect(shown).not.toContain(SECRET);
      expect(shown).not.toContain(sessionToken);
      expect(shown).not.toContain(Buffer.from(dataKey.bytes).toString('base64'));
      expect(shown).not.toContain('"Plaintext"');
    }
  });

  it('are not in a connection that is printed', async () => {
    connect();
    await sealed(provider, key);
    expect(inspect(connection, { depth: null }) + JSON.stringify(connection)).not.toContain(SECRET);
  });
});
