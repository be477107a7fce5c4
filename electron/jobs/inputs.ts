import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FolderEntry, LeftOut } from '../files/archive-plan.ts';
import { givenPath } from '../files/given-path.ts';
import { ioErrors } from '../files/io-error.ts';
import type { Mirror, MirroredFolder } from '../files/mirror.ts';
import { refuseSameFile } from '../files/same-file.ts';
import { toMilliseconds } from '../files/times.ts';
import { walk } from '../files/walk.ts';
import type { Given, Placed } from './job.ts';

/** A file or folder as the user named it, links followed. */
export type Input = {
  /** Absolute, without `..`. */
  path: string;
  /** The same without links. */
  real: string;
  kind: 'file' | 'folder';
  /** Bytes of a file. */
  size: number;
  original: MirroredFolder;
  /** Where its results go, if not where those of the whole batch do. */
  to: string | undefined;
};

/** Where results go, as the user named it. The journal takes no path that depends on the folder one stands in. */
export async function absolute(to: string | undefined): Promise<string | undefined> {
  return to === undefined ? undefined : await givenPath(to, 'target');
}

export function placed(given: Given): Placed {
  return typeof given === 'string' ? { path: given, to: undefined } : given;
}

/** @throws EnvelopeError `source-missing`, `source-unreadable`; `target-missing` of its own `to` */
export async function readInput(given: Given): Promise<Input> {
  const { path: named, to } = placed(given);
  const file = await givenPath(named, 'source');
  const [stats, real] = await ioErrors(
    'source',
    file,
    async () => await Promise.all([stat(file, { bigint: true }), realpath(file)]),
  );
  return {
    path: file,
    real,
    to: await absolute(to),
    // Anything that is no folder is opened as a file, which refuses devices and the like.
    kind: stats.isDirectory() ? 'folder' : 'file',
    size: Number(stats.size),
    original: { mode: Number(stats.mode) & 0o777, modifiedMs: toMilliseconds(stats.mtimeNs) },
  };
}

/** A file found in an input folder, and the folder its result goes to; or what could not be looked at. */
export type Found = { entry: FolderEntry; folder: string } | { unreadable: string };

type FindOptions = {
  signal?: AbortSignal | undefined;
  /** Results go to a tree of the same shape below this folder. Without it they go beside the files. */
  to?: string | undefined;
  onLeftOut?: ((what: LeftOut) => void) | undefined;
};

/**
 * The files in a folder. With `to` the folder `docs` becomes `<to>/docs`, its folders made again in `mirror` as the walk
 * comes upon them, empty ones too. `to` itself is not walked.
 */
export async function* filesIn(
  input: Input,
  mirror: Mirror,
  { signal, to, onLeftOut }: FindOptions,
): AsyncGenerator<Found, void, undefined> {
  const root = to === undefined ? undefined : path.join(to, path.basename(input.path));
  if (to !== undefined) await refuseSameFile(to, [input.path]);
  if (root !== undefined) await mirror.make(root, input.original);
  for await (const found of walk(input.path, { signal, exclude: to === undefined ? [] : [to] })) {
    if (found.kind === 'left-out') {
      const left = path.join(input.path, found.path);
      if (found.why === 'unreadable') yield { unreadable: left };
      else onLeftOut?.({ path: left, why: found.why });
    } else if (found.kind === 'file') yield { entry: found, folder: folderFor(found, root) };
    else if (root !== undefined) await mirror.make(path.join(root, found.path), found);
  }
}

function folderFor({ path: inside, source }: FolderEntry, root: string | undefined): string {
  if (root !== undefined) return path.join(root, path.dirname(inside));
  return path.dirname(Buffer.from(source).toString());
}
