/** @file An engine for tests: real keys, real pool, real journal, in a temporary folder of its own. */
import {
  type FileHandle,
  mkdir,
  mkdtemp,
  open as openFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Copies } from '../copies/copies.ts';
import { Journal } from '../files/journal.ts';
import { toMilliseconds } from '../files/times.ts';
import { AgeKeys } from '../keys/age.ts';
import { Keyring, type KeyRef } from '../keys/keyring.ts';
import { LocalStore } from '../keys/local-store.ts';
import { LocalKeys } from '../keys/local.ts';
import type { KeyProvider } from '../keys/provider.ts';
import { findPlaces, type Places } from '../settings/places.ts';
import { SettingsStore } from '../settings/store.ts';
import type { StreamRunner } from '../stream/job.ts';
import { createStreamPool } from '../stream/pool.ts';
import type { Engine } from './engine.ts';
import { seal, type Sealed, type SealRequest } from './seal.ts';

export type TestEngine = Engine &
  AsyncDisposable & {
    copies: Copies;
    settings: SettingsStore;
    places: Places;
    /** For the test's own files. */
    folder: string;
    /** What was "moved to the bin". */
    bin: string[];
    local: KeyRef;
  };

/** `aws`: what stands in for the KMS. Without it a test that calls one fails. `age`: else there are no identities. */
export async function makeTestEngine(
  options: { aws?: KeyProvider; age?: KeyProvider } = {},
): Promise<TestEngine> {
  const home = await realpath(await mkdtemp(path.join(tmpdir(), 'envelope-test-')));
  const places = findPlaces({ ENVELOPE_HOME: path.join(home, 'home') });
  const localStore = new LocalStore(places.keysFolder);
  const settings = new SettingsStore(places.settingsFile);
  const keyring = new Keyring({
    local: new LocalKeys(localStore),
    localStore,
    age: options.age ?? new AgeKeys(),
    aws: async () => await Promise.resolve(options.aws ?? Promise.reject(new Error('this test has no KMS'))),
    settings,
  });
  const pool = createStreamPool({ workers: 2 });
  const journal = Journal.open(places.journalFolder);
  const bin: string[] = [];
  return {
    pool,
    keyring,
    journal,
    copies: new Copies(settings, places),
    settings,
    places,
    moveToBin: async (gone) => {
      bin.push(gone);
      await rm(gone, { recursive: true });
    },
    bin,
    folder: home,
    local: await keyring.resolve('local'),
    async [Symbol.asyncDispose]() {
      await pool[Symbol.asyncDispose]();
      await journal.close();
      localStore[Symbol.dispose]();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** What comes back with the bytes: whole milliseconds and permission bits. */
export async function timeAndMode(file: string): Promise<{ modifiedMs: number; mode: string }> {
  const stats = await stat(file, { bigint: true });
  return { modifiedMs: toMilliseconds(stats.mtimeNs), mode: (Number(stats.mode) & 0o777).toString(8) };
}

let count = 0;

/** A new, empty folder for one case. */
export async function freshFolder({ folder }: TestEngine): Promise<string> {
  const fresh = path.join(folder, `case-${count++}`);
  await mkdir(fresh);
  return fresh;
}

/** Sealing `source` beside itself under the local key, unless `more` says otherwise. */
export function sealRequest(
  { local }: TestEngine,
  source: string,
  more: Partial<SealRequest> = {},
): SealRequest {
  return {
    path: source,
    kind: 'file',
    folder: path.dirname(source),
    keys: [local],
    labels: {},
    hideNames: false,
    collision: 'keep-both',
    verify: false,
    binOriginal: false,
    ...more,
  };
}

/** `report.pdf`, sealed and gone: its pair lies alone in a folder. */
export async function freshPair(
  engine: TestEngine,
  bytes: Uint8Array | string = 'tax papers',
  more: Partial<SealRequest> = {},
): Promise<Sealed> {
  const file = path.join(await freshFolder(engine), 'report.pdf');
  await writeFile(file, bytes);
  const sealed = await seal(
    engine,
    sealRequest(engine, file, { binOriginal: true, labels: { project: 'apollo' }, ...more }),
  );
  if (sealed === undefined) throw new Error('nothing was sealed');
  return sealed;
}

/** The engine with a pool that does `after` behind every job: what happens while a job runs, in the worst place. */
export function withPool(engine: Engine, after: () => Promise<void>): Engine {
  const pool: StreamRunner = {
    run: async (job, options) => {
      const result = await engine.pool.run(job, options);
      await after();
      return result;
    },
    [Symbol.asyncDispose]: async () => {},
  };
  return { ...engine, pool };
}

/** What every FileHandle inherits from, for a spy. */
export async function prototypeOfHandles(): Promise<FileHandle> {
  await using handle = await openFile(tmpdir());
  const prototype: FileHandle = Object.getPrototypeOf(handle);
  return prototype;
}

/** Writes over bytes of a file. */
export async function overwrite(file: string, position: number, bytes: Uint8Array): Promise<void> {
  await using handle = await openFile(file, 'r+');
  await handle.write(bytes, 0, bytes.length, position);
}
