/** @file A disk that reads badly, provided by a small program of ours. Linux, root, FUSE. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { guard } from './guard.ts';

const program = path.join(import.meta.dirname, 'bad_disk.py');

/** Why there can be no such disk here; undefined where there can. */
export async function whyNoBadDisk(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'only Linux has them';
  if (process.getuid?.() !== 0) return 'only root may mount';
  if (!existsSync('/dev/fuse')) return 'this system has no FUSE';
  try {
    using disk = await BadDisk.mount();
    return existsSync(disk.folder) ? undefined : 'nothing was mounted';
  } catch (error) {
    return `mounting failed: ${String(error)}`;
  }
}

export class BadDisk implements Disposable {
  readonly #root = mkdtempSync(path.join(tmpdir(), 'envelope-disk-'));
  /** Where it is mounted. */
  readonly folder = path.join(this.#root, 'disk');
  /** What it shows; what is written here stands there at once, to be read badly (bad_disk.py says how). */
  readonly backing = path.join(this.#root, 'backing');

  readonly #hung = Promise.withResolvers<void>();

  private constructor() {
    mkdirSync(this.folder);
    mkdirSync(this.backing);
    guard(this.folder, this.#root);
  }

  /** Settles when somebody waits for what never comes. */
  get hung(): Promise<void> {
    return this.#hung.promise;
  }

  /** @throws Error with what the program said if it could not be mounted */
  static async mount(): Promise<BadDisk> {
    const disk = new BadDisk();
    // It ends when its disk is unmounted.
    const child = spawn('python3', [program, disk.backing, disk.folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (data) => (said += String(data)));
    const mounted = await Promise.race([
      once(child.stdout, 'data').then(() => true),
      once(child, 'close').then(() => false),
    ]);
    if (mounted) {
      child.stdout.once('data', () => {
        disk.#hung.resolve();
      });
      return disk;
    }
    disk[Symbol.dispose]();
    throw new Error(said);
  }

  [Symbol.dispose](): void {
    spawnSync('umount', ['-l', this.folder]);
    rmSync(this.#root, { recursive: true, force: true });
  }
}
