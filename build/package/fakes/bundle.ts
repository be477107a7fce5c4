/** @file What a package is made of must be there. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../../..');

/** Builds `out/` unless it is there. */
export function needBundle(): void {
  if (existsSync(path.join(repository, 'out/package.json'))) return;
  execFileSync(process.execPath, [path.join(repository, 'build/scripts/bundle.ts')]);
}
