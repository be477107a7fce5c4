/** @file Whether a file is sealed already, so that sealing it again is asked about. */
import path from 'node:path';
import { bodyHeader, envelopeHeader, isOnePair, startOf } from './pair-header.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX } from './stem.ts';

/** How an envelope that this program, or a newer one, wrote begins, even if the rest is damaged. */
const envelopeStart = /^\s*\{\s*"format"\s*:\s*"envelope\//;

/**
 * What `file` is, by its name and its content; undefined for everything else, missing files and links included.
 *
 * - An envelope: named `*.envelope`, and it parses or begins like one.
 * - A body: named `T.enc`, and `T.envelope` beside it carries its first 40 bytes. `.enc` is used by many programs and a
 *   body by itself is noise, so nothing less counts: a false alarm on somebody's backup would be worse than sealing a
 *   body that was separated from its envelope, which harms nothing.
 *
 * @throws EnvelopeError `source-unreadable`, `io-failed`
 */
export async function looksSealed(file: string): Promise<'envelope' | 'body' | undefined> {
  const suffix = path.extname(file);
  if (suffix.toLowerCase() === ENVELOPE_SUFFIX) {
    const begins = envelopeStart.test(await startOf(file));
    return begins || (await envelopeHeader(file)) !== undefined ? 'envelope' : undefined;
  }
  if (suffix.toLowerCase() === BODY_SUFFIX) {
    const envelope = file.slice(0, -suffix.length) + ENVELOPE_SUFFIX;
    if (isOnePair(await envelopeHeader(envelope), await bodyHeader(file))) return 'body';
  }
  return undefined;
}
