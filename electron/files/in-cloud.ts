/** @file Files of cloud drives whose bytes are elsewhere: to read one would fetch it (FORMAT.md section 2, Names on disk). */
import { lstat } from 'node:fs/promises';

/** Small files may lie inside the file system's own tables (NTFS), where they take no blocks either. */
const LEAST_BYTES = 4096;

const systems: ReadonlySet<string> = new Set(['darwin', 'win32']);

/**
 * Whether a file has a length and no bytes on this disk. Only where the system has such drives: elsewhere a disk that
 * knows no blocks would look like one.
 */
export function isInCloud(
  { size, blocks }: { size: number; blocks: number },
  platform: string = process.platform,
): boolean {
  return systems.has(platform) && size > LEAST_BYTES && blocks === 0;
}

/** The length of the file at `path` if its bytes are in the cloud. Nothing is opened; what is not there is not. */
export async function sizeInCloud(
  path: string,
  platform: string = process.platform,
): Promise<number | undefined> {
  if (!systems.has(platform)) return undefined;
  const stats = await lstat(path).catch(() => undefined);
  return stats?.isFile() === true && isInCloud(stats, platform) ? stats.size : undefined;
}

const icloud = /^\.(?<name>.+)\.icloud$/;

/** The name of the file that a placeholder of iCloud Drive stands for: `.report.pdf.enc.icloud` is `report.pdf.enc`. */
export function nameInCloud(name: string): string | undefined {
  return icloud.exec(name)?.groups?.['name'];
}
