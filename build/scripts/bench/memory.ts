/** @file The most memory that sealing, opening and verifying take, whatever the size. */
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { columns } from './numbers.ts';
import { measure } from './program.ts';
import type { Workshop } from './workshop.ts';

/** Peaks of whole processes, all threads, in bytes. */
export type Memory = { bytes: number; sealed: number; verified: number; opened: number };

const GiB = 2 ** 30;

/** One file of `bytes`, which takes no room itself: sealed, verified, opened. Its body takes `bytes` on the disk, twice. */
export async function memoryOf(shop: Workshop, bytes: number): Promise<Memory> {
  const fd = openSync(shop.at('big'), 'w');
  ftruncateSync(fd, bytes);
  closeSync(fd);
  const peakOf = async (...args: string[]): Promise<number> => {
    const { command, args: all, options } = shop.envelope('envelope', args);
    return (await measure(command, all, options)).peakBytes;
  };
  const sealed = await peakOf('seal', 'big', '--to', 'sealed');
  const verified = await peakOf('verify', 'sealed/big.envelope');
  const opened = await peakOf('open', 'sealed/big.envelope', '--to', 'opened');
  shop.remove('big', 'sealed', 'opened');
  return { bytes, sealed, verified, opened };
}

/** As lines of text, in MB. */
export function memoryTable(measured: readonly Memory[]): string[] {
  const rows = measured.map(({ bytes, sealed, verified, opened }) => [
    `  ${bytes >= GiB ? `${bytes / GiB} GiB` : `${bytes / 2 ** 20} MiB`}`,
    ...[sealed, verified, opened].map((peak) => (peak === 0 ? '?' : (peak / 1e6).toFixed(0))),
  ]);
  return columns([['peak MB of a file of', 'seal', 'verify', 'open'], ...rows]);
}
