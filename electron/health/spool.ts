/** @file What was told of files, on disk instead of in memory: a line of JSON each, found again by the groups it is of. */
import { closeSync, openSync, read, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { HealthFile } from '../../shared/health.ts';
import { ioErrors } from '../files/io-error.ts';
import { makePrivateFolder } from '../settings/places.ts';

/** Files of a group that are listed. All are counted. */
export const MOST_LISTED = 100_000;

/** Bytes that are gathered before they are written. */
const GATHERED = 262_144;

/** Numbers at 8 bytes each, as many as come. */
class Numbers {
  #values = new Float64Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  at(index: number): number | undefined {
    return index < this.length ? this.#values[index] : undefined;
  }
}

type Group = { files: number; lines: Numbers };

export class Spool<File = HealthFile> implements Disposable {
  readonly #fd: number;
  readonly #mostListed: number;
  /** Where each line begins; the last number is where the next one will. */
  readonly #starts = new Numbers();
  readonly #groups = new Map<string, Group>();
  #gathered: string[] = [];
  #size = 0;
  #written = 0;
  #waiting = 0;
  #isOpen = true;
  /** The disk takes no more: from then on files are only counted. */
  #isFull = false;

  private constructor(fd: number, mostListed: number) {
    this.#fd = fd;
    this.#mostListed = mostListed;
    this.#starts.push(0);
  }

  /**
   * A file for this user alone, which goes with the program where the system lets it, and else is emptied by the next.
   * @throws EnvelopeError `target-unwritable`, `disk-full`, `io-failed`
   */
  static async open<File = HealthFile>(
    folder: string,
    { mostListed = MOST_LISTED, name = 'health' } = {},
  ): Promise<Spool<File>> {
    await makePrivateFolder(folder);
    const file = path.join(folder, `${name}.jsonl`);
    return await ioErrors('target', file, async () => {
      const fd = openSync(file, 'w+', 0o600);
      if (process.platform !== 'win32') unlinkSync(file);
      return await Promise.resolve(new Spool<File>(fd, mostListed));
    });
  }

  /** Counts a file in every one of `groups`, and keeps it for those that have room. */
  add(file: File, groups: readonly string[]): void {
    let line: number | undefined;
    for (const id of groups) {
      const group = this.#groups.get(id) ?? { files: 0, lines: new Numbers() };
      this.#groups.set(id, group);
      group.files += 1;
      if (group.lines.length >= this.#mostListed) continue;
      line ??= this.#write(file);
      if (line !== undefined) group.lines.push(line);
    }
  }

  /** Ids of the groups, with how many files they have and how many of them are listed. */
  get groups(): { id: string; files: number; listed: number }[] {
    return [...this.#groups].map(([id, { files, lines }]) => ({ id, files, listed: lines.length }));
  }

  /** Files of a group, from its `from`th on, at most `count`. @throws EnvelopeError `io-failed` */
  async files(id: string, from: number, count: number): Promise<File[]> {
    this.#flush();
    const lines = this.#groups.get(id)?.lines;
    const found: File[] = [];
    for (let index = from; index < from + count && this.#isOpen; index += 1) {
      const line = lines?.at(index);
      if (line === undefined) break;
      found.push(await this.#read(line));
    }
    return found;
  }

  /** Every file that was kept, each once. Errors as {@link files}. */
  async *all(): AsyncGenerator<File, void> {
    this.#flush();
    for (let line = 0; line < this.#starts.length - 1; line += 1) yield await this.#read(line);
  }

  [Symbol.dispose](): void {
    if (this.#isOpen) closeSync(this.#fd);
    this.#isOpen = false;
  }

  #write(file: File): number | undefined {
    if (this.#isFull || !this.#isOpen) return undefined;
    const text = `${JSON.stringify(file)}\n`;
    const bytes = Buffer.byteLength(text);
    this.#gathered.push(text);
    this.#waiting += bytes;
    this.#size += bytes;
    const line = this.#starts.length - 1;
    this.#starts.push(this.#size);
    if (this.#waiting >= GATHERED) this.#flush();
    return line;
  }

  #flush(): void {
    if (this.#gathered.length === 0 || !this.#isOpen) return;
    const bytes = Buffer.from(this.#gathered.join(''));
    this.#gathered = [];
    this.#waiting = 0;
    try {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.#fd, bytes, done, bytes.length - done, this.#written + done);
      }
      this.#written += bytes.length;
    } catch {
      this.#forgetUnwritten();
    }
  }

  /** What did not reach the disk cannot be listed; it stays counted. */
  #forgetUnwritten(): void {
    this.#isFull = true;
    while ((this.#starts.at(this.#starts.length - 1) ?? 0) > this.#written) this.#starts.length -= 1;
    const lines = this.#starts.length - 1;
    for (const group of this.#groups.values()) {
      while ((group.lines.at(group.lines.length - 1) ?? -1) >= lines) group.lines.length -= 1;
    }
  }

  async #read(line: number): Promise<File> {
    const start = this.#starts.at(line) ?? 0;
    const bytes = Buffer.alloc((this.#starts.at(line + 1) ?? start) - start);
    await ioErrors('source', undefined, async () => {
      await new Promise<void>((resolve, reject) => {
        read(this.#fd, bytes, 0, bytes.length, start, (error) => {
          if (error === null) resolve();
          else reject(error);
        });
      });
    });
    // Written by this program a moment ago, into a file that nobody else can open.
    const file: File = JSON.parse(bytes.toString());
    return file;
  }
}
