/** @file For tests: the work behind the window with the KMS stand-in as its only KMS. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import type { ConnectionForm } from '../shared/contract.ts';
import { type FakeDesktop, TestHome, type TestRun } from '../electron/app/services.fixture.ts';
import type { WorkRoutes } from '../electron/ipc/services.ts';
import { SECRET } from './kms-stand-in/connect.ts';
import { newKey } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';

/** What a test of the work has, fresh for each test but for the KMS. */
export type KmsWork = {
  kms: StandIn;
  home: TestHome;
  run: TestRun;
  routes: WorkRoutes;
  desktop: FakeDesktop;
  /** The ARN of a key of the KMS. */
  key: string;
  /** Starts the program; what ran before was disposed. */
  begin(): Promise<void>;
};

const ours = ['AWS_PROFILE', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** To be called once in a test file. `mfaCodes`: those the KMS takes, each once. */
export function useKmsWork(mfaCodes: readonly string[] = []): KmsWork {
  const work = {
    async begin() {
      work.run = await work.home.run();
      ({ desktop: work.desktop } = work.run);
      ({ routes: work.routes } = work.run.work);
    },
  } as KmsWork;
  beforeAll(async () => {
    work.kms = await startKms({ mfaCodes });
    work.key = newKey(work.kms).arn;
  });
  afterAll(async () => {
    await work.kms.stop();
  });
  beforeEach(async () => {
    work.home = await TestHome.create();
    const credentials = path.join(work.home.folder, 'credentials');
    await writeFile(credentials, '[keys]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = x\n');
    // Nothing of the machine that runs the tests may be found.
    for (const name of ours) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', credentials);
    vi.stubEnv('AWS_CONFIG_FILE', path.join(work.home.folder, 'config'));
    await work.begin();
  });
  afterEach(async () => {
    await work.run[Symbol.asyncDispose]();
    await work.home[Symbol.asyncDispose]();
    work.kms.faults.clear();
    work.kms.calls.length = 0;
    vi.unstubAllEnvs();
  });
  return work;
}

export function connectionForm({ kms }: KmsWork, more: Partial<ConnectionForm> = {}): ConnectionForm {
  return {
    name: 'work',
    credentials: { kind: 'keys', accessKeyId: 'AKIATEST' },
    region: 'eu-central-1',
    endpoint: kms.endpoint,
    callsPerSecond: 1000,
    ca: { kind: 'none' },
    ...more,
  };
}

export async function connect(work: KmsWork, more: Partial<ConnectionForm> = {}): Promise<void> {
  await work.routes.saveConnection(connectionForm(work, more), undefined, { secretAccessKey: SECRET });
}

/** A folder with `count` small files. */
export async function freshFiles({ home }: KmsWork, count: number): Promise<string> {
  const folder = path.join(home.folder, 'files');
  await mkdir(folder);
  for (let index = 0; index < count; index += 1)
    await writeFile(path.join(folder, `${index}.txt`), `${index}`);
  return folder;
}
