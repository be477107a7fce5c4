/** @file For tests: a look at health with real keys of a folder, noting every file it tells of. */
import path from 'node:path';
import type { HealthFile, HealthSummary, KeyHealth } from '../../shared/health.ts';
import { makeTestEngine, type TestEngine } from '../envelope/engine.fixture.ts';
import { verify } from '../envelope/verify.ts';
import { AgeKeys } from '../keys/age.ts';
import type { AgeIdentity } from '../keys/age-identity.ts';
import { LocalStore } from '../keys/local-store.ts';
import { checkHealth, type HealthOptions, type HealthParts, type HealthRequest } from './scan.ts';

export type Looked = {
  summary: HealthSummary;
  files: HealthFile[];
  /** By the file's name: its problem, or `opens`. */
  states: Record<string, string>;
  /** By what the envelope calls the key. */
  keys: Record<string, KeyHealth>;
};

export class HealthFixture implements AsyncDisposable {
  readonly engine: TestEngine;
  readonly localStore: LocalStore;

  private constructor(engine: TestEngine, localStore: LocalStore) {
    this.engine = engine;
    this.localStore = localStore;
  }

  static async create(identities: readonly AgeIdentity[] = []): Promise<HealthFixture> {
    const engine = await makeTestEngine({ age: new AgeKeys(identities) });
    return new HealthFixture(engine, new LocalStore(path.join(engine.folder, 'home', 'keys')));
  }

  parts(more: Partial<HealthParts> = {}): HealthParts {
    return {
      keyring: this.engine.keyring,
      local: this.localStore,
      unlock: false,
      kms: {
        opening: async () => await Promise.reject(new Error('this test has no KMS')),
        checkAccount: async (arn) => {
          await this.engine.keyring.checkAccount(arn);
        },
      },
      nameOf: () => undefined,
      ...more,
    };
  }

  /** `verify` of the engine, for `--deep`. */
  get deep(): Pick<HealthParts, 'verify'> {
    return {
      verify: async (file, run) => {
        const { size, requestIds } = await verify(this.engine, file, run);
        return { size, calls: requestIds.length };
      },
    };
  }

  async look(
    request: HealthRequest | string,
    more: Partial<HealthParts> = {},
    options: Partial<HealthOptions> = {},
  ): Promise<Looked> {
    return await look(this.parts(more), request, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.localStore[Symbol.dispose]();
    await this.engine[Symbol.asyncDispose]();
  }
}

export async function look(
  parts: HealthParts,
  request: HealthRequest | string,
  options: Partial<HealthOptions> = {},
): Promise<Looked> {
  const files: HealthFile[] = [];
  const onFile = (file: HealthFile): void => {
    files.push(structuredClone(file));
  };
  const given = typeof request === 'string' ? { paths: [request] } : request;
  const summary = await checkHealth(parts, given, { onFile, ...options });
  return {
    summary,
    files,
    states: Object.fromEntries(
      files.map(({ path: file, problem = 'opens' }) => [path.basename(file), problem]),
    ),
    keys: Object.fromEntries(summary.keys.map((key) => [key.key, key])),
  };
}
