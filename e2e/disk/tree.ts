/** @file What is on a disk, and what a run said of it. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Ran } from '../run-cli.ts';

/** By path below a folder: the SHA-256 of what each file holds. */
export type Tree = Map<string, string>;

/** Every file below `folder`, in the order of the paths. */
export function treeOf(folder: string): Tree {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
  return new Map(files.toSorted().map((file) => [path.relative(folder, file), hashOf(file)]));
}

/** The codes of the errors that a run with `--json` told of, one for each. */
export function codesOf(ran: Ran): unknown[] {
  return ran
    .lines()
    .flatMap(({ error }) =>
      typeof error === 'object' && error !== null && 'code' in error ? [error.code] : [],
    );
}
