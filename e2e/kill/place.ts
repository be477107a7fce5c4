/** @file Where a lane works. Parent and child know the same folders. */
import path from 'node:path';
import type { Engine } from '../../electron/envelope/engine.ts';
import { Copies } from '../../electron/copies/copies.ts';
import { Journal } from '../../electron/files/journal.ts';
import { AgeKeys } from '../../electron/keys/age.ts';
import { Keyring, type KeyRef } from '../../electron/keys/keyring.ts';
import { LocalStore } from '../../electron/keys/local-store.ts';
import { LocalKeys } from '../../electron/keys/local.ts';
import { findPlaces, type Places } from '../../electron/settings/places.ts';
import { SettingsStore } from '../../electron/settings/store.ts';
import { createStreamPool } from '../../electron/stream/pool.ts';

/** Every file comes in two versions under one name, so that the old and the new one can be told apart. */
export type Version = 'a' | 'b';

/** All folders of one lane. Only what is under `work` is written by a child. */
export class Place {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** ENVELOPE_HOME of the children. */
  get home(): string {
    return path.join(this.root, 'home');
  }

  get places(): Places {
    return findPlaces({ ENVELOPE_HOME: this.home });
  }

  /** Originals. */
  docs(version: Version): string {
    return path.join(this.root, 'originals', version, 'docs');
  }

  /** The originals sealed, as a tree of pairs. */
  sealed(version: Version): string {
    return path.join(this.root, 'sealed', version, 'docs');
  }

  /** The originals sealed as one archive. */
  archive(version: Version): string {
    return path.join(this.root, 'archives', version, 'docs.envelope');
  }

  /** Of one case; gone with it. */
  get work(): string {
    return path.join(this.root, 'work');
  }

  in(...names: (string | number)[]): string {
    return path.join(this.work, 'in', ...names.map(String));
  }

  out(...names: (string | number)[]): string {
    return path.join(this.work, 'out', ...names.map(String));
  }

  bin(...names: string[]): string {
    return path.join(this.work, 'bin', ...names);
  }

  /** Where the parent opens what it checks. */
  get scratch(): string {
    return path.join(this.root, 'scratch');
  }
}

/** `second`: another key of the lane. */
export type KillEngine = Engine & AsyncDisposable & { local: KeyRef; second: KeyRef };

/** The engine over the lane's key. `moveToBin` is the operation's own. */
export async function makeEngine(
  place: Place,
  journalFolder: string,
  moveToBin: Engine['moveToBin'],
): Promise<KillEngine> {
  const { keysFolder, settingsFile } = place.places;
  const localStore = new LocalStore(keysFolder);
  const settings = new SettingsStore(settingsFile);
  const keyring = new Keyring({
    local: new LocalKeys(localStore),
    localStore,
    age: new AgeKeys(),
    aws: () => Promise.reject(new Error('no KMS here')),
    settings,
  });
  const pool = createStreamPool();
  const journal = Journal.open(journalFolder);
  return {
    pool,
    keyring,
    journal,
    copies: new Copies(settings, place.places),
    moveToBin,
    local: await keyring.resolve('local'),
    second: await secondKey(localStore),
    async [Symbol.asyncDispose]() {
      await pool[Symbol.asyncDispose]();
      await journal.close();
      localStore[Symbol.dispose]();
    },
  };
}

/** Made by the parent, before there is any child. */
async function secondKey(store: LocalStore): Promise<KeyRef> {
  return { provider: 'local', key: (await store.find('second')) ?? (await store.create('second')) };
}
