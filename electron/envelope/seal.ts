import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Labels } from '../../shared/envelope.ts';
import { type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import type { Note } from '../../shared/notes.ts';
import type { Collision } from '../../shared/settings.ts';
import type { LeftOut } from '../files/archive-plan.ts';
import { exists } from '../files/atomic.ts';
import { moveToBin } from '../files/bin.ts';
import type { DiskPath } from '../files/disk-path.ts';
import { finalNames, type NamedPair } from '../files/pair.ts';
import { openPlainFile, openPlainFolder, type Plain } from '../files/plain.ts';
import { refuseSameFile } from '../files/same-file.ts';
import { needSpace } from '../files/space.ts';
import { ENVELOPE_SUFFIX, stemFor } from '../files/stem.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { MayWait } from '../keys/make-key.ts';
import type { RunOptions } from '../stream/job.ts';
import { bodyLength } from '../stream/sizes.ts';
import { newNote } from '../waiting/note.ts';
import type { WaitingList } from '../waiting/waiting-list.ts';
import type { Asked } from './ask-keys.ts';
import { MAX_ENVELOPE_BYTES } from './codec.ts';
import { checkLabels } from './context.ts';
import type { Engine } from './engine.ts';
import { PartialPair } from './partial-pair.ts';
import { readBack } from './read-back.ts';
import { Sealing } from './sealing.ts';

export type SealRequest = {
  /** The file or folder to seal. A folder is sealed as one archive. */
  path: DiskPath;
  kind: 'file' | 'folder';
  /** Where the pair goes; it exists. */
  folder: string;
  keys: readonly KeyRef[];
  labels: Labels;
  hideNames: boolean;
  collision: Collision;
  /** Read the pair back and verify it before it gets its names. A pair that replaces another always is. */
  verify: boolean;
  /** After that verify, move the original to the bin, unless its keys may seal here but not open. */
  binOriginal: boolean;
  /** What is done about a chosen KMS key that cannot be reached; without it that ends the job. */
  offline?: Offline | undefined;
};

/** Sealing without a KMS key for now: whether, and where it is noted that the key is still to be added. */
export type Offline = { mayWait: MayWait; list: Pick<WaitingList, 'put' | 'drop'> };

export type Sealed = {
  id: string;
  envelope: string;
  body: string;
  /** Plaintext bytes. */
  size: number;
  requestIds: readonly string[];
  /** Links and special files that an archive does not keep. */
  leftOut: readonly LeftOut[];
  /** The keys that open it now. */
  keys: readonly string[];
  /** The chosen KMS keys that do not open it yet, because they could not be reached. */
  waiting: readonly string[];
  /** Whether the original is in the bin. */
  binned: boolean;
  notes: readonly Note[];
};

async function openPlain({ path, kind, folder }: SealRequest, signal?: AbortSignal): Promise<Plain> {
  return kind === 'folder' ? await openPlainFolder(String(path), folder, signal) : await openPlainFile(path);
}

/** Before anything is done: refuses a pair that would replace what it is made of, and sees what is to be skipped. */
async function isSkipped(request: SealRequest, plain: Plain): Promise<boolean> {
  if (request.hideNames) return false; // its names are new
  const { body, envelope } = finalNames(request.folder, plain.name);
  if (request.collision === 'replace') {
    for (const output of [body, envelope]) await refuseSameFile(output, [plain.path]);
  }
  return request.collision === 'skip' && ((await exists(body)) || (await exists(envelope)));
}

/** The steps of FORMAT.md section 5, Seal; then a copy of the envelope is kept, which is not worth an error. */
async function sealPlain(
  engine: Engine,
  plain: Plain,
  id: string,
  request: SealRequest,
  options: RunOptions,
) {
  const { signal } = options;
  const mayWait = request.offline?.mayWait;
  using sealing = await Sealing.prepare(engine.keyring, plain, { ...request, id, signal, mayWait });
  await using pair = await PartialPair.create(engine.journal, request.folder, id);
  const { stream: header, fileKey } = sealing;
  await engine.pool.run(
    { kind: 'seal', source: plain.source, target: pair.body.fd, header, fileKey },
    options,
  );
  await plain.confirmUnchanged();
  await pair.finishWriting(sealing.envelope, plain.mode);
  const asked = isReadBack(request) ? await readBack(engine, pair, sealing, plain, signal) : undefined;
  const stem = stemFor(request.hideNames ? undefined : plain.name, id);
  const give = async (): Promise<NamedPair | undefined> =>
    await pair.giveNames(stem, request.collision, signal);
  const named = await noteWaiting(request, sealing, { id, stem }, give);
  if (named === undefined) return undefined;
  const why = await engine.copies.keep(sealing.stream, sealing.envelope);
  const notes: Note[] = why === undefined ? [] : [{ path: named.envelope, code: 'copy-not-kept', why }];
  const isUntried = asked?.state === 'untried';
  if (isUntried) notes.push(untriedNote(plain, asked));
  const requestIds = [...sealing.requestIds, ...(asked?.requestIds ?? [])];
  const waiting = sealing.waiting.map(({ key }) => key);
  return { ...named, requestIds, keys: sealing.keys, waiting, notes, isUntried };
}

/** Whether something may go that stands there now, or the user asked for it. */
const isReadBack = ({ verify, binOriginal, collision }: SealRequest): boolean =>
  verify || binOriginal || collision === 'replace';

const untriedNote = ({ path }: Plain, { error }: Asked): Note => ({
  path,
  code: 'opening-untried',
  ...(error === undefined ? {} : { error }),
});

/**
 * Gives the pair its names. That keys are still to be added is on disk before there is an envelope without them, and is
 * taken back if there will be none.
 */
async function noteWaiting(
  { folder, offline }: SealRequest,
  { waiting, standIn }: Sealing,
  { id, stem }: { id: string; stem: string },
  give: () => Promise<NamedPair | undefined>,
): Promise<NamedPair | undefined> {
  if (offline === undefined || waiting.length === 0) return await give();
  const { list } = offline;
  const expected = path.join(folder, `${stem}${ENVELOPE_SUFFIX}`);
  const note = { ...newNote(id, expected, waiting), ...(standIn === undefined ? {} : { standIn }) };
  await list.put(note);
  let named: NamedPair | undefined;
  try {
    named = await give();
  } catch (error) {
    // A pair that recovery will finish does come to be.
    if (!isEnvelopeError(error) || error.details['unfinished'] !== true) await list.drop(id);
    throw error;
  }
  if (named === undefined) await list.drop(id);
  // Under the name with a number; should that not be written, it is found by its id.
  else if (named.envelope !== expected) await list.put({ ...note, envelope: named.envelope }).catch(() => {});
  return named;
}

/** The original goes only if it still is what was sealed and nothing of it was left out. It is not worth an error. */
async function binOriginal(engine: Engine, plain: Plain): Promise<Note[]> {
  const kept = (error?: ErrorRecord): Note[] => [
    { path: plain.path, code: 'original-kept', ...(error === undefined ? {} : { error }) },
  ];
  if (plain.leftOut.length > 0) return kept();
  try {
    if (plain.kind === 'folder') await plain.confirmUnchanged();
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return kept(error.toRecord());
  }
  const original = { path: plain.path, identity: plain.identity };
  const binned = await moveToBin([original], { move: engine.moveToBin });
  return binned.flatMap(({ error }) => (error === undefined ? [] : kept(error)));
}

/**
 * Seals one file, or one folder as an archive, into a pair (FORMAT.md section 5, Seal). From the moment the body gets
 * its final name a cancel is not obeyed. On any error nothing is left behind and the original is untouched.
 * @returns undefined if the name was taken and `collision` is `skip`
 * @throws EnvelopeError of the source (`source-…`), the keys, also where they are asked again ({@link readBack}), the
 *   disk (`disk-full`, `target-…`), `labels-invalid`,
 *   `same-file`, `cancelled`
 */
export async function seal(
  engine: Engine,
  request: SealRequest,
  options: RunOptions = {},
): Promise<Sealed | undefined> {
  checkLabels(request.labels);
  const id = randomUUID();
  const plain = await openPlain(request, options.signal);
  let named: Awaited<ReturnType<typeof sealPlain>>;
  {
    // Closed before it may go to the bin: some systems do not move an open file.
    await using opened = plain;
    if (await isSkipped(request, opened)) return undefined;
    await needSpace(request.folder, bodyLength(opened.size) + MAX_ENVELOPE_BYTES);
    named = await sealPlain(engine, opened, id, request, options);
  }
  if (named === undefined) return undefined;
  // What no key was seen to open is never the only copy.
  const mayGo = request.binOriginal && !named.isUntried;
  const kept = mayGo ? await binOriginal(engine, plain) : [];
  const binned = mayGo && kept.length === 0;
  const { envelope, body, requestIds, keys, waiting } = named;
  const notes = [...named.notes, ...kept];
  const { size, leftOut } = plain;
  return { id, envelope, body, size, requestIds, keys, waiting, leftOut, binned, notes };
}
