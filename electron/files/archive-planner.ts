import { open } from 'node:fs/promises';
import { EnvelopeError } from '../../shared/errors.ts';
import { END_BYTES, encodeHeader, paddingAfter } from './archive-header.ts';
import type { ArchiveEntry, ArchivePlan, FolderEntry, LeftOut } from './archive-plan.ts';
import { READ_FLAGS, pathLike } from './disk-path.ts';
import { ioErrors } from './io-error.ts';
import { type WalkOptions, walk } from './walk.ts';

/** How many files are tried at a time: one after the other, most of the time would be spent between the calls. */
const filesAtATime = 32;

/** Whether this user may read a file is found out now, before anything is sealed. */
async function confirmReadable(entry: FolderEntry): Promise<void> {
  if (entry.kind === 'folder') return;
  await ioErrors('source', entry.path, async () => {
    const handle = await open(pathLike(entry.source), READ_FLAGS);
    await handle.close();
  });
}

/**
 * Lays `folder` out as one archive (FORMAT.md section 2, Folders). `leftOut` are links and special files. What cannot be
 * read is not left out: an archive that silently misses a file would not be the folder.
 * @throws EnvelopeError `source-unreadable` and the codes of {@link walk}
 */
export async function planArchive(
  folder: string,
  options: WalkOptions = {},
): Promise<{ plan: ArchivePlan; leftOut: LeftOut[] }> {
  const entries: ArchiveEntry[] = [];
  const leftOut: LeftOut[] = [];
  let offset = 0;
  let untried = 0;
  for await (const found of walk(folder, options)) {
    if (found.kind === 'left-out') {
      const { path, why } = found;
      if (why === 'unreadable') {
        throw new EnvelopeError('source-unreadable', 'a member of the folder cannot be read', { path });
      }
      leftOut.push({ path, why });
      continue;
    }
    entries.push({ ...found, offset });
    offset += encodeHeader(found).length + found.size + paddingAfter(found.size);
    if (entries.length - untried === filesAtATime) {
      await Promise.all(entries.slice(untried).map(confirmReadable));
      untried = entries.length;
    }
  }
  await Promise.all(entries.slice(untried).map(confirmReadable));
  const plan = { folder, exclude: options.exclude ?? [], entries, size: offset + END_BYTES };
  return { plan, leftOut };
}
