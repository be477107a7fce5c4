import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isEnvelopeError } from '../../shared/errors.ts';
import { exists, removeFile, writeWhole } from '../files/atomic.ts';
import { inTurn } from '../files/in-turn.ts';
import { ioErrors } from '../files/io-error.ts';
import { FileLock } from '../files/lock.ts';
import { makePrivateFolder } from '../settings/places.ts';
import { noteSchema, type WaitingNote } from './note.ts';

const SUFFIX = '.json';

/**
 * Which envelopes wait for a KMS key that could not be reached when they were sealed: one small file each, whole and on
 * disk before the envelope has its name, shared by the command line and the window.
 */
export class WaitingList {
  readonly #folder: string;
  readonly #onChange: () => void;

  /** `folder` need not exist. `onChange`: called when a note of this process was written or dropped. */
  constructor(folder: string, onChange: () => void = () => {}) {
    this.#folder = folder;
    this.#onChange = onChange;
  }

  /** Adds a note, or replaces the one of the same id. @throws EnvelopeError `target-unwritable`, `disk-full` */
  async put(note: WaitingNote): Promise<void> {
    await makePrivateFolder(this.#folder);
    await writeWhole(this.#fileOf(note.id), `${JSON.stringify(note)}\n`, { mode: 0o600 });
    this.#onChange();
  }

  /**
   * Replaces a note, unless it was dropped meanwhile: whoever is told to wait no longer does not come back.
   * @returns whether it is still there. @throws EnvelopeError as {@link put}
   */
  async update(note: WaitingNote): Promise<boolean> {
    const file = this.#fileOf(note.id);
    return await inTurn(file, async () => {
      if (!(await exists(file))) return false;
      await this.put(note);
      return true;
    });
  }

  /** The oldest first. What cannot be read as a note is passed over. */
  async all(): Promise<WaitingNote[]> {
    const names = await ioErrors('source', this.#folder, async () => await readdir(this.#folder)).catch(
      (error: unknown) => {
        if (isEnvelopeError(error, 'source-missing')) return [];
        throw error;
      },
    );
    const notes: WaitingNote[] = [];
    for (const name of names.filter((one) => one.endsWith(SUFFIX))) {
      const note = await this.#read(path.join(this.#folder, name));
      if (note !== undefined) notes.push(note);
    }
    return notes.sort((a, b) => (a.sealed < b.sealed ? -1 : 1));
  }

  async get(id: string): Promise<WaitingNote | undefined> {
    return await this.#read(this.#fileOf(id));
  }

  /** Nothing if it is not there. */
  async drop(id: string): Promise<void> {
    const file = this.#fileOf(id);
    await inTurn(file, async () => await removeFile(file));
    this.#onChange();
  }

  /** @returns undefined while another process is adding keys */
  async lock(): Promise<FileLock | undefined> {
    await makePrivateFolder(this.#folder);
    return FileLock.take(path.join(this.#folder, 'adding.lock'));
  }

  #fileOf(id: string): string {
    return path.join(this.#folder, `${path.basename(id)}${SUFFIX}`);
  }

  async #read(file: string): Promise<WaitingNote | undefined> {
    try {
      const text = await ioErrors('source', file, async () => await readFile(file, 'utf8'));
      return noteSchema.safeParse(JSON.parse(text)).data;
    } catch (error) {
      if (isEnvelopeError(error) || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }
}
