/** @file Files of a spec: written from a plain value, and read back as one. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Relative path, with `/`, to content. A path that ends in `/` is an empty folder, with the content ''. */
export type Tree = Readonly<Record<string, string>>;

export function writeTree(folder: string, tree: Tree): void {
  for (const [name, content] of Object.entries(tree)) {
    const file = path.join(folder, name);
    mkdirSync(name.endsWith('/') ? file : path.dirname(file), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(file, content);
  }
}

export function readTree(folder: string): Tree {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const file = path.join(folder, name);
    const relative = name.split(path.sep).join('/');
    if (!statSync(file).isDirectory()) return [[relative, readFileSync(file, 'utf8')] as const];
    return readdirSync(file).length === 0 ? [[`${relative}/`, ''] as const] : [];
  });
  return Object.fromEntries(found.flat());
}
