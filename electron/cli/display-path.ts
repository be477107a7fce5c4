import path from 'node:path';
import { printable } from './escape.ts';

/** `file` as a person at this folder would write it, printable. */
export function displayPath(file: string, from: string = process.cwd()): string {
  const relative = path.relative(from, path.resolve(from, file));
  const inside = relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`);
  return printable(inside && !path.isAbsolute(relative) ? relative : file);
}
