import path from 'node:path';
import { walk } from '../files/walk.ts';
import { BODY_SUFFIX, hasSuffix } from '../files/stem.ts';
import { Earlier } from './earlier.ts';
import { type Input, readInput } from './inputs.ts';
import type { Given } from './job.ts';
import { stat } from '../files/fs.ts';

/** What lies ahead. `byFolder`: bytes by the folder their results go to, unless the user named another. */
export type Total = { files: number; bytes: number; byFolder: { folder: string; bytes: number }[] };

type TotalOptions = {
  to?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Each folder as one: it counts though a folder above it was named too. */
  archive?: boolean;
  /** Count only files that end so, with the bytes of their bodies: for opening. */
  suffix?: string;
};

/** Bytes of a file; 0 if it cannot be asked. */
export async function sizeOf(file: string): Promise<number> {
  return await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

async function totalIn(
  input: Input,
  earlier: Earlier,
  { to, archive, signal, suffix }: TotalOptions,
): Promise<{ files: number; bytes: number }> {
  if (input.kind === 'file') return { files: 1, bytes: input.size };
  const sum = { files: 0, bytes: 0 };
  for await (const found of walk(input.path, { signal, exclude: to === undefined ? [] : [to] })) {
    if (found.kind !== 'file' || (archive !== true && earlier.holdsIn(input, found))) continue;
    if (suffix === undefined || hasSuffix(found.path, suffix)) sum.files += 1;
    if (suffix === undefined || hasSuffix(found.path, BODY_SUFFIX)) sum.bytes += found.size;
  }
  return sum;
}

/** Adds up files and bytes before a batch. What cannot be looked at counts nothing here and fails when its turn comes. */
export async function total(paths: readonly Given[], options: TotalOptions): Promise<Total> {
  const sum: Total = { files: 0, bytes: 0, byFolder: [] };
  const earlier = await Earlier.create(options.to);
  for (const given of paths) {
    try {
      const input = await readInput(given);
      if (options.archive === true ? earlier.names(input) : earlier.holds(input)) continue;
      const { files, bytes } = await totalIn(input, earlier, options);
      sum.files += files;
      sum.bytes += bytes;
      const beside = input.kind === 'folder' ? input.path : path.dirname(input.path);
      sum.byFolder.push({ folder: input.to ?? beside, bytes });
    } catch {
      if (options.signal?.aborted === true) break;
    }
  }
  return sum;
}
