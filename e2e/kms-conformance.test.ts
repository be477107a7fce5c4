/**
 * @file The stand-in held to moto: the same cases on both, by the provider the program uses. Where the two differ, the
 * difference is a row of differences.ts and asserted on both sides. moto refuses in XML, so *denied* is a fault of the
 * stand-in (kms-faults.test.ts); kms-moto-denied.test.ts has what moto can show.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WrappedKey } from '../shared/envelope.ts';
import { listAliases, resolveKey, whoAmI } from '../electron/keys/aws/admin.ts';
import { dryRun } from '../electron/keys/aws/dry-run.ts';
import { DataKey } from '../electron/keys/data-key.ts';
import { differences, disabled, freshKey, schedule, setUp, type Bench } from './kms-stand-in/differences.ts';
import { coded, context, HOME, opened, sealed } from './kms-stand-in/fixture.ts';
import { startMoto } from './kms-stand-in/moto.ts';
import { startKms } from './kms-stand-in/start.ts';

type Emulator = AsyncDisposable & { endpoint: string };

function cases(name: 'aws' | 'moto', start: () => Promise<Emulator>): void {
  let emulator: Emulator;
  let bench: Bench;

  beforeAll(async () => {
    emulator = await start();
    bench = await setUp(emulator.endpoint);
  });

  afterAll(async () => {
    bench.connection[Symbol.dispose]();
    await emulator[Symbol.asyncDispose]();
  });

  it('CreateKey, CreateAlias, EnableKeyRotation, DescribeKey', async () => {
    await expect(bench.provider.describe('alias/files')).resolves.toMatchObject({
      key: bench.key,
      canSeal: true,
      canOpen: true,
      state: 'Enabled',
      region: HOME,
      multiRegion: false,
      rotation: true,
    });
    await expect(resolveKey(bench.connection, bench.key)).resolves.toBe(bench.key);
  });

  it('an alias that is taken', async () => {
    const { connection, key } = bench;
    const again = connection.call({ action: 'CreateAlias', region: HOME }, (kms) =>
      kms.createAlias({ AliasName: 'alias/files', TargetKeyId: key }),
    );
    await expect(again).rejects.toEqual(coded('kms-request-invalid', { name: 'AlreadyExistsException' }));
  });

  it("ListAliases, without AWS's own", async () => {
    const aliases = await listAliases(bench.connection);
    expect(aliases).toContainEqual({ alias: 'alias/files', arn: bench.key });
    expect(aliases.filter(({ alias }) => alias.startsWith('alias/aws/'))).toEqual([]);
  });

  it.each(['alias/nobody', '00000000-0000-4000-8000-000000000000'])(
    'DescribeKey of nothing: %s',
    async (key) => {
      await expect(bench.provider.describe(key)).rejects.toEqual(coded('kms-key-not-found'));
    },
  );

  it('GenerateDataKey by alias, ARN and id; Decrypt with the context in any order', async () => {
    const id = bench.key.split('/').at(-1) ?? '';
    for (const name of ['alias/files', bench.key, id]) {
      const { entry, bytes } = await sealed(bench.provider, name);
      expect(entry.key).toBe(bench.key);
      expect(await opened(bench.provider, entry)).toEqual(bytes);
      const backwards = Object.fromEntries(Object.entries(context).toReversed());
      await expect(bench.provider.unwrap(entry, backwards)).resolves.toBeDefined();
    }
  });

  it('Encrypt of a key that is already there', async () => {
    using dataKey = DataKey.generate();
    const { entry } = await bench.provider.wrap(bench.key, dataKey, context);
    expect(await opened(bench.provider, entry)).toEqual(Buffer.from(dataKey.bytes));
  });

  it.each<[string, (entry: WrappedKey) => [WrappedKey, Record<string, string>]]>([
    ['another context', (entry) => [entry, { ...context, project: 'Apollo' }]],
    ['a part of the context', (entry) => [entry, { 'envelope-id': context['envelope-id'] }]],
    ['no context', (entry) => [entry, {}]],
    ['a damaged blob', (entry) => [{ ...entry, wrapped: flipped(entry.wrapped) }, context]],
  ])('Decrypt with %s', async (_, change) => {
    const [entry, given] = change(bench.entry);
    await expect(bench.provider.unwrap(entry, given)).rejects.toEqual(coded('kms-ciphertext-invalid'));
  });

  it('Decrypt in a region that has not the key', async () => {
    const entry = { ...bench.entry, key: bench.key.replace(HOME, 'eu-west-1') };
    await expect(bench.provider.unwrap(entry, context)).rejects.toEqual(coded('kms-key-not-found'));
  });

  it('ReEncrypt to another key', async () => {
    const { entry, bytes } = await sealed(bench.provider, bench.key);
    const rewrapped = await bench.provider.rewrap(entry, context, bench.other);
    expect(rewrapped?.entry.key).toBe(bench.other);
    expect(await opened(bench.provider, rewrapped?.entry ?? entry)).toEqual(bytes);
  });

  it('Encrypt of more than 4096 bytes', async () => {
    const tooMuch = bench.connection.call({ action: 'Encrypt', region: HOME }, (kms) =>
      kms.encrypt({ KeyId: bench.key, Plaintext: new Uint8Array(4097) }),
    );
    await expect(tooMuch).rejects.toEqual(coded('kms-request-invalid', { name: 'ValidationException' }));
  });

  it('a disabled and a deleted key, as states', async () => {
    const off = await disabled(bench);
    await expect(bench.provider.describe(off)).resolves.toMatchObject({
      state: 'Disabled',
      canSeal: false,
      canOpen: false,
    });
    const going = await freshKey(bench);
    await schedule(bench, going);
    await expect(bench.provider.describe(going)).resolves.toMatchObject({
      state: 'PendingDeletion',
      canOpen: false,
      deletion: expect.stringMatching(/^2/),
    });
  });

  it.each(['GenerateDataKey', 'Decrypt'] as const)(
    'a dry run of %s, which moto just does',
    async (action) => {
      await expect(dryRun(bench.connection, action, bench.key, context)).resolves.toBe(true);
      await expect(dryRun(bench.connection, action, 'alias/nobody', context)).rejects.toEqual(
        coded('kms-key-not-found'),
      );
    },
  );

  it('GetCallerIdentity', async () => {
    await expect(whoAmI(bench.connection)).resolves.toEqual({
      account: expect.stringMatching(/^[0-9]{12}$/),
      arn: expect.stringMatching(/^arn:aws:(?:iam|sts)::/),
    });
  });

  it.each(differences.map((row) => [row.what, row[name], row] as const))(
    'known difference: %s %s',
    async (_, outcome, { run }) => {
      if (outcome === 'succeeds') await expect(run(bench)).resolves.toBeDefined();
      else await expect(run(bench)).rejects.toEqual(coded(outcome));
    },
  );
}

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
  return copy;
}

describe('KMS conformance: the stand-in', () => {
  cases('aws', startKms);
});

const python = process.env.ENVELOPE_PYTHON ?? '';
const withMoto = python !== '';

describe(`KMS conformance: moto${withMoto ? '' : ': not run, ENVELOPE_PYTHON is not set'}`, () => {
  if (withMoto) cases('moto', () => startMoto(python));
  else noMoto();
});

function noMoto(): void {
  it('is left out only where nobody requires it', () => {
    console.log('KMS conformance: moto was not run, ENVELOPE_PYTHON is not set');
    expect(process.env.ENVELOPE_REQUIRE_INTEROP ?? '').not.toBe('1');
  });
}
