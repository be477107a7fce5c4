import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { Engine } from '../envelope/engine.ts';
import { FolderIndex } from '../envelope/folder-index.ts';
import { findEnvelope, looksLikeBody } from '../envelope/locate.ts';
import { open, type Opened } from '../envelope/open.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import { verify, type Verified } from '../envelope/verify.ts';
import { exists } from '../files/atomic.ts';
import { makeFolder, Mirror } from '../files/mirror.ts';
import { envelopeHeader } from '../files/pair-header.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, hasSuffix, swapSuffix } from '../files/stem.ts';
import { mendable, mendableOf } from '../locate/mendable.ts';
import type { WhoKnows } from '../locate/wrong-pair.ts';
import type { RunOptions } from '../stream/job.ts';
import { failure, nothingIn, runBatch, worksOfAll } from './batch.ts';
import { Earlier } from './earlier.ts';
import { absolute, filesIn, type Input } from './inputs.ts';
import type { BatchOptions, BatchResult, Given, OpenAll, VerifyAll } from './job.ts';
import { sizeOf, total } from './total.ts';
import type { WorkSource } from './works.ts';

/** What is done with one envelope; `folder` is where its plaintext would go. */
type Act<Value> = (file: EnvelopeFile, folder: string, options: RunOptions) => Promise<Value | undefined>;

/** What does it, and who knows more of halves that are missing: an index of the batch's own, and the kept copies. */
type Acting<Value> = { act: Act<Value>; who: WhoKnows };

type Batch<Value> = Acting<Value> & {
  mirror: Mirror;
  to: string | undefined;
  earlier: Earlier;
  signal: AbortSignal | undefined;
  seen: Set<string>;
};

/** The body of `T.envelope` if it stands under its own name: only to tell the size beforehand. */
const likelyBody = (envelope: string): string => swapSuffix(envelope, ENVELOPE_SUFFIX, BODY_SUFFIX);

async function* worksOf<Value>(batch: Batch<Value>, input: Input): WorkSource<Value> {
  const { act, who, earlier, seen } = batch;
  const to = input.to ?? batch.to;
  if (earlier.holds(input)) return;
  if (input.kind === 'folder') {
    yield* worksIn(batch, input, to);
    return;
  }
  const file = hasSuffix(input.path, ENVELOPE_SUFFIX)
    ? await envelopeAt(input.path, who)
    : await envelopeOf(input.path, who);
  // `envelope open *` names both halves of every pair.
  if (seen.has(file.path)) return;
  seen.add(file.path);
  const folder = to ?? path.dirname(file.path);
  const run = async (options: RunOptions) => await acting({ act, who }, file, folder, options);
  yield { path: file.path, size: await sizeOf(likelyBody(file.path)), to: folder, run };
}

/** Does it, and tells with what fails what may mend it. */
async function acting<Value>(
  { act, who }: Acting<Value>,
  file: EnvelopeFile,
  folder: string,
  options: RunOptions,
): Promise<Value | undefined> {
  try {
    return await act(file, folder, options);
  } catch (error) {
    throw await mendable(error, file, who);
  }
}

/** {@link readEnvelopeFile}; a damaged one may be mended by a kept copy. */
async function envelopeAt(file: string, { copies }: WhoKnows): Promise<EnvelopeFile> {
  try {
    return await readEnvelopeFile(file);
  } catch (error) {
    throw await mendableOf(error, file, copies);
  }
}

/** {@link findEnvelope}; a lost one may be restored from a kept copy. */
async function envelopeOf(body: string, { index, copies }: WhoKnows): Promise<EnvelopeFile> {
  try {
    return await findEnvelope(body, index);
  } catch (error) {
    throw await mendableOf(error, body, copies);
  }
}

const isHalf = (name: string): boolean => hasSuffix(name, ENVELOPE_SUFFIX) || hasSuffix(name, BODY_SUFFIX);

async function* worksIn<Value>(
  { act, who, mirror, earlier, signal, seen }: Batch<Value>,
  input: Input,
  to: string | undefined,
): WorkSource<Value> {
  let isEmpty = true;
  for await (const found of filesIn(input, mirror, { signal, to, isMeant: isHalf })) {
    if ('failed' in found) {
      isEmpty = false;
      yield failure({ path: found.failed, to: undefined }, found.error);
      continue;
    }
    const { entry, folder } = found;
    const file = Buffer.from(entry.source).toString();
    if (typeof entry.source !== 'string') {
      isEmpty = false;
      const error = new EnvelopeError('name-impossible', 'the path is not UTF-8', { path: file });
      yield failure({ path: file, to: folder }, error);
      continue;
    }
    if (hasSuffix(file, BODY_SUFFIX)) {
      const error = await whyAlone(file, who);
      if (error === undefined || earlier.holdsIn(input, entry)) continue;
      isEmpty = false;
      yield failure({ path: file, to: folder }, error);
    }
    if (!hasSuffix(file, ENVELOPE_SUFFIX)) continue;
    isEmpty = false;
    if (seen.has(file) || earlier.holdsIn(input, entry)) continue;
    seen.add(file);
    const run = async (options: RunOptions) =>
      await acting({ act, who }, await envelopeAt(file, who), folder, options);
    yield { path: file, size: await sizeOf(likelyBody(file)), to: folder, run };
  }
  if (isEmpty) yield nothingIn(input.path);
}

/** Why a body will not be opened: there is no envelope of it. Undefined if that is not so, or told by the envelope. */
async function whyAlone(file: string, who: WhoKnows): Promise<EnvelopeError | undefined> {
  try {
    if (await looksLikeBody(file)) await envelopeOf(file, who);
    return undefined;
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    // What cannot be read is none of ours as far as anybody can tell.
    if (error.code !== 'envelope-missing') return undefined;
    const envelope = swapSuffix(file, BODY_SUFFIX, ENVELOPE_SUFFIX);
    const isDamaged = (await exists(envelope)) && (await envelopeHeader(envelope)) === undefined;
    return isDamaged ? undefined : error;
  }
}

async function actOnAll<Value extends { size: number }>(
  paths: readonly Given[],
  to: string | undefined,
  { act, who }: Acting<Value>,
  options: BatchOptions<Value>,
): Promise<BatchResult> {
  if (to !== undefined) await makeFolder(to);
  const mirror = new Mirror();
  const earlier = await Earlier.create(to);
  const batch = { act, who, mirror, to, earlier, signal: options.signal, seen: new Set<string>() };
  const ahead = await total(paths, { to, signal: options.signal, suffix: ENVELOPE_SUFFIX });
  options.onEvent?.({ type: 'total', files: ahead.files, bytes: ahead.bytes });
  try {
    return await runBatch(
      worksOfAll(paths, (input) => worksOf(batch, input)),
      options,
    );
  } finally {
    await mirror.finish();
  }
}

/** Opens envelopes, the envelopes of bodies, and every envelope in folders. A failure is its envelope's own. */
export async function openAll(
  engine: Engine,
  request: OpenAll,
  options: BatchOptions<Opened> = {},
): Promise<BatchResult> {
  const who = { index: new FolderIndex(), copies: engine.copies };
  const { index } = who;
  const act: Act<Opened> = async (file, folder, run) =>
    await open(engine, file, { ...request, index, folder }, run);
  return await actOnAll(request.paths, await absolute(request.to), { act, who }, options);
}

/** Verifies the same without writing anything. */
export async function verifyAll(
  engine: Engine,
  request: VerifyAll,
  options: BatchOptions<Verified> = {},
): Promise<BatchResult> {
  const who = { index: new FolderIndex(), copies: engine.copies };
  const { index } = who;
  const act: Act<Verified> = async (file, _folder, run) =>
    await verify(engine, file, { ...request, index, ...run });
  return await actOnAll(request.paths, undefined, { act, who }, options);
}
