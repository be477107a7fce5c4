/** @file What a batch of the queue does, told apart from how it is queued. */
import path from 'node:path';
import type { Operation } from '../../shared/desktop.ts';
import type { Note } from '../../shared/notes.ts';
import type { Engine } from '../envelope/engine.ts';
import type { Opened } from '../envelope/open.ts';
import type { Sealed } from '../envelope/seal.ts';
import type { Verified } from '../envelope/verify.ts';
import type { KeyRef } from '../keys/keyring.ts';
import { placed } from './inputs.ts';
import type { BatchOptions, BatchResult, Given, Item, OpenAll, Placed, SealAll, VerifyAll } from './job.ts';
import { openAll, verifyAll } from './open-all.ts';
import type { Done } from './queued-row.ts';
import { sealAll } from './seal-all.ts';

export type WorkRequest =
  | { operation: 'seal'; request: SealAll }
  | { operation: 'open'; request: OpenAll }
  | { operation: 'verify'; request: VerifyAll };

/** What this computer calls a key, or the key itself. */
export type NameOf = (key: string) => string;

export type Deed = {
  operation: Operation;
  /** Names of the keys that every row is sealed with. */
  keys: readonly string[];
  /** Events of the batch go to `options`; `Value` is whatever {@link deedOf} knows to read. */
  run(engine: Engine, options: BatchOptions<Sealed | Opened | Verified>): Promise<BatchResult>;
  /** What came of one file. `leftOut`: members of a folder that are not in its archive. */
  done(value: Sealed | Opened | Verified): Done & { leftOut: number };
};

/** A note on what the row itself is about, which needs no path. */
function ofRow(note: Note): Note {
  const own = { ...note };
  delete own.path;
  return own;
}

function doneOf(value: Sealed | Opened | Verified, keys: readonly string[], nameOf: NameOf) {
  const { requestIds, size } = value;
  const common = { size, requestIds, keys, binned: false, notes: [], leftOut: 0 };
  if ('binned' in value) {
    const { envelope: place, binned, leftOut, waiting } = value;
    // A folder's policy, or an administrator, may have added to those that were chosen. One that waits is none of them.
    const opening = value.keys.map((key) => nameOf(key));
    const notes = value.notes.map(ofRow);
    const late = waiting.length === 0 ? {} : { waiting: waiting.map((key) => nameOf(key)) };
    return { ...common, place, binned, notes, keys: opening, ...late, leftOut: leftOut.length };
  }
  const opening = { ...common, keys: [nameOf(value.key)] };
  if (!('notes' in value)) return { ...opening, place: value.envelope };
  const { notes, envelope, path: place } = value;
  const name = path.basename(place);
  // It has become another file: from now on the row is about that.
  const from = path.basename(envelope);
  return {
    ...opening,
    name,
    from,
    place,
    notes: notes.map((note) => (note.path === place || note.path === name ? ofRow(note) : note)),
  };
}

/** `added`: keys that every new envelope gets, chosen or not. */
export function deedOf(work: WorkRequest, nameOf: NameOf, added: readonly KeyRef[] = []): Deed {
  const sealing = work.operation === 'seal' ? [...work.request.keys, ...added] : [];
  const keys = [...new Set(sealing.map(({ key }) => nameOf(key)))];
  return {
    operation: work.operation,
    keys,
    run: async (engine, options) => {
      if (work.operation === 'seal') return await sealAll(engine, work.request, options);
      if (work.operation === 'open') return await openAll(engine, work.request, options);
      return await verifyAll(engine, work.request, options);
    },
    done: (value) => doneOf(value, keys, nameOf),
  };
}

/** The same work with other files. Each of them says where its result goes. */
export function withPaths(work: WorkRequest, paths: readonly Given[]): WorkRequest {
  if (work.operation === 'seal') return { ...work, request: { ...work.request, paths, to: undefined } };
  if (work.operation === 'open') return { ...work, request: { ...work.request, paths, to: undefined } };
  return { ...work, request: { ...work.request, paths } };
}

/** The same work with its results in another folder. */
export function withPlace(work: WorkRequest, to: string | undefined): WorkRequest {
  if (to === undefined || work.operation === 'verify') return work;
  if (work.operation === 'seal') return { ...work, request: { ...work.request, to } };
  return { ...work, request: { ...work.request, to } };
}

/** Where the results of the whole batch go, unless beside the files. */
function placeOf(work: WorkRequest): string | undefined {
  return work.operation === 'verify' ? undefined : work.request.to;
}

/** The folders between where results go and that of this file: those of the tree it lies in, which was handed over. */
function innerOf({ request }: WorkRequest, file: string): string {
  for (const given of request.paths) {
    const { path: named, inner = '' } = placed(given);
    if (file === named) return inner;
    if (file.startsWith(named + path.sep)) {
      return path.join(path.basename(named), path.relative(named, path.dirname(file)));
    }
  }
  return '';
}

/** A file of `work` to be done again, its result going where it would have gone, or in the same way below `to`. */
export function placedAgain(work: WorkRequest, item: Item, to: string | undefined): Placed {
  const inner = innerOf(work, item.path);
  const folder = to === undefined ? (item.to ?? placeOf(work)) : path.join(to, inner);
  return { path: item.path, to: folder, inner };
}
