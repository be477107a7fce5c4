/** @file For tests: envelopes under keys of the KMS stand-in, and a look at their health that notes every call. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import {
  freshFolder,
  makeTestEngine,
  sealRequest,
  type TestEngine,
} from '../electron/envelope/engine.fixture.ts';
import { seal, type SealRequest } from '../electron/envelope/seal.ts';
import { look, type Looked } from '../electron/health/health.fixture.ts';
import type { KmsParts } from '../electron/health/kms-desk.ts';
import type { HealthOptions, HealthParts, HealthRequest } from '../electron/health/scan.ts';
import type { AwsConnection } from '../electron/keys/aws/connection.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import type { KeyRef } from '../electron/keys/keyring.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import { newKey } from './kms-stand-in/fixture.ts';
import type { Key } from './kms-stand-in/keys.ts';
import { type StandIn, startKms } from './kms-stand-in/start.ts';

/** What a test has, fresh for each but for the KMS and the engine. */
export class KmsHealth {
  kms!: StandIn;
  connection!: AwsConnection;
  engine!: TestEngine;
  folder = '';
  /** What seals unless a test says otherwise. */
  key!: Key;

  at(name: string): string {
    return path.join(this.folder, name);
  }

  keyOf({ arn }: Key): KeyRef {
    return { provider: 'aws-kms', key: arn };
  }

  /** Seals a file of this name, whose original is gone then. */
  async pair(name: string, more: Partial<SealRequest> = {}): Promise<void> {
    await mkdir(path.dirname(this.at(name)), { recursive: true });
    await writeFile(this.at(name), name);
    const keys = [this.keyOf(this.key)];
    await seal(this.engine, sealRequest(this.engine, this.at(name), { binOriginal: true, keys, ...more }));
  }

  async pairs(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) await this.pair(`${n}`);
  }

  /** Looks at the folder, or at `request`; calls before it are forgotten. */
  async look(
    more: Partial<KmsParts & HealthParts> = {},
    options: Partial<HealthOptions> = {},
    request: HealthRequest = { paths: [this.folder] },
  ): Promise<Looked> {
    this.kms.calls.length = 0;
    const { again, need, checkAccount, opening, ...parts } = more;
    const kms: KmsParts = {
      opening: opening ?? (async () => await Promise.resolve([this.connection])),
      checkAccount: checkAccount ?? (async () => await Promise.resolve()),
      again,
      need,
    };
    // Local keys are open: nobody is asked about them.
    const local = { isOpen: () => true, describe: async () => await Promise.resolve(undefined) };
    const { keyring } = this.engine;
    return await look(
      { keyring, local, unlock: false, kms, nameOf: () => undefined, ...parts },
      request,
      options,
    );
  }

  /** The calls in their order. */
  get called(): string[] {
    return this.kms.calls.map(({ action, dryRun }) => (dryRun ? `${action} (dry run)` : action));
  }
}

/** To be called once in a test file. */
export function useKmsHealth(): KmsHealth {
  const health = new KmsHealth();
  beforeAll(async () => {
    health.kms = await startKms();
    health.connection = connectTo(health.kms.endpoint, {}, {}, { attempts: 1, requestMs: 10_000 });
    health.engine = await makeTestEngine({ aws: new AwsKmsProvider([health.connection]) });
  });
  afterAll(async () => {
    await health.engine[Symbol.asyncDispose]();
    health.connection[Symbol.dispose]();
    await health.kms.stop();
  });
  beforeEach(async () => {
    health.folder = await freshFolder(health.engine);
    health.key = newKey(health.kms);
  });
  afterEach(() => {
    health.kms.faults.clear();
  });
  return health;
}
