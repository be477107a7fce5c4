import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The version of this program: of the nearest package.json above this file, which may be bundled or not. */
export function readVersion(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json')) && folder !== path.dirname(folder)) {
    folder = path.dirname(folder);
  }
  const content: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return String(Reflect.get(Object(content), 'version'));
}
