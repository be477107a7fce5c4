import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Engine } from '../envelope/engine.ts';
import { seal, type Sealed } from '../envelope/seal.ts';
import type { FolderEntry, LeftOut } from '../files/archive-plan.ts';
import type { DiskPath } from '../files/disk-path.ts';
import { makeFolder, Mirror } from '../files/mirror.ts';
import { looksSealed } from '../files/sealed.ts';
import { needSpaceForAll } from '../files/space.ts';
import { bodyLength } from '../stream/sizes.ts';
import { failure, nothingIn, runBatch, worksOfAll } from './batch.ts';
import { Earlier } from './earlier.ts';
import { absolute, filesIn, type Input } from './inputs.ts';
import { holdsResults, isPolicyFile, placeOf, realFolderOf } from './governed.ts';
import type { BatchOptions, BatchResult, SealAll } from './job.ts';
import { total } from './total.ts';
import type { Work, WorkSource } from './works.ts';

/** A batch being sealed: what every file of it needs. */
type Batch = {
  engine: Engine;
  request: SealAll;
  mirror: Mirror;
  earlier: Earlier;
  signal: AbortSignal | undefined;
  onLeftOut: (what: LeftOut) => void;
};

/** `real`: the folder whose policy holds, without links. */
type Source = { path: DiskPath; kind: 'file' | 'folder'; size: number; real: string };

async function sealWork(batch: Batch, source: Source, beside: string, to?: string): Promise<Work<Sealed>> {
  const { engine, request, mirror } = batch;
  const path = nameOf(source.path);
  const place = await placeOf(request.policies, source, to);
  if (place instanceof EnvelopeError) return failure({ path, to }, place);
  const folder = place.output ?? to ?? beside;
  const { collision, verify, binOriginals: binOriginal, offline } = request;
  const run: Work<Sealed>['run'] = async (options) => {
    const { keys, labels, hideNames } = await place.rules(request, options.signal);
    if (place.output !== undefined) await place.makeOutput(mirror);
    const how = { keys, labels, hideNames, collision, verify, binOriginal, offline };
    return await seal(engine, { path: source.path, kind: source.kind, folder, ...how }, options);
  };
  return { path, size: source.size, to: folder, run };
}

/** As a string says it best: for people. */
function nameOf(source: DiskPath): string {
  return Buffer.from(source).toString();
}

async function* worksOf(batch: Batch, input: Input): WorkSource<Sealed> {
  const { request, earlier } = batch;
  const to = input.to ?? request.to;
  if (request.archive ? earlier.names(input) : earlier.holds(input)) return;
  if (input.kind === 'file' && !request.again && (await looksSealed(input.path))) {
    throw new EnvelopeError('source-sealed', 'an envelope, or the body of one', { path: input.path });
  }
  if (input.kind === 'folder' && !request.archive) {
    yield* worksIn(batch, input, to);
    return;
  }
  // A folder that becomes one pair is sealed by its own policy, though its result goes beside it.
  const real = input.kind === 'folder' ? input.real : path.dirname(input.real);
  yield await sealWork(batch, { ...input, real }, path.dirname(input.path), to);
}

async function* worksIn(batch: Batch, input: Input, to: string | undefined): WorkSource<Sealed> {
  const { request, mirror, earlier, signal, onLeftOut } = batch;
  let isEmpty = true;
  const leaveOut = (what: LeftOut): void => {
    isEmpty = false;
    onLeftOut(what);
  };
  for await (const found of filesIn(input, mirror, { signal, to, onLeftOut: leaveOut })) {
    isEmpty = false;
    if ('failed' in found) {
      yield failure({ path: found.failed, to: undefined }, found.error);
      continue;
    }
    const { entry, folder } = found;
    if (earlier.holdsIn(input, entry)) continue;
    const real = realFolderOf(input, entry);
    if (await holdsResults(request.policies, real)) continue;
    const why = await leftOutFor(entry, request);
    if (why !== undefined) onLeftOut({ path: nameOf(entry.source), why });
    else yield await sealWork(batch, { ...entry, path: entry.source, real }, folder, to && folder);
  }
  if (isEmpty) yield nothingIn(input.path);
}

/** A folder that was sealed before holds envelopes and bodies; what says how a folder is sealed stays to be read. */
async function leftOutFor(
  entry: FolderEntry,
  { again, policies }: SealAll,
): Promise<LeftOut['why'] | undefined> {
  if (policies !== undefined && isPolicyFile(entry)) return 'policy';
  return !again && (await looksSealed(nameOf(entry.source))) ? 'sealed' : undefined;
}

/**
 * Seals files and folders. With `archive` every folder becomes one pair; else a tree of pairs.
 * @throws EnvelopeError `disk-full` before anything was done, if it cannot all fit; everything else fails its file only
 */
export async function sealAll(
  engine: Engine,
  given: SealAll,
  options: BatchOptions<Sealed> = {},
): Promise<BatchResult> {
  const { signal, onEvent } = options;
  const request = { ...given, to: await absolute(given.to) };
  const mirror = new Mirror();
  const onLeftOut = (what: LeftOut): void => {
    onEvent?.({ type: 'left-out', what });
  };
  const { paths, to, archive } = request;
  const ahead = given.ahead ?? (await total(paths, { to, archive, signal }));
  onEvent?.({ type: 'total', files: ahead.files, bytes: ahead.bytes });
  if (request.collision !== 'skip') {
    await needSpaceForAll(
      ahead.byFolder.map(({ folder, bytes }) => ({ folder: request.to ?? folder, bytes: bodyLength(bytes) })),
    );
  }
  if (request.to !== undefined) await makeFolder(request.to);
  const earlier = await Earlier.create(request.to);
  const batch = { engine, request, mirror, earlier, signal, onLeftOut };
  try {
    return await runBatch(
      worksOfAll(request.paths, (input) => worksOf(batch, input)),
      options,
    );
  } finally {
    await mirror.finish();
  }
}
