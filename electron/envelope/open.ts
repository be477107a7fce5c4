import { randomUUID } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { Note, NoteCode } from '../../shared/notes.ts';
import type { Collision } from '../../shared/settings.ts';
import { createPartial, createPartialFolder, exists } from '../files/atomic.ts';
import { fsyncFolder } from '../files/fsync-folder.ts';
import { inTurn } from '../files/in-turn.ts';
import { ioErrors } from '../files/io-error.ts';
import { takePlaintextAway } from '../files/plaintext-away.ts';
import { needSpace } from '../files/space.ts';
import { systemName } from '../files/stem.ts';
import { setModified, setModifiedByPath } from '../files/times.ts';
import { umask } from '../files/umask.ts';
import { copyWebMark } from '../files/web-mark.ts';
import type { ExtractJob, RunOptions, StreamResult } from '../stream/job.ts';
import { plaintextLength } from '../stream/sizes.ts';
import type { Engine } from './engine.ts';
import { type Finishing, finish, refuseOwnPair } from './finish-open.ts';
import { parseMode } from './mode.ts';
import type { EnvelopeFile } from './read.ts';
import { parseTime } from './time.ts';
import { type Unlocked, unlock, type UnlockOptions } from './unlock.ts';
import { checkStillThere } from './verify.ts';
import type { FileHandle } from '../files/file-handle.ts';

export type OpenRequest = Omit<UnlockOptions, 'signal' | 'beforeKeys'> & {
  /** Where the plaintext goes; it exists. The name is the one the envelope carries. */
  folder: string;
  collision: Collision;
};

export type Opened = {
  envelope: string;
  body: string;
  /** Where the plaintext is now: a file, or a folder. */
  path: string;
  kind: 'file' | 'folder';
  /** Plaintext bytes. */
  size: number;
  /** The key that opened it. */
  key: string;
  requestIds: readonly string[];
  notes: readonly Note[];
};

/** One opening under way: what every step needs. */
type Opening = Finishing & { created: boolean };

function bodyOf({ body, stream, fileKey }: Unlocked) {
  return { body: { fd: body.handle.fd, length: body.length }, header: stream, fileKey };
}

/**
 * Time and permission bits as the envelope has them, the bits less the umask. The bits go last: they may forbid what
 * came before. What the system refuses is a note.
 */
async function restore(
  { unlocked, name }: Opening,
  setTime: (ms: number) => void,
  setMode: (mode: number) => Promise<void>,
) {
  const { modified, mode } = unlocked.content;
  const notes: Note[] = [];
  try {
    setTime(parseTime(modified));
  } catch {
    notes.push({ path: name, code: 'time-not-restored' });
  }
  try {
    await setMode(parseMode(mode) & ~umask);
  } catch {
    notes.push({ path: name, code: 'permissions-not-restored' });
  }
  return notes;
}

/** Step 6 into the new, empty file `partial`, with every check, its mode and time, and on disk. */
async function writeFilePartial(opening: Opening, handle: FileHandle, options: RunOptions): Promise<Note[]> {
  const { engine, unlocked, partial } = opening;
  await engine.pool.run({ kind: 'open', ...bodyOf(unlocked), target: handle.fd }, options);
  await checkStillThere(unlocked);
  const notes = await restore(
    opening,
    (ms) => {
      setModified(handle.fd, ms);
    },
    async (mode) => {
      await handle.chmod(mode);
    },
  );
  await ioErrors('target', partial, async () => {
    await handle.sync();
  });
  return notes;
}

const memberNotes: Record<StreamResult['notes'][number]['what'], NoteCode> = {
  name: 'name-changed',
  mode: 'permissions-not-restored',
  time: 'time-not-restored',
};

/** A note on a member of a folder. */
const memberNote = ({ path: inside, what }: StreamResult['notes'][number]): Note => ({
  path: inside,
  code: memberNotes[what],
});

/** The same for a folder: its archive is extracted into the new, private directory `partial`. */
async function writeFolderPartial(opening: Opening, options: RunOptions): Promise<Note[]> {
  const { engine, unlocked, partial } = opening;
  const job: ExtractJob = { kind: 'extract', ...bodyOf(unlocked), directory: partial, mask: umask };
  const { notes } = await engine.pool.run(job, options);
  await checkStillThere(unlocked);
  const own = await restore(
    opening,
    (ms) => {
      setModifiedByPath(partial, ms);
    },
    async (mode) => {
      await chmod(partial, mode);
    },
  );
  await fsyncFolder(partial);
  return [...notes.map(memberNote), ...own];
}

/** The temporary's name is made of the envelope's id: if it is taken, another run opens the same here. */
async function refuseBeingOpened<T>(create: () => Promise<T>): Promise<T> {
  try {
    return await create();
  } catch (error) {
    if (!isEnvelopeError(error, 'name-taken')) throw error;
    throw new EnvelopeError('being-opened', 'another run is opening this', error.details, error);
  }
}

/** Creates `partial` and fills it. It is this job's from the moment it was created, and only then taken away again. */
async function fillPartial(opening: Opening, options: RunOptions): Promise<Note[]> {
  const { unlocked, partial } = opening;
  if (unlocked.content.kind === 'folder') {
    await refuseBeingOpened(async () => {
      await createPartialFolder(partial);
    });
    opening.created = true;
    return await writeFolderPartial(opening, options);
  }
  await using handle = await refuseBeingOpened(async () => await createPartial(partial));
  opening.created = true;
  return await writeFilePartial(opening, handle, options);
}

async function openInto(
  opening: Opening,
  options: RunOptions,
): Promise<{ target: string | undefined; notes: Note[] }> {
  const { engine, unlocked, request, partial } = opening;
  const job = randomUUID();
  await engine.journal.note({ job, kind: 'open', partial, folder: unlocked.content.kind === 'folder' });
  try {
    const notes = await fillPartial(opening, options);
    if (!(await copyWebMark([unlocked.file.path, unlocked.body.path], partial))) {
      notes.push({ path: opening.name, code: 'web-mark-not-set' });
    }
    const target = await finish(opening);
    if (target !== undefined) {
      await fsyncFolder(request.folder);
      opening.created = false; // its own name is gone, and that is on the disk
    }
    return { target, notes };
  } finally {
    // What cannot be taken away is left to the next start, and does not stand before what failed.
    if (!opening.created || (await takePlaintextAway(partial))) await engine.journal.done(job);
  }
}

/**
 * Opens one envelope into `request.folder` (FORMAT.md section 5, Open). Plaintext gets its final name only after every
 * check; on any error nothing is left behind.
 * @returns undefined if the name was taken and `collision` is `skip`
 * @throws EnvelopeError every code of {@link unlock}; `body-altered` with `details.offset`; `archive-invalid`;
 *   `disk-full`, `target-…`, `same-file`, `name-impossible`, `being-opened` by another run, `cancelled`
 */
export async function open(
  engine: Engine,
  file: EnvelopeFile,
  request: OpenRequest,
  options: RunOptions = {},
): Promise<Opened | undefined> {
  await using unlocked = await unlock(engine.keyring, file, {
    ...request,
    signal: options.signal,
    beforeKeys: async (body) => {
      await needSpace(request.folder, plaintextLength(body.length) ?? 0);
    },
  });
  const { content, body, key, requestIds } = unlocked;
  const { name } = systemName(content.name);
  const wanted = path.join(request.folder, name);
  if (request.collision === 'skip' && (await exists(wanted))) return undefined;

  const partial = path.join(request.folder, `.${file.envelope.header.id}.plain.partial`);
  const opening = { engine, unlocked, request, partial, created: false, name };
  if (request.collision === 'replace') await refuseOwnPair(opening);
  // A copy of the same pair may be on its way into the same folder.
  const { target, notes } = await inTurn(partial, async () => await openInto(opening, options));
  if (target === undefined) return undefined;
  if (opening.name !== content.name) notes.push({ path: target, code: 'name-changed', name: content.name });
  return {
    envelope: file.path,
    body: body.path,
    path: target,
    kind: content.kind,
    size: content.size,
    key,
    requestIds,
    notes,
  };
}
