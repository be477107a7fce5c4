import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import type { FolderEntry } from '../files/archive-plan.ts';
import { fromSystem } from '../files/io-error.ts';
import { walk } from '../files/walk.ts';
import { BODY_SUFFIX, hasSuffix } from '../files/stem.ts';
import { Earlier } from './earlier.ts';
import { type Input, readInput } from './inputs.ts';
import type { Given, Total } from './job.ts';
import { stat } from '../files/fs.ts';

type TotalOptions = {
  to?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Each folder as one: it counts though a folder above it was named too. */
  archive?: boolean;
  /** Count only files that end so, with the bytes of their bodies: for opening. */
  suffix?: string;
  /** Is told of every file that counts, or with `archive` of every input. What it throws ends that input. */
  onSource?: (source: Source) => Promise<void>;
};

/** `found`: what was found in a folder; undefined if the user named it. */
export type Source = { input: Input; found?: FolderEntry };

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
  { to, archive, signal, suffix, onSource }: TotalOptions,
): Promise<{ files: number; bytes: number }> {
  if (input.kind === 'file' || archive === true) await onSource?.({ input });
  if (input.kind === 'file') return { files: 1, bytes: input.size };
  const sum = { files: 0, bytes: 0 };
  for await (const found of walk(input.path, { signal, exclude: to === undefined ? [] : [to] })) {
    if (found.kind !== 'file' || (archive !== true && earlier.holdsIn(input, found))) continue;
    if (archive !== true) await onSource?.({ input, found });
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
    } catch (error) {
      if (options.signal?.aborted === true) break;
      if (!(fromSystem(error, 'source') instanceof EnvelopeError)) throw error;
    }
  }
  return sum;
}
