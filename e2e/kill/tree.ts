/** @file The originals of the kill test, and how folders are compared. */
import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bytesOf } from './random.ts';
import type { Place, Version } from './place.ts';

/** Bytes of the files in `docs`: none, few, exactly one segment, and enough for several workers. */
const sizes: Record<string, number> = {
  empty: 0,
  one: 1,
  'small.txt': 5000,
  segment: 1_048_520,
  'deep/medium': 2_200_007,
  'deep/er/large': 9_500_000,
  ...Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`deep/note ${n}`, 100 + n])),
};

/** Every file of `docs`, by its path in it. */
export const files: readonly string[] = Object.keys(sizes);

export async function writeOriginals(place: Place, version: Version): Promise<void> {
  const docs = place.docs(version);
  await mkdir(path.join(docs, 'hollow'), { recursive: true });
  await mkdir(path.join(docs, 'deep', 'er'), { recursive: true });
  for (const [index, name] of files.entries()) {
    const file = path.join(docs, name);
    const seed = index + (version === 'a' ? 0 : 1000);
    await writeFile(file, bytesOf(seed, sizes[name] ?? 0));
    await chmod(file, index % 2 === 0 ? 0o700 : 0o600);
    await utimes(file, 0, 1_600_000_000 + seed + 0.125);
  }
}

/** What one file or folder is, in a word that changes with its bytes, its time and its permissions. */
export async function describeFile(file: string): Promise<string> {
  const stats = await lstat(file);
  const mode = (stats.mode & 0o777).toString(8);
  if (stats.isDirectory()) return `folder ${mode}`;
  const hash = createHash('sha256').update(await readFile(file));
  return `file ${mode} ${Math.floor(stats.mtimeMs)} ${stats.size} ${hash.digest('base64url')}`;
}

/** Everything below `folder`, by its path in it; nothing if there is no such folder. */
export async function list(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true }).catch(() => []);
  return found.sort((a, b) => (a < b ? -1 : 1));
}

/** What is in a folder, by its path: equal for equal trees, also as JSON. */
export type Tree = Record<string, string>;

export async function describeTree(folder: string): Promise<Tree> {
  const entries: Tree = {};
  for (const name of await list(folder)) entries[name] = await describeFile(path.join(folder, name));
  return entries;
}
