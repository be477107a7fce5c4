/** @file Disks of other kinds than the computer's own: what a USB stick has, and one with a quota. Linux, and root. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { guard } from './guard.ts';

/** `make`: writes an empty file system into an image; `mount`: mounts it from the device, here. */
type Kind = {
  programs: readonly string[];
  /** Where Debian has the programs. */
  packages: string;
  make: (image: string) => readonly string[];
  mount: (device: string, folder: string, options: string) => readonly string[];
};

const kinds = {
  /** Of USB sticks: no links, no permissions, seconds, one name for `A` and `a`. */
  exfat: {
    programs: ['mkfs.exfat', 'mount.exfat-fuse'],
    packages: 'exfatprogs exfat-fuse',
    make: (image) => ['mkfs.exfat', image],
    mount: (device, folder, options) => ['mount.exfat-fuse', '-o', options, device, folder],
  },
  /** Of Windows, as Linux mounts it for Windows' rules about names. */
  ntfs: {
    programs: ['mkfs.ntfs', 'lowntfs-3g'],
    packages: 'ntfs-3g',
    make: (image) => ['mkfs.ntfs', '-q', '-F', image],
    mount: (device, folder, options) => ['lowntfs-3g', '-o', options, device, folder],
  },
  /** With a quota, which holds for root too. */
  btrfs: {
    programs: ['mkfs.btrfs', 'btrfs'],
    packages: 'btrfs-progs',
    make: (image) => ['mkfs.btrfs', '-q', image],
    mount: (device, folder, options) => ['mount', '-o', options, device, folder],
  },
} as const satisfies Record<string, Kind>;

export type DiskKind = keyof typeof kinds;

/** Why there can be no such disk here; undefined where there can. */
export function whyNoOther(kind: DiskKind): string | undefined {
  if (process.platform !== 'linux') return 'only Linux has them';
  if (process.getuid?.() !== 0) return 'only root may mount';
  const { programs, packages } = kinds[kind];
  const lacking = programs.filter((program) => spawnSync('which', [program]).status !== 0);
  if (lacking.length > 0) return `there is no ${lacking.join(', ')} (Debian: apt-get install ${packages})`;
  if (kind !== 'btrfs' && !existsSync('/dev/fuse')) return 'this system has no FUSE';
  try {
    using disk = new OtherDisk(kind);
    return disk.isMounted() ? undefined : 'nothing was mounted';
  } catch (error) {
    return `mounting failed: ${String(error)}`;
  }
}

export class OtherDisk implements Disposable {
  /** Where it is mounted. */
  readonly folder: string;
  readonly #root = mkdtempSync(path.join(tmpdir(), 'envelope-disk-'));

  /** `options`: as `mount -o` takes them. */
  constructor(kind: DiskKind, options = 'noatime') {
    this.folder = path.join(this.#root, 'disk');
    mkdirSync(this.folder);
    guard(this.folder, this.#root);
    const image = path.join(this.#root, 'image');
    writeFileSync(image, '');
    truncateSync(image, 128 * 1_048_576);
    try {
      run(kinds[kind].make(image));
      const device = run(['losetup', '--find', '--show', image]).trim();
      try {
        run(kinds[kind].mount(device, this.folder, options));
      } finally {
        // Of one that is mounted: given back when it no longer is.
        run(['losetup', '--detach', device]);
      }
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  at(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  isMounted(): boolean {
    return spawnSync('mountpoint', ['-q', this.folder]).status === 0;
  }

  [Symbol.dispose](): void {
    if (this.isMounted()) spawnSync('umount', ['-l', this.folder]);
    rmSync(this.#root, { recursive: true, force: true });
  }
}

function run([program = '', ...args]: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
