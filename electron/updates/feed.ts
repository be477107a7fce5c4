/** @file Where newer versions are looked for: laid down when the program is packaged, and nowhere else. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

export type Feed = {
  /** A folder of a web server, with its final slash. */
  url: string;
  /** Ed25519, SPKI, base64: who makes versions of this program. */
  publicKey: string;
};

/** SECURITY: https, so that nobody on the way learns or chooses what is looked at, beside the signature. */
const isFeedUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return url?.protocol === 'https:' && url.pathname.endsWith('/') && url.search === '' && url.hash === '';
};

export const feedSchema = z.strictObject({
  url: z.string().refine(isFeedUrl),
  publicKey: z.base64().min(1),
});

/** The member `updates` of the packaged program's manifest. */
const manifestSchema = z.looseObject({ updates: feedSchema.exactOptional() });

/**
 * The feed that stands in the program's own manifest, `file`. Undefined if there is none: then nothing is ever looked for.
 * @throws Error if it is not what the packaging writes
 */
export async function readFeed(file: string): Promise<Feed | undefined> {
  return manifestSchema.parse(JSON.parse(await readFile(file, 'utf8'))).updates;
}
