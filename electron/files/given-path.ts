import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { type IoSide, ioErrors } from './io-error.ts';

/**
 * The absolute path of what the user named, without `..`, and of the same file that the system finds by it. Behind a
 * link `..` leads to where the link leads, which no text tells: `path.resolve` would name another file. Links that no
 * `..` follows are kept. Windows itself goes by the text.
 * @throws EnvelopeError `source-…` or `target-…` if there is nothing to go up from
 */
export async function givenPath(given: string, side: IoSide): Promise<string> {
  if (process.platform === 'win32') return path.resolve(given);
  const components = given.split(path.sep);
  const below = components.lastIndexOf('..') + 1;
  if (below === 0) return path.resolve(given);
  const upper = components.slice(0, below).join(path.sep);
  const real = await ioErrors(side, given, async () => await realpath(upper));
  return path.join(real, ...components.slice(below));
}
