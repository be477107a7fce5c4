import type { BigIntStats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import { naturally } from '../../shared/natural-order.ts';
import { type FolderEntry, type LeftOut, MAX_COMPONENTS, MAX_PATH_BYTES } from './archive-plan.ts';
import { type DiskPath, pathLike } from './disk-path.ts';
import { errnoOf, fromSystem } from './io-error.ts';
import { readPartialName } from './partial-name.ts';
import { type Sibling, siblingNames } from './sibling-names.ts';
import { toMilliseconds } from './times.ts';
import { lstat, stat } from './fs.ts';

/** What a walk comes across: a file or folder, or something it leaves out, for the user to be told. */
export type Walked = FolderEntry | ({ kind: 'left-out' } & LeftOut);

export type WalkOptions = {
  signal?: AbortSignal | undefined;
  /**
   * Files and folders that are passed over without a word, such as the folder that the result goes to. By device and
   * file number: however they are named, and with a file all its hard links.
   */
  exclude?: readonly string[] | undefined;
  /** Siblings in the order in which people list them, instead of the archive's. */
  natural?: boolean | undefined;
};

/** A folder being walked: its members, and where it stands inside the walk. */
type Level = { source: DiskPath; path: string; depth: number; members: Iterator<Sibling> };

function sourceOf(folder: DiskPath, { name, bytes, kept }: Sibling): DiskPath {
  if (kept && typeof folder === 'string') return join(folder, name);
  const text = bytes.toString();
  if (typeof folder === 'string' && bytes.equals(Buffer.from(text))) return join(folder, text);
  return Buffer.concat([Buffer.from(folder), Buffer.from(sep), bytes]);
}

const identity = ({ dev, ino }: BigIntStats): string => `${dev}:${ino}`;

async function identities(paths: readonly string[]): Promise<Set<string>> {
  const found = await Promise.all(
    paths.map(async (excluded) => {
      try {
        return [identity(await stat(excluded, { bigint: true }))];
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') return [];
        throw fromSystem(error, 'source', excluded);
      }
    }),
  );
  return new Set(found.flat());
}

/**
 * The answer to a failed look at a member of the folder: `gone` if it went away meanwhile, `unreadable` if this user may
 * not look. @throws everything else as a coded error
 */
function excuse(error: unknown, path: string): 'gone' | 'unreadable' {
  const errno = errnoOf(error);
  if (errno === 'ENOENT' || errno === 'ENOTDIR') return 'gone';
  if (errno === 'EACCES' || errno === 'EPERM') return 'unreadable';
  throw fromSystem(error, 'source', path);
}

async function openLevel(
  { source, path, depth }: Omit<Level, 'members'>,
  { natural = false }: WalkOptions,
): Promise<Level> {
  const members = await readdir(pathLike(source), { encoding: 'buffer' });
  const lasting = siblingNames(members.filter((name) => readPartialName(name.toString()) === undefined));
  if (natural) lasting.sort((a, b) => naturally(a.name, b.name));
  return { source, path, depth, members: lasting.values() };
}

/** Windows has no permission bits. A folder that nobody may enter would be of no use where there are some. */
const windowsModes = { file: 0o644, folder: 0o755 };

function entryOf(kind: FolderEntry['kind'], path: string, source: DiskPath, stats: BigIntStats): FolderEntry {
  return {
    kind,
    path,
    source,
    size: kind === 'file' ? Number(stats.size) : 0,
    mode: process.platform === 'win32' ? windowsModes[kind] : Number(stats.mode) & 0o777,
    modifiedMs: toMilliseconds(stats.mtimeNs),
    device: stats.dev,
    inode: stats.ino,
    modifiedNs: stats.mtimeNs,
  };
}

/** Looks at one member; a folder's own members are listed at the same time, so that both or neither are known. */
async function look(
  level: Level,
  sibling: Sibling,
  excluded: ReadonlySet<string>,
  options: WalkOptions,
): Promise<{ found?: Walked; inner?: Level }> {
  const path = level.path === '' ? sibling.name : `${level.path}/${sibling.name}`;
  const source = sourceOf(level.source, sibling);
  try {
    const stats = await lstat(pathLike(source), { bigint: true });
    if (excluded.has(identity(stats))) return {};
    if (stats.isSymbolicLink()) return { found: { kind: 'left-out', path, why: 'link' } };
    if (!stats.isFile() && !stats.isDirectory()) return { found: { kind: 'left-out', path, why: 'special' } };
    if (level.depth + 1 > MAX_COMPONENTS || Buffer.byteLength(path) > MAX_PATH_BYTES) {
      throw new EnvelopeError('name-impossible', 'a path in the folder is too long or too deep', { path });
    }
    if (stats.isFile()) return { found: entryOf('file', path, source, stats) };
    const inner = await openLevel({ source, path, depth: level.depth + 1 }, options);
    return { found: entryOf('folder', path, source, stats), inner };
  } catch (error) {
    return excuse(error, path) === 'gone' ? {} : { found: { kind: 'left-out', path, why: 'unreadable' } };
  }
}

/**
 * Lists the folder that the user named. A link here stands for what it points to, and a failure is not an entry left
 * out: there is nothing to walk.
 */
async function openRoot(folder: string, excluded: ReadonlySet<string>, options: WalkOptions): Promise<Level> {
  try {
    const stats = await stat(folder, { bigint: true });
    if (excluded.has(identity(stats))) {
      throw new EnvelopeError('same-file', 'the folder is also where the result goes', { path: folder });
    }
    if (!stats.isDirectory()) throw new EnvelopeError('source-special', 'not a folder', { path: folder });
    return await openLevel({ source: folder, path: '', depth: 0 }, options);
  } catch (error) {
    throw fromSystem(error, 'source', folder);
  }
}

/**
 * Everything in `folder` in the order of FORMAT.md section 2 (Folders): depth first, siblings in the byte order of their
 * names unless `natural`, a folder before its members. No link in it is followed. What is held at any time are the member names of the
 * folders from the top down to where it stands. What vanishes before it was looked at is not mentioned, nor are
 * temporaries: they belong to a job that is under way, or to the next start.
 * @throws EnvelopeError `cancelled` · `source-missing`, `source-unreadable`, `source-special` for `folder` itself ·
 *   `same-file` if `folder` is in `exclude` · `name-impossible` for more than 128 components or 4096 bytes, or a path
 *   too long for this system · `io-failed`
 */
export async function* walk(
  folder: string,
  options: WalkOptions = {},
): AsyncGenerator<Walked, void, undefined> {
  const excluded = await identities(options.exclude ?? []);
  const levels = [await openRoot(folder, excluded, options)];
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    if (options.signal?.aborted === true) throw new EnvelopeError('cancelled', 'the walk was cancelled');
    const member = level.members.next();
    if (member.done === true) {
      levels.pop();
      continue;
    }
    const { found, inner } = await look(level, member.value, excluded, options);
    if (found !== undefined) yield found;
    if (inner !== undefined) levels.push(inner);
  }
}
