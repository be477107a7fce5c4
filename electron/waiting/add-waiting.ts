/** @file Adding the KMS keys that could not be reached when a file was sealed (FORMAT.md section 4, Rewrap). */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { Engine } from '../envelope/engine.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import { rewrap } from '../envelope/rewrap.ts';
import { ioErrors } from '../files/io-error.ts';
import { ENVELOPE_SUFFIX, hasSuffix } from '../files/stem.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { WaitingNote } from './note.ts';
import type { WaitingList } from './waiting-list.ts';

type Adding = Pick<Engine, 'keyring' | 'journal' | 'copies'>;

/** What an envelope is like after keys were added to it. */
export type Changed = { envelope: string; keys: readonly string[]; requestIds: readonly string[] };

/**
 * What became of one envelope. `added`: it has all its keys. `waits`: not yet, for the reason of `note.problem`; some of
 * several may have been added.
 */
export type Tried = {
  state: 'added' | 'waits';
  /** Its path before it was tried. */
  was: string;
  note: WaitingNote;
  changed?: Changed;
};

export type AddOptions = {
  signal?: AbortSignal | undefined;
  onTried?: ((tried: Tried) => void) | undefined;
};

/** How many envelopes of a folder are looked at for one that was renamed. */
const SEARCH = 2_000;

/**
 * Tries every envelope of the list once, one after the other. A key that cannot be reached is asked for the first of its
 * envelopes only. Each is changed as a whole: until then it is as it was, and whoever has the key of this computer opens
 * it; the stand-in leaves it in the same step in which the KMS has shown that its own entry opens.
 * @returns how many still wait; undefined if another process is at it
 * @throws EnvelopeError `cancelled`, those of the list's own folder
 */
export async function addWaiting(
  engine: Adding,
  list: WaitingList,
  { signal, onTried }: AddOptions = {},
): Promise<number | undefined> {
  using lock = await list.lock();
  if (lock === undefined) return undefined;
  const silent = new Map<string, EnvelopeError>();
  let waiting = 0;
  for (const note of await list.all()) {
    signal?.throwIfAborted();
    if ((await list.get(note.id)) === undefined) continue;
    const tried = await tryOne(engine, list, note, silent, signal);
    if (tried.state === 'waits') waiting += 1;
    onTried?.(tried);
  }
  return waiting;
}

/** Why a key is not asked for again: it could not be reached a moment ago. */
type Silent = Map<string, EnvelopeError>;

async function tryOne(
  engine: Adding,
  list: WaitingList,
  before: WaitingNote,
  silent: Silent,
  signal: AbortSignal | undefined,
): Promise<Tried> {
  let note = before;
  let changed: Changed | undefined;
  let problem: EnvelopeError | undefined;
  for (const ref of before.keys) {
    try {
      const refused = silent.get(ref.key);
      if (refused !== undefined) throw refused;
      changed = await addOne(engine, note, ref, signal);
      note = without(note, ref, changed);
      await (note.keys.length === 0 ? list.drop(note.id) : list.update(note));
    } catch (error) {
      if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
      problem ??= error;
      if (isEnvelopeError(error, 'kms-offline', 'kms-unavailable')) silent.set(ref.key, error);
    }
  }
  const more = changed === undefined ? {} : { changed };
  if (problem === undefined) return { state: 'added', was: before.envelope, note, ...more };
  note = { ...note, tried: new Date().toISOString(), problem: problem.toRecord() };
  // Dropped meanwhile, it waits for nothing any more.
  if (!(await list.update(note)))
    return { state: 'added', was: before.envelope, note: { ...note, keys: [] }, ...more };
  return { state: 'waits', was: before.envelope, note, ...more };
}

/** The key is there now, and what stood in for it is gone. */
function without({ standIn: _gone, ...note }: WaitingNote, ref: KeyRef, { envelope }: Changed): WaitingNote {
  return { ...note, envelope, keys: note.keys.filter((one) => one !== ref) };
}

/** Adds one key and takes the stand-in out, in one step. A key that is there already gets a new entry for its old one. */
async function addOne(
  engine: Adding,
  { id, envelope, standIn }: WaitingNote,
  ref: KeyRef,
  signal: AbortSignal | undefined,
): Promise<Changed> {
  const file = await findNoted(id, envelope);
  const before = file.envelope.keys.flatMap((entry) => (entry.state === 'known' ? [entry.key] : []));
  const remove = standIn !== undefined && before.includes(standIn) ? [standIn] : [];
  const change = { add: [ref], remove };
  const done = await rewrap(engine, file.path, change, signal === undefined ? {} : { signal });
  const { added, removed, requestIds } = done;
  const kept = before.filter((key) => !removed.includes(key) && !added.includes(key));
  return { envelope: file.path, keys: [...new Set([...kept, ...added])], requestIds };
}

/**
 * The envelope of a note, by its id: where it was, or under another name in that folder.
 * SECURITY: never another one that has taken its place.
 * @throws EnvelopeError `source-missing`, those of reading it
 */
async function findNoted(id: string, envelope: string): Promise<EnvelopeFile> {
  const found = await readIf(envelope, id);
  if (found !== undefined) return found;
  const folder = path.dirname(envelope);
  const names = await ioErrors('source', folder, async () => await readdir(folder)).catch(
    (error: unknown) => {
      if (isEnvelopeError(error, 'source-missing')) return [];
      throw error;
    },
  );
  for (const name of names.filter((one) => hasSuffix(one, ENVELOPE_SUFFIX)).slice(0, SEARCH)) {
    const other = await readIf(path.join(folder, name), id);
    if (other !== undefined) return other;
  }
  throw new EnvelopeError('source-missing', 'the envelope is not where it was', { path: envelope });
}

async function readIf(file: string, id: string): Promise<EnvelopeFile | undefined> {
  try {
    const found = await readEnvelopeFile(file);
    return found.envelope.header.id === id ? found : undefined;
  } catch (error) {
    if (isEnvelopeError(error)) return undefined;
    throw error;
  }
}
