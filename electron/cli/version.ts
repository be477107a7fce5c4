import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** The version of this program, from the package.json above this file, bundled or not. */
export function readVersion(): string {
  const file = findPackageJSON(import.meta.url);
  if (file === undefined) throw new Error('the program has no package.json');
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return String(Reflect.get(Object(content), 'version'));
}
