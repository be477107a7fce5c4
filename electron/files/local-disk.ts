/** @file Whether a folder lies on a disk of this machine. */
import { statfs } from 'node:fs/promises';
import path from 'node:path';

/** Linux's file systems (statfs(2)) on memory and on disks of this machine: nothing far away can make them hang. */
const local: ReadonlySet<number> = new Set([
  0x01021994, // tmpfs
  0xef53, // ext2, ext3, ext4
  0x58465342, // XFS
  0x9123683e, // Btrfs
  0xf2f52010, // F2FS
  0x2fc12fc1, // ZFS
  0xca451a4e, // bcachefs
  0x794c7630, // overlay, as in containers
]);

/**
 * Whether `file`, which need not exist, lies on a disk of this machine. False where the system does not say: elsewhere than
 * on Linux, and of disks that programs provide. What is mounted below it is not asked.
 */
export async function isOnLocalDisk(
  file: string,
  { platform = process.platform }: { platform?: string } = {},
): Promise<boolean> {
  if (platform !== 'linux') return false;
  for (let at = path.resolve(file); ; at = path.dirname(at)) {
    const stats = await statfs(at).catch(() => undefined);
    if (stats !== undefined) return local.has(stats.type);
    if (at === path.dirname(at)) return false;
  }
}
