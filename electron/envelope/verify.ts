import { EnvelopeError } from '../../shared/errors.ts';
import type { RunOptions } from '../stream/job.ts';
import type { Engine } from './engine.ts';
import type { EnvelopeFile } from './read.ts';
import { type Unlocked, type UnlockOptions, unlock } from './unlock.ts';

export type Verified = {
  envelope: string;
  body: string;
  name: string;
  size: number;
  /** The key that opens it. */
  key: string;
  requestIds: readonly string[];
};

/** Step 6 of FORMAT.md section 3 without writing: every segment, and for a folder the shape of its archive. */
export async function checkSegments(engine: Engine, unlocked: Unlocked, options: RunOptions): Promise<void> {
  const keyed = { header: unlocked.stream, fileKey: unlocked.fileKey };
  const body = { fd: unlocked.body.handle.fd, length: unlocked.body.length };
  if (unlocked.content.kind === 'folder') {
    await engine.pool.run({ kind: 'extract', body, mask: 0, ...keyed }, options);
  } else {
    await engine.pool.run({ kind: 'open', body, ...keyed }, options);
  }
  await checkStillThere(unlocked);
}

/** The body still has length F once its last segment was verified (FORMAT.md section 1). */
export async function checkStillThere({ body }: Unlocked): Promise<void> {
  const { size } = await body.handle.stat();
  if (size === body.length) return;
  throw new EnvelopeError(
    size < body.length ? 'body-cut-short' : 'body-altered',
    'the body changed while it was read',
    {
      body: body.path,
      length: size,
      expected: body.length,
    },
  );
}

/**
 * Proves that an envelope opens, without writing any plaintext.
 * @throws EnvelopeError every code of {@link unlock}, `body-altered` with `details.offset`, `archive-invalid`
 */
export async function verify(
  engine: Engine,
  file: EnvelopeFile,
  options: RunOptions & UnlockOptions = {},
): Promise<Verified> {
  await using unlocked = await unlock(engine.keyring, file, options);
  await checkSegments(engine, unlocked, options);
  return {
    envelope: file.path,
    body: unlocked.body.path,
    name: unlocked.content.name,
    size: unlocked.content.size,
    key: unlocked.key,
    requestIds: unlocked.requestIds,
  };
}
