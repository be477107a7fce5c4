/**
 * @file Every fault of a KMS, while a pair is sealed, opened, verified and rewrapped: it ends in time and by its own code,
 * what was there is untouched, nothing is left beside it, and when the KMS is well again all of it is done.
 */
import dns from 'node:dns';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorCode } from '../shared/errors.ts';
import { isEnvelopeError } from '../shared/errors.ts';
import { freshPair, makeTestEngine, sealRequest } from '../electron/envelope/engine.fixture.ts';
import type { TestEngine } from '../electron/envelope/engine.fixture.ts';
import { open } from '../electron/envelope/open.ts';
import { readEnvelopeFile } from '../electron/envelope/read.ts';
import { rewrap } from '../electron/envelope/rewrap.ts';
import { seal, type Sealed } from '../electron/envelope/seal.ts';
import { verify } from '../electron/envelope/verify.ts';
import type { AwsConnection } from '../electron/keys/aws/connection.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import type { KeyRef } from '../electron/keys/keyring.ts';
import { selfSigned } from './kms-stand-in/certificate.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import type { FaultKind } from './kms-stand-in/faults.ts';
import { newKey } from './kms-stand-in/fixture.ts';
import { startProxy } from './kms-stand-in/proxy.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';

/** Two attempts of 0.3 s and the pause between them, on a slow machine; the faults last a minute or for ever. */
const IN_TIME_MS = 20_000;
const TEXT = 'tax papers';

let kms: StandIn;
let well: TestEngine;
/** Whose KMS has the fault. */
let ill: TestEngine;
let key: KeyRef;
let other: KeyRef;
let ends: (() => unknown)[];

const engineWith = async (connection: AwsConnection): Promise<TestEngine> => {
  const engine = await makeTestEngine({ aws: new AwsKmsProvider([connection]) });
  ends.push(async () => {
    await engine[Symbol.asyncDispose]();
    connection[Symbol.dispose]();
  });
  for (const { key: arn } of [key, other]) await engine.keyring.approve(arn);
  return engine;
};

beforeAll(async () => {
  kms = await startKms();
});
afterAll(async () => {
  await kms.stop();
});
beforeEach(async () => {
  ends = [];
  key = { provider: 'aws-kms', key: newKey(kms).arn };
  other = { provider: 'aws-kms', key: newKey(kms).arn };
  well = await engineWith(connectTo(kms.endpoint));
});
afterEach(async () => {
  vi.restoreAllMocks();
  kms.faults.clear();
  for (const end of ends.toReversed()) await end();
});

/** All files below a folder, with their bytes. */
const snapshot = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, 'base64')]),
  );

type Work = { action: string; run: (engine: TestEngine, folder: string, pair: Sealed) => Promise<unknown> };

const changing =
  (change: (engine: TestEngine) => object) => async (engine: TestEngine, _: string, pair: Sealed) =>
    await rewrap(engine, pair.envelope, { add: [], remove: [], ...change(engine) });

/** What is done, and the call in which the KMS is ill. */
const works: Record<string, Work> = {
  seal: {
    action: 'GenerateDataKey',
    run: async (engine, folder) =>
      await seal(
        engine,
        sealRequest(engine, path.join(folder, 'new.txt'), { keys: [key], binOriginal: true }),
      ),
  },
  'seal with a second key': {
    action: 'Encrypt',
    run: async (engine, folder) =>
      await seal(
        engine,
        sealRequest(engine, path.join(folder, 'new.txt'), { keys: [key, other], binOriginal: true }),
      ),
  },
  open: {
    action: 'Decrypt',
    run: async (engine, folder, { envelope }) =>
      await open(engine, await readEnvelopeFile(envelope), { folder, collision: 'keep-both' }),
  },
  verify: {
    action: 'Decrypt',
    run: async (engine, _, { envelope }) => await verify(engine, await readEnvelopeFile(envelope)),
  },
  'add a local key': { action: 'Decrypt', run: changing(({ local }) => ({ add: [local] })) },
  'add a KMS key': { action: 'Encrypt', run: changing(() => ({ add: [other] })) },
  'replace a KMS key by a local one': {
    action: 'Decrypt',
    run: changing(({ local }) => ({ replace: [{ from: key.key, to: local }] })),
  },
  'replace a KMS key by another': {
    action: 'ReEncrypt',
    run: changing(() => ({ replace: [{ from: key.key, to: other }] })),
  },
};

/** Does `work` where the KMS is ill, and sees that it ends in time with `code` and leaves everything as it was. */
async function suffers(
  { run }: Work,
  code: ErrorCode,
  begin: () => unknown = () => undefined,
): Promise<{ folder: string; pair: Sealed }> {
  const pair = await freshPair(well, TEXT, { keys: [key], binOriginal: true });
  const folder = path.dirname(pair.envelope);
  await writeFile(path.join(folder, 'new.txt'), 'new');
  const before = snapshot(folder);
  begin();
  const started = performance.now();
  const error: unknown = await run(ill, folder, pair).catch((failure: unknown) => failure);
  expect(performance.now() - started).toBeLessThan(IN_TIME_MS);
  if (!isEnvelopeError(error)) throw new Error('it was done, or a bug', { cause: error });
  const [attempt] = (error.details['attempts'] ?? []) as { error?: { code: ErrorCode } }[];
  expect(error.code === 'no-key-opens' ? attempt?.error?.code : error.code).toBe(code);
  expect(snapshot(folder)).toEqual(before);
  expect(ill.bin).toEqual([]);
  return { folder, pair };
}

/** The KMS is well again: the work is done, and what there is opens. */
async function recovers({ run }: Work, { folder, pair }: { folder: string; pair: Sealed }): Promise<void> {
  kms.faults.clear();
  await run(well, folder, pair);
  expect(readdirSync(folder).filter((name) => name.includes('.partial'))).toEqual([]);
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.envelope')))
    await verify(well, await readEnvelopeFile(path.join(folder, name)));
}

const everywhere: readonly [name: string, fault: FaultKind, code: ErrorCode][] = [
  ['a throttle storm', { kind: 'throttle' }, 'kms-unavailable'],
  ['answers 500', { kind: 'broken' }, 'kms-unavailable'],
  ['delays of 25 s', { kind: 'delay', ms: 25_000 }, 'kms-offline'],
  ['resets', { kind: 'reset' }, 'kms-offline'],
  ['half of an answer', { kind: 'half' }, 'kms-offline'],
  ['half of an answer, then silence', { kind: 'stall' }, 'kms-offline'],
  ['an answer that comes byte by byte', { kind: 'drip' }, 'kms-offline'],
  ['a session that expired', { kind: 'expired' }, 'credentials-expired'],
  [
    'a session that was revoked',
    { kind: 'refuse', name: 'UnrecognizedClientException' },
    'credentials-invalid',
  ],
  ['a clock that cannot be mended', { kind: 'skewed' }, 'clock-skewed'],
  ['a key taken away', { kind: 'denied' }, 'kms-access-denied'],
  ['another key than the one asked', { kind: 'foreign-key' }, 'kms-answer-wrong'],
];

describe.each(Object.entries(works))('%s', (_, work) => {
  it.each(everywhere)('under %s', async (_name, fault, code) => {
    ill = await engineWith(connectTo(kms.endpoint));
    const begin = (): unknown => kms.faults.add({ ...fault, action: work.action });
    await recovers(work, await suffers(work, code, begin));
  });

  it('where the name of the KMS is not known', async () => {
    ill = await engineWith(connectTo('https://kms.nowhere.invalid'));
    const failed = Object.assign(new Error('getaddrinfo ENOTFOUND'), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
    });
    const lookup = (...args: unknown[]): void => {
      const callback = args.at(-1) as (error: Error) => void;
      process.nextTick(callback, failed);
    };
    vi.spyOn(dns, 'lookup').mockImplementation(lookup);
    const left = await suffers(work, 'kms-offline');
    vi.restoreAllMocks();
    await recovers(work, left);
  });

  it('behind a proxy that reads along with a certificate of its own', async () => {
    const tls = selfSigned(['kms.eu-central-1.amazonaws.com']);
    await using interceptor = await startKms({ tls });
    await using proxy = await startProxy(interceptor.port);
    ill = await engineWith(connectTo('', { endpoint: undefined, proxy: proxy.url }));
    const left = await suffers(work, 'kms-tls');
    expect(proxy.asked.length).toBeGreaterThan(0);
    expect(interceptor.calls).toEqual([]);
    await recovers(work, left);
  });
});

describe.each(['short-key', 'long-key'] as const)('a data key of the wrong length: %s', (kind) => {
  it.each(Object.entries(works).filter(([, { action }]) => /GenerateDataKey|Decrypt/.test(action)))(
    '%s',
    async (_, work) => {
      ill = await engineWith(connectTo(kms.endpoint));
      const begin = (): unknown => kms.faults.add({ kind, action: work.action });
      await recovers(work, await suffers(work, 'kms-answer-wrong', begin));
    },
  );
});

describe("another file's data key", () => {
  it.each(Object.entries(works).filter(([, { action }]) => action === 'Decrypt'))('%s', async (_, work) => {
    ill = await engineWith(connectTo(kms.endpoint));
    const begin = (): unknown => kms.faults.add({ kind: 'other-data-key', action: 'Decrypt' });
    await recovers(work, await suffers(work, 'key-wrong', begin));
  });
});

describe('ReEncrypt', () => {
  it('that was done from another key changes nothing', async () => {
    const work = works['replace a KMS key by another'];
    if (work === undefined) throw new Error('no such work');
    ill = await engineWith(connectTo(kms.endpoint));
    const begin = (): unknown => kms.faults.add({ kind: 'foreign-source', action: 'ReEncrypt' });
    await recovers(work, await suffers(work, 'kms-answer-wrong', begin));
  });
});
