/** @file A lost envelope written again from the copy that was kept of it. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { Copy } from '../copies/copy-file.ts';
import { decodeBase64url } from '../envelope/base64url.ts';
import type { Engine } from '../envelope/engine.ts';
import { findEnvelope, firstBytes } from '../envelope/locate.ts';
import { readEnvelopeBytes } from '../envelope/read.ts';
import { createPartial, giveName, removeFile } from '../files/atomic.ts';
import { fsyncFolder } from '../files/fsync-folder.ts';
import { ioErrors } from '../files/io-error.ts';
import { finalNames } from '../files/pair.ts';
import { setPermissions } from '../files/permissions.ts';
import { BODY_SUFFIX, hasSuffix, numberedStem, stemFor } from '../files/stem.ts';

/** How many numbers are tried where the name is taken. */
const NUMBERS = 1_000;

/**
 * Writes the copy beside its body, under the body's stem; where that name is taken, by a damaged envelope or another's,
 * under the next number. Nothing is replaced.
 * @param body absolute path of the body
 * @param second whether a body that has an envelope beside it gets another one: that one may be damaged
 * @returns the path of the envelope
 * @throws EnvelopeError `name-taken` if an envelope of this body is there already · `body-foreign` if the copy is not of
 *   this body · `source-…` of the body; `target-…`, `disk-full`, `io-failed`
 */
export async function restoreEnvelope(
  { journal }: Pick<Engine, 'journal'>,
  body: string,
  copy: Copy,
  { second = false }: { second?: boolean } = {},
): Promise<string> {
  const { id, stream } = copy.envelope.header;
  const first = await firstBytes(body);
  if (first === undefined || Buffer.compare(first, decodeBase64url(stream)) !== 0) {
    throw new EnvelopeError('body-foreign', 'the copy is of another body', { body });
  }
  if (!second) await refuseSecond(body);
  const folder = path.dirname(body);
  const name = path.basename(body);
  const stem = stemFor(hasSuffix(name, BODY_SUFFIX) ? name.slice(0, -BODY_SUFFIX.length) : name, id);
  const job = randomUUID();
  const partial = path.join(folder, `.${job}.envelope.partial`);
  // As a rewrap of an envelope that is gone: what a crash leaves is kept, for it may be the only one.
  await journal.note({ job, kind: 'rewrap', partial, envelope: finalNames(folder, stem).envelope });
  try {
    await writeReadable(partial, copy.bytes, body);
    for (let n = 1; n <= NUMBERS; n += 1) {
      const { envelope } = finalNames(folder, numberedStem(stem, n, id));
      if (!(await giveName(partial, envelope))) continue;
      await fsyncFolder(folder);
      return envelope;
    }
    throw new EnvelopeError('name-taken', 'no name is free for the envelope', { folder, stem });
  } finally {
    await removeFile(partial);
    await journal.done(job);
  }
}

async function refuseSecond(body: string): Promise<void> {
  const there = await findEnvelope(body).catch((error: unknown) => {
    if (!isEnvelopeError(error, 'envelope-missing')) throw error;
  });
  if (there === undefined) return;
  throw new EnvelopeError('name-taken', 'an envelope of this body is there', { path: there.path });
}

/** To disk, read back, and readable by whoever may read the body. */
async function writeReadable(partial: string, bytes: Uint8Array, body: string): Promise<void> {
  const { mode } = await ioErrors('source', body, async () => await stat(body));
  {
    await using file = await createPartial(partial);
    await ioErrors('target', partial, async () => {
      await file.writeFile(bytes);
      await setPermissions(file, (mode & 0o666) | 0o600);
      await file.sync();
    });
  }
  if (Buffer.compare(await readEnvelopeBytes(partial), bytes) === 0) return;
  throw new EnvelopeError('io-failed', 'the disk gave back another envelope than was written', {
    path: partial,
  });
}
