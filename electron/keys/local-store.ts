import { randomFillSync } from 'node:crypto';
import { EnvelopeError } from '../../shared/errors.ts';
import { DEFAULT_KEY_NAME } from '../../shared/key-name.ts';
import { isKeyName, type Protection } from './local-file.ts';
import { type DamagedKey, DEFAULT_FILE, fileNameOf, KeyFolder, type StoredKey } from './local-folder.ts';
import { type Protectors, protectMaster, unprotectMaster } from './local-protection.ts';
import { MASTER_BYTES, type Masters } from './local.ts';
import { OpenMasters } from './open-masters.ts';
import { orCancelled } from './or-cancelled.ts';
import type { CallOptions, KeyDescription } from './provider.ts';

/** What is written into a key file, before it is protected. */
export type NewKey = { name: string; created: string; master: Uint8Array };

/** The local keys of this computer: their masters on disk, and in memory those in use until `lock` or dispose. */
export class LocalStore implements Masters, Disposable {
  readonly #folder: KeyFolder;
  readonly #protectors: Protectors;
  readonly #open = new OpenMasters();

  /** `folder` need not exist. */
  constructor(folder: string, protectors: Protectors = {}) {
    this.#folder = new KeyFolder(folder);
    this.#protectors = protectors;
  }

  /**
   * The key of this computer, made now if there is none yet. No question is asked: it is kept by the system's key
   * store if there is one, else by the permissions of its file. Two processes that do this at once get the same key.
   * @throws EnvelopeError `key-damaged`, and the codes of the disk
   */
  async ensureDefault(): Promise<string> {
    const existing = await this.#folder.read(DEFAULT_FILE);
    if (existing !== undefined) return existing.file.key;
    const name = await this.#freeName(DEFAULT_KEY_NAME);
    const made = await this.#add(newKey(name), this.#quiet, () => [DEFAULT_FILE]);
    // Another process was first, and its key is the one.
    return made ?? (await this.ensureDefault());
  }

  /** The key of this computer, if there is one. @throws EnvelopeError `key-damaged`, and the codes of the disk */
  async default(): Promise<string | undefined> {
    return (await this.#folder.read(DEFAULT_FILE))?.file.key;
  }

  /**
   * A new key, kept as `protection` says; without it, as {@link ensureDefault} would.
   * @throws EnvelopeError `key-exists` if a key has that name, `usage` for a name that cannot be one, `key-locked` if
   *   no passphrase was given
   */
  async create(name: string, protection: Protection = this.#quiet): Promise<string> {
    await this.#checkName(name);
    const made = await this.#add(newKey(name), protection, (key) => [fileNameOf(key)]);
    if (made === undefined) throw new Error('a new key has the file name of another');
    return made;
  }

  /**
   * Takes in a key that comes from elsewhere, its master included: as the key of this computer if that has none yet.
   * A damaged file in its place is set aside; a key that is here already stays as it is.
   * @throws EnvelopeError `key-exists` if its place is taken
   */
  async adopt(key: string, from: NewKey): Promise<void> {
    const { keys } = await this.#folder.list();
    if (keys.some(({ file }) => file.key === key)) {
      from.master.fill(0);
      return;
    }
    const places = [DEFAULT_FILE, fileNameOf(key)];
    for (const place of places) await this.#folder.setAsideIfDamaged(place);
    const name = await this.#freeName(from.name);
    const added = await this.#add({ ...from, name }, this.#quiet, () => places);
    if (added === undefined)
      throw new EnvelopeError('key-exists', 'another file is where the key belongs', { key });
  }

  /** Every key with what is known of it, the oldest first; and the files that should be keys and are not. */
  async list(): Promise<{ keys: KeyDescription[]; damaged: DamagedKey[] }> {
    const { keys, damaged } = await this.#folder.list();
    return { keys: keys.map((stored) => this.#describe(stored)), damaged };
  }

  /** The key, as `local:…`, that a person calls by its name or its key. */
  async find(nameOrKey: string): Promise<string | undefined> {
    const { keys } = await this.#folder.list();
    const named = keys.find(({ file }) => file.key === nameOrKey || file.name === nameOrKey);
    return named?.file.key;
  }

  /** @throws EnvelopeError `key-not-found`, `key-exists` if another key has that name, `usage` */
  async rename(key: string, name: string): Promise<void> {
    const stored = await this.#get(key);
    if (stored.file.name === name) return;
    await this.#checkName(name);
    await this.#folder.replace(stored.path, { ...stored.file, name });
  }

  /**
   * Keeps the same master in another way, or under another passphrase.
   * @throws EnvelopeError `key-not-found`, `key-locked`, `passphrase-wrong`
   */
  async changeProtection(key: string, protection: Protection): Promise<void> {
    const stored = await this.#get(key);
    const copy = await this.copy(key);
    try {
      await this.#folder.replace(stored.path, await protectMaster(copy, protection, this.#protectors));
    } finally {
      copy.master.fill(0);
    }
  }

  /** Name, time and master of `key`; the caller wipes the master. Errors as {@link changeProtection}. */
  async copy(key: string, options?: CallOptions): Promise<NewKey> {
    const stored = await this.#get(key);
    const master = await this.#unprotect(stored, options);
    return { name: stored.file.name, created: stored.file.created, master: Uint8Array.from(master) };
  }

  async open(key: string, options?: CallOptions): Promise<Uint8Array | undefined> {
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const stored = await this.#find(key);
    return stored && (await this.#unprotect(stored, options));
  }

  async describe(key: string): Promise<KeyDescription | undefined> {
    const stored = await this.#find(key);
    return stored && this.#describe(stored);
  }

  /** Whether using `key` asks nobody for anything. */
  isOpen(key: string): boolean {
    return this.#open.get(key) !== undefined;
  }

  /** Zero-fills every master in memory; passphrases are asked for again. */
  lock(): void {
    this.#open.lock();
  }

  /** After a passphrase was refused nobody is asked again, until this: a new batch is a new question. */
  forgetRefusals(): void {
    this.#open.forgetRefusals();
  }

  [Symbol.dispose](): void {
    this.lock();
  }

  /** How a key is kept when nobody is asked. */
  get #quiet(): Protection {
    return this.#protectors.keyStore === undefined ? 'file' : 'os';
  }

  #describe({ file, readableByOthers }: StoredKey): KeyDescription {
    const { key, name, protection } = file;
    const usable = protection !== 'os' || this.#protectors.keyStore !== undefined;
    return { provider: 'local', key, name, protection, readableByOthers, canSeal: usable, canOpen: usable };
  }

  async #unprotect({ file }: StoredKey, options?: CallOptions): Promise<Uint8Array> {
    return await orCancelled(
      async () => await this.#open.open(file.key, async () => await unprotectMaster(file, this.#protectors)),
      options?.signal,
    );
  }

  /**
   * @throws EnvelopeError `key-damaged` if it is not found and there is a damaged file, which may have been it; why a file
   *   could not be read
   */
  async #find(key: string): Promise<StoredKey | undefined> {
    const { keys, damaged } = await this.#folder.list();
    const stored = keys.find(({ file }) => file.key === key);
    if (stored !== undefined || damaged[0] === undefined) return stored;
    const { path, error } = damaged[0];
    // One that only could not be read now is not damaged, and says why.
    if (error.code !== 'key-damaged') throw error;
    throw new EnvelopeError('key-damaged', 'a key file here is damaged; it may be the one', { key, path });
  }

  async #get(key: string): Promise<StoredKey> {
    const stored = await this.#find(key);
    if (stored === undefined) throw new EnvelopeError('key-not-found', 'there is no such local key', { key });
    return stored;
  }

  /**
   * Writes a new key to the first of `places` that is free, and takes its master over.
   * @returns the key, or undefined if no place is free
   */
  async #add(
    made: NewKey,
    protection: Protection,
    places: (key: string) => readonly string[],
  ): Promise<string | undefined> {
    try {
      const file = await protectMaster(made, protection, this.#protectors);
      for (const place of places(file.key)) {
        if (!(await this.#folder.add(place, file))) continue;
        this.#open.put(file.key, Uint8Array.from(made.master));
        return file.key;
      }
      return undefined;
    } finally {
      made.master.fill(0);
    }
  }

  /** @throws EnvelopeError `key-exists`, `usage` */
  async #checkName(name: string): Promise<void> {
    if (!isKeyName(name)) throw new EnvelopeError('usage', 'a key cannot have this name', { name });
    if ((await this.find(name)) === undefined) return;
    throw new EnvelopeError('key-exists', 'a key has this name already', { name });
  }

  /** `name`, or with a number if a key has that name: `name (2)`. */
  async #freeName(name: string): Promise<string> {
    const { keys } = await this.#folder.list();
    const taken = new Set(keys.map(({ file }) => file.name));
    let free = name;
    for (let number = 2; taken.has(free); number++) free = `${name} (${String(number)})`;
    return free;
  }
}

function newKey(name: string): NewKey {
  return { name, created: new Date().toISOString(), master: randomFillSync(new Uint8Array(MASTER_BYTES)) };
}
