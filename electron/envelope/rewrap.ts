import { randomUUID } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Note } from '../../shared/notes.ts';
import { createPartial, exists, removeFile, replaceName } from '../files/atomic.ts';
import { fsyncFolder } from '../files/fsync-folder.ts';
import { inTurn } from '../files/in-turn.ts';
import { ioErrors } from '../files/io-error.ts';
import { setPermissions } from '../files/permissions.ts';
import { type ChangedKeys, changeKeys, type KeyChange } from './change-keys.ts';
import type { ChangeOptions } from './checked-key.ts';
import { parseEnvelope, replaceKeys } from './codec.ts';
import { decodeBase64url } from './base64url.ts';
import type { Engine } from './engine.ts';
import { type EnvelopeFile, readEnvelopeBytes, readEnvelopeFile } from './read.ts';
import { stat } from '../files/fs.ts';

/** An envelope that was rewrapped. `envelope` is its real path. */
export type Rewrapped = Omit<ChangedKeys, 'keys'> & { envelope: string; notes: readonly Note[] };

/** How often an envelope may change under a rewrap before it is given up. */
const ATTEMPTS = 3;

/**
 * Changes which keys open one envelope (FORMAT.md sections 4 and 5, Rewrap). Only `keys` changes, and the body is
 * neither touched nor needed. A link is followed. Until the rename a cancel is obeyed and the old envelope stands as it
 * was. Whoever kept an old copy, and may still use an old key, can open the body all the same.
 * @throws EnvelopeError every code of {@link changeKeys} and {@link readEnvelopeFile}; `envelope-changed` if somebody
 *   else keeps writing it; `disk-full`, `target-…`, `io-failed`
 */
export async function rewrap(
  engine: Pick<Engine, 'keyring' | 'journal' | 'copies'>,
  envelope: string,
  change: KeyChange,
  options: ChangeOptions = {},
): Promise<Rewrapped> {
  const real = await ioErrors('source', envelope, async () => await realpath(envelope));
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const old = await readEnvelopeFile(real);
    const { keys, ...changed } = await changeKeys(engine.keyring, old.envelope, change, options);
    const bytes = replaceKeys(old.bytes, keys);
    if (!(await replaceEnvelope(engine, old, bytes, options.signal))) continue;
    // An older copy would bring back the keys that were removed.
    const why = await engine.copies.keep(decodeBase64url(old.envelope.header.stream), bytes);
    const notes: Note[] = why === undefined ? [] : [{ path: real, code: 'copy-not-kept', why }];
    return { envelope: real, ...changed, notes };
  }
  throw new EnvelopeError('envelope-changed', 'the envelope was changed by somebody else meanwhile', {
    envelope: real,
  });
}

/** Writes `bytes` over `old`. Returns false, having changed nothing, if it no longer is what was read. */
async function replaceEnvelope(
  { journal }: Pick<Engine, 'journal'>,
  old: EnvelopeFile,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const job = randomUUID();
  const folder = path.dirname(old.path);
  const partial = path.join(folder, `.${job}.envelope.partial`);
  await journal.note({ job, kind: 'rewrap', partial, envelope: old.path });
  try {
    await writeLike(old.path, partial, bytes);
    await confirmWritten(partial, bytes);
    // Two rewraps of this process must not both find the old envelope unchanged.
    return await inTurn(old.path, async () => {
      if (!(await isUnchanged(old))) return false;
      if (signal?.aborted === true)
        throw new EnvelopeError('cancelled', 'cancelled before the envelope was replaced');
      await replaceName(partial, old.path);
      await fsyncFolder(folder);
      return true;
    });
  } finally {
    // Renamed, it is gone already. Its name is random: nobody else's file has it.
    await removeFile(partial);
    await journal.done(job);
  }
}

/** Writes the temporary `partial` with owner and permissions of `old`, and to disk. */
async function writeLike(old: string, partial: string, bytes: Uint8Array): Promise<void> {
  const { mode, uid, gid } = await ioErrors('source', old, async () => await stat(old));
  await using file = await createPartial(partial);
  await ioErrors('target', partial, async () => {
    await file.writeFile(bytes);
    // Only an administrator may give a file away, and to whom else it belongs is not worth an error.
    await file.chown(uid, gid).catch(() => {});
    await setPermissions(file, mode & 0o777);
    await file.sync();
  });
}

/** Reads the new envelope back. @throws EnvelopeError `io-failed` unless it is `expected` to the byte */
async function confirmWritten(partial: string, expected: Uint8Array): Promise<void> {
  const found = await readEnvelopeBytes(partial);
  if (Buffer.compare(found, expected) !== 0) {
    throw new EnvelopeError('io-failed', 'the disk gave back another envelope than was written', {
      path: partial,
    });
  }
  parseEnvelope(found);
}

/** Whether an envelope has the bytes that were read. */
async function isUnchanged({ path: file, bytes }: EnvelopeFile): Promise<boolean> {
  if (!(await exists(file))) return false;
  return Buffer.compare(await readEnvelopeBytes(file), bytes) === 0;
}
