/** @file What a batch of the queue does, told apart from how it is queued. */
import path from 'node:path';
import type { Operation } from '../../shared/desktop.ts';
import type { Note } from '../../shared/notes.ts';
import type { Engine } from '../envelope/engine.ts';
import type { Opened } from '../envelope/open.ts';
import type { Sealed } from '../envelope/seal.ts';
import type { Verified } from '../envelope/verify.ts';
import type { BatchOptions, BatchResult, Given, OpenAll, SealAll, VerifyAll } from './job.ts';
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

/** What is about the file itself needs no path. */
const aboutItself =
  (self: readonly (string | undefined)[]) =>
  ({ path: about, ...note }: Note): Note =>
    about === undefined || self.includes(about) ? note : { path: about, ...note };

function doneOf(value: Sealed | Opened | Verified, keys: readonly string[], nameOf: NameOf) {
  const { requestIds, size } = value;
  const common = { size, requestIds, keys, binned: false, notes: [], leftOut: 0 };
  if ('binned' in value) {
    const notes = value.notes.map(aboutItself(value.notes.map(({ path: original }) => original)));
    return { ...common, place: value.envelope, binned: value.binned, notes, leftOut: value.leftOut.length };
  }
  const opening = { ...common, keys: [nameOf(value.key)] };
  if (!('notes' in value)) return { ...opening, place: value.envelope };
  const { notes, envelope, path: place } = value;
  const name = path.basename(place);
  // It has become another file: from now on the row is about that.
  const from = path.basename(envelope);
  return { ...opening, name, from, place, notes: notes.map(aboutItself([place, name])) };
}

export function deedOf(work: WorkRequest, nameOf: NameOf): Deed {
  const keys = work.operation === 'seal' ? work.request.keys.map(({ key }) => nameOf(key)) : [];
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

/** Where the results of the whole batch go, unless beside the files. */
export function placeOf(work: WorkRequest): string | undefined {
  return work.operation === 'verify' ? undefined : work.request.to;
}
