/** @file An archive's entries written to disk. Synchronous: it runs in a worker. */
import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { cannotFsync } from './fsync-folder.ts';
import { errnoOf, fromSystem } from './io-error.ts';
import { numberedToFit } from './sibling-names.ts';
import { systemName } from './stem.ts';
import { setModified, setModifiedByPath } from './times.ts';

/** What the system would not do, by path inside the archive. */
export type ArchiveNote = { path: string; what: 'name' | 'mode' | 'time' };

export type ArchiveMember = { path: string; components: readonly string[]; mode: number; modifiedMs: number };

type Made = { path: string; disk: string; mode: number; modifiedMs: number };

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;
// On Windows some of these are undefined, and `|` takes that for 0.
const CREATE_FLAGS = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
const FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;

/** Not every file system can fsync a folder; then it is left out (FORMAT.md section 5). */
function fsyncFolder(fd: number): void {
  try {
    fsyncSync(fd);
  } catch (error) {
    if (!cannotFsync(error)) throw error;
  }
}

/** How many numbers are tried for a name. */
const MOST_NUMBERS = 10_000;

/** What a disk answers that cannot hold a name. */
const impossible = new Set(['EINVAL', 'EILSEQ', 'ENOENT']);

/** What is in `directory` before anything was made there: nothing, unless somebody interferes. */
function namesIn(directory: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(directory));
  } catch (error) {
    // It is told by what is to be made there.
    if (errnoOf(error) === undefined) throw error;
    return new Set();
  }
}

/**
 * Extracts into an existing, empty, private directory. Members come in archive order, {@link ArchivePaths} having checked
 * them: only what was created here is ever written to, and a folder gets its mode and time when the last member is in it.
 * Members whose names are one to this disk (`A` and `a`, two forms of `ä`) stay two: the second gets a number.
 */
export class ArchiveFolder implements Disposable {
  readonly notes: ArchiveNote[] = [];
  readonly #directory: string;
  readonly #mask: number;
  readonly #foreign: ReadonlySet<string>;
  /** The folders from the top down to where it stands, still without their modes and times. */
  readonly #folders: Made[] = [];
  #file: (Made & { fd: number }) | undefined;

  constructor(directory: string, mask: number) {
    this.#directory = directory;
    this.#mask = mask;
    this.#foreign = namesIn(directory);
  }

  /** @throws EnvelopeError `name-taken`, `name-impossible`, `disk-full`, `target-unwritable`, `io-failed` */
  createFolder(member: ArchiveMember): void {
    const { made } = this.#make(member, (disk) => mkdirSync(disk, { mode: 0o700 }));
    this.#folders.push(made);
  }

  /** The file stays open for {@link write} until {@link endFile}. Errors: those of {@link createFolder}. */
  createFile(member: ArchiveMember): void {
    const { made, result: fd } = this.#make(member, (disk) => openSync(disk, CREATE_FLAGS, 0o600));
    this.#file = { ...made, fd };
  }

  /** @throws EnvelopeError `disk-full`, `io-failed` */
  write(bytes: Uint8Array): void {
    const file = this.#file;
    if (file === undefined) throw new Error('no file is open');
    this.#system(file.path, () => {
      for (let done = 0; done < bytes.length;) done += writeSync(file.fd, bytes, done);
    });
  }

  /** @throws EnvelopeError `disk-full`, `io-failed` */
  endFile(): void {
    const file = this.#file;
    if (file === undefined) throw new Error('no file is open');
    this.#setAttributes(file, file.fd);
    this.#system(file.path, () => fsyncSync(file.fd));
    this[Symbol.dispose]();
  }

  /** Call once, after the last member. @throws EnvelopeError `io-failed` */
  finish(): void {
    this.#leaveTo(0);
    if (process.platform !== 'win32') this.#withFolder(this.#directory, '', fsyncFolder);
  }

  [Symbol.dispose](): void {
    const fd = this.#file?.fd;
    this.#file = undefined;
    if (fd !== undefined) closeSync(fd);
  }

  /** Leaves the folders the member is not in, and makes it where it goes, under a name that this disk can hold. */
  #make<T>(member: ArchiveMember, make: (disk: string) => T): { made: Made; result: T } {
    const { path, components, mode, modifiedMs } = member;
    this.#leaveTo(components.length - 1);
    const own = components.at(-1) ?? '';
    let base = systemName(own).name;
    let name = base;
    for (let number = 1; ;) {
      const disk = join(this.#folders.at(-1)?.disk ?? this.#directory, name);
      try {
        const result = make(disk);
        if (name !== own) this.notes.push({ path, what: 'name' });
        return { made: { path, disk, mode, modifiedMs }, result };
      } catch (error) {
        const errno = errnoOf(error) ?? '';
        const elsewhere = systemName(base, 'win32');
        if (errno === 'EEXIST' && number < MOST_NUMBERS && !this.#isForeign(name)) {
          name = numberedToFit(base, ++number);
        } else if (impossible.has(errno) && elsewhere.changed) {
          base = elsewhere.name;
          name = base;
        } else throw fromSystem(error, 'target', path);
      }
    }
  }

  /** Folders below were made here, so that all that is in them was too. */
  #isForeign(name: string): boolean {
    return this.#folders.length === 0 && this.#foreign.has(name);
  }

  #leaveTo(depth: number): void {
    while (this.#folders.length > depth) {
      const made = this.#folders.pop();
      if (made !== undefined) this.#endFolder(made);
    }
  }

  #endFolder(made: Made): void {
    if (process.platform === 'win32') {
      // Windows opens no folder for this, and has neither permission bits nor an fsync of folders.
      this.#orNote(made.path, 'time', () => setModifiedByPath(made.disk, made.modifiedMs));
      return;
    }
    this.#withFolder(made.disk, made.path, (fd) => {
      this.#setAttributes(made, fd);
      fsyncFolder(fd);
    });
  }

  #withFolder(disk: string, path: string, work: (fd: number) => void): void {
    this.#system(path, () => {
      const fd = openSync(disk, FOLDER_FLAGS);
      try {
        work(fd);
      } finally {
        closeSync(fd);
      }
    });
  }

  #setAttributes({ path, mode, modifiedMs }: Made, fd: number): void {
    this.#orNote(path, 'mode', () => fchmodSync(fd, mode & ~this.#mask));
    this.#orNote(path, 'time', () => setModified(fd, modifiedMs));
  }

  #orNote(path: string, what: 'mode' | 'time', set: () => void): void {
    try {
      set();
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      this.notes.push({ path, what });
    }
  }

  #system<T>(path: string, call: () => T): T {
    try {
      return call();
    } catch (error) {
      throw fromSystem(error, 'target', path);
    }
  }
}
