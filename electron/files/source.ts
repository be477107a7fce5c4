import { type BigIntStats, constants } from 'node:fs';
import { EnvelopeError } from '../../shared/errors.ts';
import { type FileIdentity, identityOf, sameFile } from './identity.ts';
import { ioErrors } from './io-error.ts';
import { isStillThat } from './still-that.ts';
import type { FileHandle } from './file-handle.ts';
import { lstat, open, stat } from './fs.ts';

/** A regular file opened for reading. The holder closes `handle`. */
export type OpenedSource = { handle: FileHandle; identity: FileIdentity; stats: BigIntStats };

/**
 * Opens a regular file, once, for reading.
 *
 * A link the user named stands for what it points to, as with every other program: it is followed. Where a program came
 * upon the path by itself (walking a folder, a noted temporary), `noFollow` refuses links.
 *
 * @throws EnvelopeError `source-missing` · `source-unreadable` · `source-special` for anything but a regular file: a
 *   folder, pipe, socket, device, with `noFollow` a link, or a path that was given to another file meanwhile
 */
export async function openSource(
  path: string | Buffer,
  { noFollow = false }: { noFollow?: boolean } = {},
): Promise<OpenedSource> {
  return await ioErrors('source', path.toString(), async () => {
    // Asked before it is opened: opening a device can make it do something.
    const before = await (noFollow ? lstat : stat)(path, { bigint: true });
    if (!before.isFile()) throw special(path.toString());
    // O_NONBLOCK: a pipe put here since then must not hang us. On Windows both flags are undefined, and `|` takes
    // that for 0.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | (noFollow ? constants.O_NOFOLLOW : 0);
    const handle = await open(path, flags);
    try {
      const stats = await handle.stat({ bigint: true });
      const identity = identityOf(stats);
      const asked = identityOf(before);
      if (!stats.isFile() || !(sameFile(asked, identity) || isStillThat(asked, identity, path)))
        throw special(path.toString());
      return { handle, identity, stats };
    } catch (error) {
      await handle.close();
      throw error;
    }
  });
}

function special(path: string): EnvelopeError {
  return new EnvelopeError('source-special', 'not a regular file', { path });
}
