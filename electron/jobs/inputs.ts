import { isUtf8 } from 'node:buffer';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import type { FolderEntry, LeftOut } from '../files/archive-plan.ts';
import { givenPath } from '../files/given-path.ts';
import { ioErrors } from '../files/io-error.ts';
import { makeFolder, type Mirror, type MirroredFolder } from '../files/mirror.ts';
import { refuseSameFile } from '../files/same-file.ts';
import { toMilliseconds } from '../files/times.ts';
import { walk } from '../files/walk.ts';
import type { Given, Placed } from './job.ts';
import { stat } from '../files/fs.ts';

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
  const { path: named, to, inner = '' } = placed(given);
  if (to !== undefined) await makeInner(to, inner);
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

/** @throws EnvelopeError `target-missing` if the folder that `inner` lies in is not there, and those of making a folder */
async function makeInner(to: string, inner: string): Promise<void> {
  if (inner === '' || !to.endsWith(path.sep + inner)) return;
  const above = to.slice(0, -inner.length);
  await ioErrors('target', above, async () => await stat(above));
  await makeFolder(to);
}

/** A file found in an input folder, and the folder its result goes to; or what cannot be done in there. */
export type Found = { entry: FolderEntry; folder: string } | { failed: string; error: EnvelopeError };

type FindOptions = {
  signal?: AbortSignal | undefined;
  /** Results go to a tree of the same shape below this folder. Without it they go beside the files. */
  to?: string | undefined;
  /** Which files are meant, by their names; all unless said. */
  isMeant?: ((name: string) => boolean) | undefined;
  onLeftOut?: ((what: LeftOut) => void) | undefined;
};

/**
 * The files in a folder. With `to` the folder `docs` becomes `<to>/docs`, its folders made again in `mirror` as the walk
 * comes upon them, empty ones too. `to` itself is not walked.
 */
export async function* filesIn(
  input: Input,
  mirror: Mirror,
  { signal, to, isMeant, onLeftOut }: FindOptions,
): AsyncGenerator<Found, void, undefined> {
  const root = to === undefined ? undefined : path.join(to, path.basename(input.path));
  if (to !== undefined) await refuseSameFile(to, [input.path]);
  if (root !== undefined) await mirror.make(root, input.original);
  const refused = new Set<string>();
  for await (const found of walk(input.path, {
    signal,
    exclude: to === undefined ? [] : [to],
    natural: true,
  })) {
    if (found.kind === 'left-out') {
      const left = path.join(input.path, found.path);
      if (found.why === 'unreadable') yield unreadable(left);
      else onLeftOut?.({ path: left, why: found.why });
    } else if (found.kind === 'file') {
      if (isMeant?.(found.path) === false) continue;
      const folder = folderFor(found, root);
      if (folder !== undefined) yield { entry: found, folder };
      else yield* refuseOnce(found, refused);
    } else if (root !== undefined) await mirror.make(path.join(root, found.path), found);
  }
}

/** Undefined if the result cannot go beside the file: its folder's name is not UTF-8, and no string can say it. */
function folderFor({ path: inside, source }: FolderEntry, root: string | undefined): string | undefined {
  if (root !== undefined) return path.join(root, path.dirname(inside));
  if (typeof source === 'string') return path.dirname(source);
  const folder = Buffer.from(source).subarray(0, Buffer.from(source).lastIndexOf(path.sep));
  return isUtf8(folder) ? folder.toString() : undefined;
}

function unreadable(file: string): Found {
  const error = new EnvelopeError('source-unreadable', 'a member of the folder cannot be read', {
    path: file,
  });
  return { failed: file, error };
}

/** A folder that cannot be written to is told once, however many files are in it. */
function* refuseOnce({ source }: FolderEntry, refused: Set<string>): Generator<Found, void, undefined> {
  const folder = path.dirname(Buffer.from(source).toString());
  const key = path.dirname(Buffer.from(source).toString('latin1'));
  if (refused.has(key)) return;
  refused.add(key);
  const details = { path: folder, reason: 'not UTF-8' };
  const error = new EnvelopeError('name-impossible', 'the name of the folder is not UTF-8', details);
  yield { failed: folder, error };
}
