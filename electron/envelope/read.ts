import { constants } from 'node:fs';
import type { Envelope } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import { fromSystem } from '../files/io-error.ts';
import { readStart } from '../files/read-start.ts';
import { MAX_ENVELOPE_BYTES, parseEnvelope } from './codec.ts';
import { open } from '../files/fs.ts';

/** An envelope as it stands on disk: what it says and the bytes that say it. */
export type EnvelopeFile = { path: string; envelope: Envelope; bytes: Uint8Array };

/**
 * Reads and parses an envelope: a regular file (a link to one is followed) whose size is checked before it is read
 * (FORMAT.md section 2), and which is read no further than that.
 * @throws EnvelopeError `source-missing`, `source-unreadable`, `source-special`, `source-changed` if it grows meanwhile,
 *   `envelope-invalid`, `envelope-newer`
 */
export async function readEnvelopeFile(path: string): Promise<EnvelopeFile> {
  const bytes = await readEnvelopeBytes(path);
  return { path, envelope: parseEnvelope(bytes), bytes };
}

/** The bytes of {@link readEnvelopeFile}, before they are understood. Errors of the file as there. */
export async function readEnvelopeBytes(path: string): Promise<Uint8Array> {
  try {
    // O_NONBLOCK: a named pipe must not hang us before we see that it is one.
    await using handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (!stats.isFile()) throw new EnvelopeError('source-special', 'not a regular file', { path });
    if (stats.size > MAX_ENVELOPE_BYTES) {
      throw new EnvelopeError('envelope-invalid', 'larger than an envelope can be', {
        path,
        reason: 'it is larger than 1 MiB',
      });
    }
    // One byte more than there was, and so never more than the limit and one: what grows meanwhile is not waited for.
    const bytes = await readStart(handle, stats.size + 1);
    if (bytes.length <= stats.size) return bytes;
    throw new EnvelopeError('source-changed', 'it grew while it was read', { path });
  } catch (error) {
    throw fromSystem(error, 'source', path);
  }
}
