import { constants } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import { writeWhole } from '../files/atomic.ts';
import { inTurn } from '../files/in-turn.ts';
import { ioErrors } from '../files/io-error.ts';
import { FileLock } from '../files/lock.ts';
import { makePrivateFolder } from './places.ts';
import { settingsSchema } from './schema.ts';
import { open, statIfThere } from '../files/fs.ts';
import { type FileIdentity, identityOf, unchanged } from '../files/identity.ts';
import { toMilliseconds } from '../files/times.ts';
import { readStart } from '../files/read-start.ts';

const MAX_BYTES = 1_048_576;
/** Milliseconds to wait for another process that is changing the settings, which takes it a few. */
const PATIENCE = 10_000;
const RETRY = 10;
/** Milliseconds within which two changes may show the same time: FAT's clock goes in steps of two seconds. */
const CLOCK_STEP = 3_000;

type Read = { text: string; seen: FileIdentity | undefined };

/** The settings file. It is read anew each time, because the command line and the desktop share it. */
export class SettingsStore {
  readonly #file: string;
  readonly #onUpdate: () => void;
  /**
   * What the file held last, and means: they are asked for with every file that is sealed. `seen`: the file as it was then,
   * if a later change is sure to show.
   */
  #last: (Read & { settings: Settings }) | undefined;

  /** `file` need not exist. `onUpdate`: called after each change that this process has made. */
  constructor(file: string, onUpdate: () => void = () => {}) {
    this.#file = file;
    this.#onUpdate = onUpdate;
  }

  /**
   * The settings; the defaults if there is no file. One that does not fit is left as it is.
   * @throws EnvelopeError `settings-invalid` with `details.path` and, if it is JSON, `details.field`;
   *   `source-unreadable`, `source-special`
   */
  async load(): Promise<Settings> {
    const there = await ioErrors('source', this.#file, async () => await statIfThere(this.#file));
    if (there === undefined) return defaultSettings;
    if (this.#last?.seen !== undefined && unchanged(this.#last.seen, identityOf(there)))
      return this.#last.settings;
    const read = await this.#read();
    if (read === undefined) return defaultSettings;
    const settings = this.#last?.text === read.text ? this.#last.settings : this.#parse(read.text);
    this.#last = { ...read, settings };
    return settings;
  }

  /**
   * Replaces the settings by what `change` makes of them, with no other process in between.
   * @returns the settings as they are now
   * @throws EnvelopeError as {@link load}; `settings-invalid` if `change` made something that does not fit;
   *   `target-unwritable`, `disk-full`, `io-failed`
   */
  async update(change: (settings: Settings) => Settings): Promise<Settings> {
    const updated = await inTurn(this.#file, async () => {
      await makePrivateFolder(path.dirname(this.#file));
      using _lock = await this.#lock();
      const settings = this.#check(change(await this.load()));
      await writeWhole(this.#file, `${JSON.stringify(settings, undefined, 2)}\n`, { mode: 0o600 });
      return settings;
    });
    this.#onUpdate();
    return updated;
  }

  async #lock(): Promise<FileLock> {
    const file = `${this.#file}.lock`;
    for (let waited = 0; waited < PATIENCE; waited += RETRY) {
      const lock = FileLock.take(file);
      if (lock !== undefined) return lock;
      await sleep(RETRY);
    }
    throw new EnvelopeError('io-failed', 'another process holds the settings', { path: file });
  }

  async #read(): Promise<Read | undefined> {
    try {
      return await ioErrors('source', this.#file, async () => {
        await using handle = await open(this.#file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
        const stats = await handle.stat({ bigint: true });
        if (!stats.isFile()) throw new EnvelopeError('source-special', 'not a file', { path: this.#file });
        if (stats.size > MAX_BYTES) throw this.#invalid('larger than settings can be');
        const text = (await readStart(handle, Number(stats.size))).toString();
        const isOld = Date.now() - toMilliseconds(stats.mtimeNs) > CLOCK_STEP;
        return { text, seen: isOld ? identityOf(stats) : undefined };
      });
    } catch (error) {
      if (isEnvelopeError(error, 'source-missing')) return undefined;
      throw error;
    }
  }

  #parse(text: string): Settings {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw this.#invalid('not JSON');
    }
    return this.#check(value);
  }

  #check(value: unknown): Settings {
    const { data, error } = settingsSchema.safeParse(value);
    if (data !== undefined) return data;
    const [issue] = error.issues;
    throw this.#invalid(issue?.message ?? 'not as it should be', issue?.path.join('.'));
  }

  #invalid(reason: string, field?: string): EnvelopeError {
    return new EnvelopeError('settings-invalid', 'the settings cannot be used', {
      path: this.#file,
      reason,
      field,
    });
  }
}
