/** @file What earlier runs kept, a file each: e2e/fuzz/corpus/<target>/<hash>. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, 'corpus');

/** In the order of their names, so that a run can be repeated. */
export function readCorpus(target: string): Uint8Array[] {
  const folder = path.join(root, target);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((name) => readFileSync(path.join(folder, name)));
}

export function addToCorpus(target: string, inputs: readonly Uint8Array[]): void {
  const folder = path.join(root, target);
  mkdirSync(folder, { recursive: true });
  for (const input of inputs) {
    const name = createHash('sha256').update(input).digest('hex').slice(0, 16);
    writeFileSync(path.join(folder, name), input);
  }
}
