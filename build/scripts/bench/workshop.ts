/** @file Where the programs work: folders, our bundled program, and a key of its own. */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Contestant } from './contest.ts';

const CLI = path.resolve(import.meta.dirname, '../../../out/cli.js');
const PIECE = 4 * 2 ** 20;

/** A temporary folder in `parent` and everything in it; gone with it. */
export class Workshop implements Disposable {
  readonly folder: string;
  #aside = 0;

  constructor(parent: string) {
    this.folder = mkdtempSync(path.join(parent, 'envelope-bench-'));
    mkdirSync(this.at('home'));
  }

  at(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  remove(...names: string[]): void {
    for (const name of names) rmSync(this.at(name), { recursive: true, force: true });
  }

  /**
   * Puts what is there away, to be removed with the folder. Many files that were removed a moment ago slow down whoever
   * makes new ones: ext4 looks for a number that was not free within the last five minutes.
   */
  setAside(name: string): void {
    if (existsSync(this.at(name))) renameSync(this.at(name), this.at(`${name} aside ${this.#aside++}`));
  }

  /** Our program, as it is installed. */
  envelope(name: string, args: readonly string[], more: Partial<Contestant> = {}): Contestant {
    return {
      name,
      command: process.execPath,
      args: [CLI, ...args],
      options: { cwd: this.folder, env: { ...process.env, ENVELOPE_HOME: this.at('home') } },
      ...more,
    };
  }

  /** Any other program. */
  program(
    name: string,
    command: string,
    args: readonly string[],
    more: Partial<Contestant> = {},
  ): Contestant {
    return { name, command, args, options: { cwd: this.folder }, ...more };
  }

  /** Our program, now, untimed. */
  runEnvelope(...args: string[]): void {
    const env = { ...process.env, ENVELOPE_HOME: this.at('home') };
    execFileSync(process.execPath, [CLI, ...args], { cwd: this.folder, env, stdio: 'pipe' });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A file of `size` bytes of noise, which nothing can compress. */
export function writeNoise(file: string, size: number): void {
  const noise = createCipheriv('aes-256-ctr', randomBytes(32), randomBytes(16));
  const zeros = Buffer.alloc(PIECE);
  const fd = openSync(file, 'wx');
  for (let left = size; left > 0; left -= PIECE) writeSync(fd, noise.update(zeros.subarray(0, left)));
  closeSync(fd);
}

/** SHA-256, hexadecimal. */
export function digestOf(file: string): string {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(PIECE);
  const fd = openSync(file, 'r');
  for (let n = readSync(fd, piece); n > 0; n = readSync(fd, piece)) hash.update(piece.subarray(0, n));
  closeSync(fd);
  return hash.digest('hex');
}

/** @throws Error unless they are equal */
export function compare(one: string, other: string): void {
  if (digestOf(one) !== digestOf(other)) throw new Error(`${other} differs from ${one}`);
}

/** Whether `command`, a name or a whole path, is installed here. */
export function isInstalled(command: string): boolean {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.some((folder) => existsSync(path.resolve(folder, command)));
}
