/** @file A real file system of a few megabytes, in a file: it can be full, read only, or pulled. Linux, and root. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { guard } from './guard.ts';

const pull = path.join(import.meta.dirname, 'pull.py');

/** Why there can be no such disk here; undefined where there can. */
export function whyNoDisk(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux has them';
  if (process.getuid?.() !== 0) return 'only root may mount';
  try {
    using disk = new SmallDisk();
    return disk.isMounted ? undefined : 'nothing was mounted';
  } catch (error) {
    return `mounting failed: ${String(error)}`;
  }
}

export class SmallDisk implements Disposable {
  /** Where it is mounted. */
  readonly folder: string;
  readonly #root = mkdtempSync(path.join(tmpdir(), 'envelope-disk-'));
  readonly #image = path.join(this.#root, 'image');
  isMounted = false;

  constructor(megabytes = 64) {
    this.folder = path.join(this.#root, 'disk');
    mkdirSync(this.folder);
    guard(this.folder, this.#root);
    writeFileSync(this.#image, '');
    truncateSync(this.#image, megabytes * 1_048_576);
    // Nothing kept for root, as whom the tests run.
    execFileSync('mkfs.ext4', ['-q', '-F', '-m', '0', this.#image]);
    this.mount();
    rmSync(path.join(this.folder, 'lost+found'), { recursive: true });
  }

  at(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  mount(): void {
    execFileSync('mount', ['-o', 'loop', this.#image, this.folder]);
    this.isMounted = true;
  }

  unmount(): void {
    execFileSync('umount', [this.folder]);
    this.isMounted = false;
  }

  /** Nothing can be written any more; whoever has something open for writing keeps it from becoming so. */
  makeReadOnly(): void {
    execFileSync('mount', ['-o', 'remount,ro', this.folder]);
  }

  /** From now on everything fails. What was not told to be on the disk may not be there when it is mounted again. */
  pull(): void {
    execFileSync('python3', [pull, this.folder]);
  }

  /** Puts it in again. The file system treats what was left, as after a power cut. */
  putIn(): void {
    this.unmount();
    this.mount();
  }

  [Symbol.dispose](): void {
    // Gone at the latest when nobody has it open any more.
    if (this.isMounted) spawnSync('umount', ['-l', this.folder]);
    rmSync(this.#root, { recursive: true, force: true });
  }
}
