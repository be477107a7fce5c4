/** @file What a batch would do: how much, whether there is room for it, and which names are taken. Nothing is written. */
import path from 'node:path';
import type { Plan } from '../../shared/desktop.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import { exists } from '../files/atomic.ts';
import { finalNames } from '../files/pair.ts';
import { freeBytes, needsByDisk, type SpaceNeed } from '../files/space.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, hasSuffix, stemFor, swapSuffix, systemName } from '../files/stem.ts';
import { walk } from '../files/walk.ts';
import { outputOf } from '../policy/output.ts';
import { PolicyTally } from '../policy/tally.ts';
import { bodyLength } from '../stream/sizes.ts';
import type { WorkRequest } from './deed.ts';
import { Earlier } from './earlier.ts';
import { holdsResults, isPolicyFile, realFolderOf } from './governed.ts';
import { absolute, type Input, readInput } from './inputs.ts';
import { sizeOf } from './total.ts';

/** Names of results that exist already and are told; the others are only counted. */
const TAKEN_SHOWN = 5;

/** Names looked for at once. */
const AT_ONCE = 32;

/** Bytes that an archive adds to each of its members, and a little for its end. */
const ARCHIVE_MEMBER = 1_024;

/** A file, or a folder as one archive. `result`: the path it gets, unless its name is not known before. */
type Planned = { bytes: number; folder: string; result: string | undefined };

/** As a plan asks: keys and labels do not matter to it. */
export type PlanRequest = WorkRequest extends infer W
  ? W extends { operation: infer O; request: infer R }
    ? { operation: O; request: Omit<R, 'keys' | 'labels' | 'approveAccount'> }
    : never
  : never;

const ENOUGH = { needed: 0, free: 0, enough: true };

/**
 * Looks at everything that would be worked on. What cannot be looked at counts nothing; it fails when its turn comes.
 * @throws EnvelopeError `target-missing`, `target-unwritable`, `io-failed` of the folder that results go to; `cancelled`
 */
export async function planOf(work: PlanRequest, signal?: AbortSignal): Promise<Plan> {
  const plan: Plan = {
    operation: work.operation,
    files: 0,
    bytes: 0,
    space: { folder: '', ...ENOUGH },
    taken: { count: 0, first: [] },
  };
  const needs = new Map<string, number>();
  const tally = tallyOf(work);
  for await (const { bytes, folder, taken } of lookedUp(work, tally, signal)) {
    plan.files += 1;
    plan.bytes += bytes;
    const isTaken = taken !== undefined;
    if (isTaken) {
      plan.taken.count += 1;
      if (plan.taken.first.length < TAKEN_SHOWN) plan.taken.first.push(path.basename(taken));
    }
    const skipped = isTaken && 'collision' in work.request && work.request.collision === 'skip';
    if (!skipped) needs.set(folder, (needs.get(folder) ?? 0) + neededFor(work, bytes));
  }
  if (work.operation !== 'verify') {
    plan.space = await worst([...needs].map(([folder, bytes]) => ({ folder, bytes })));
  }
  const governed = (await tally?.groups()) ?? [];
  return governed.length === 0 ? plan : { ...plan, policies: governed };
}

function tallyOf(work: PlanRequest): PolicyTally | undefined {
  const { policies, to } = work.operation === 'seal' ? work.request : {};
  return policies && new PolicyTally(policies, to);
}

function neededFor({ operation }: PlanRequest, bytes: number): number {
  return operation === 'seal' ? bodyLength(bytes) : bytes;
}

/** Everything in its order, with its result if there is one of that name. */
async function* lookedUp(
  work: PlanRequest,
  tally: PolicyTally | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Planned & { taken: string | undefined }> {
  const look = async (planned: Planned) => {
    const { result } = planned;
    const isTaken = result !== undefined && (await isThere(work, result));
    return { ...planned, taken: isTaken ? result : undefined };
  };
  let group: Planned[] = [];
  for await (const planned of everything(work, tally, signal)) {
    group.push(planned);
    if (group.length < AT_ONCE) continue;
    yield* await Promise.all(group.map(look));
    group = [];
  }
  yield* await Promise.all(group.map(look));
}

/** Either half of a pair takes the name. */
async function isThere({ operation }: PlanRequest, result: string): Promise<boolean> {
  if (operation === 'verify') return false;
  if (operation === 'open') return await exists(result);
  const { body, envelope } = finalNames(path.dirname(result), path.basename(result));
  return (await Promise.all([exists(body), exists(envelope)])).includes(true);
}

/** The disk on which least is left over, or most is missing. */
async function worst(needs: readonly SpaceNeed[]): Promise<Plan['space']> {
  let found: Plan['space'] | undefined;
  for (const { folder, bytes: needed } of await needsByDisk(needs)) {
    // Some network disks do not say.
    const free = Math.min(await freeBytes(folder), Number.MAX_SAFE_INTEGER);
    if (found === undefined || free - needed < found.free - found.needed) {
      found = { folder, needed, free, enough: needed <= free };
    }
  }
  return found ?? { folder: '', ...ENOUGH };
}

async function* everything(
  work: PlanRequest,
  tally: PolicyTally | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Planned> {
  const { paths } = work.request;
  const earlier = await Earlier.create('to' in work.request ? work.request.to : undefined);
  const isArchive = work.operation === 'seal' && work.request.archive;
  for (const given of paths) {
    try {
      const input = await readInput(given);
      if (isArchive ? earlier.names(input) : earlier.holds(input)) continue;
      const how = { earlier, tally, signal };
      yield* work.operation === 'seal' ? toSeal(work, input, how) : toOpen(work, input, how);
    } catch (error) {
      if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
    }
  }
}

type SealPlan = Extract<PlanRequest, { operation: 'seal' }>;
type OpenPlan = Exclude<PlanRequest, { operation: 'seal' }>;

type Looking = { earlier: Earlier; tally: PolicyTally | undefined; signal: AbortSignal | undefined };

async function* toSeal({ request }: SealPlan, input: Input, { earlier, tally, signal }: Looking) {
  const to = await absolute(request.to);
  /** `real`: the folder whose policy holds; `from`: the one that the original lies in. */
  const planned = async (
    source: string,
    bytes: number,
    { beside, real, from }: { beside: string; real: string; from: string },
  ): Promise<Planned> => {
    const found = await tally?.add(real, bytes);
    const governed = found === undefined || found instanceof EnvelopeError ? undefined : found;
    const folder = (to === undefined && governed && outputOf(governed, from)) || beside;
    // Hidden names are new ones.
    const isHidden = request.hideNames || governed?.policy.hideNames === true;
    const stem = isHidden ? undefined : stemFor(path.basename(source), '');
    return { bytes, folder, result: stem ? path.join(folder, stem) : undefined };
  };
  const beside = to ?? path.dirname(input.path);
  const from = path.dirname(input.real);
  if (input.kind === 'file') {
    yield await planned(input.path, input.size, { beside, real: from, from });
    return;
  }
  let archive = ARCHIVE_MEMBER;
  for await (const found of walk(input.path, {
    signal,
    exclude: to === undefined ? [] : [to],
    natural: true,
  })) {
    if (found.kind === 'left-out') continue;
    archive += found.size + ARCHIVE_MEMBER;
    if (found.kind === 'folder' || request.archive || earlier.holdsIn(input, found)) continue;
    const real = realFolderOf(input, found);
    if (tally !== undefined && isPolicyFile(found)) continue;
    if (await holdsResults(request.policies, real)) continue;
    yield await planned(found.path, found.size, {
      beside: folderOf(input, to, found.path),
      real,
      from: real,
    });
  }
  if (request.archive) yield await planned(input.path, archive, { beside, real: input.real, from });
}

/** Where the result of a member of a folder goes: the tree is mirrored below `to`. */
function folderOf(input: Input, to: string | undefined, member: string): string {
  const root = to === undefined ? input.path : path.join(to, path.basename(input.path));
  return path.join(root, path.dirname(member));
}

async function* toOpen(work: OpenPlan, input: Input, { earlier, signal }: Looking) {
  const to = work.operation === 'open' ? await absolute(work.request.to) : undefined;
  if (input.kind === 'file') {
    const envelope = hasSuffix(input.path, ENVELOPE_SUFFIX)
      ? input.path
      : swapSuffix(input.path, BODY_SUFFIX, ENVELOPE_SUFFIX);
    const bytes = await sizeOf(work.request.body ?? swapSuffix(envelope, ENVELOPE_SUFFIX, BODY_SUFFIX));
    const folder = to ?? path.dirname(input.path);
    yield { bytes, folder, result: await resultOf(envelope, folder) };
    return;
  }
  for await (const found of walk(input.path, {
    signal,
    exclude: to === undefined ? [] : [to],
    natural: true,
  })) {
    if (found.kind !== 'file' || !hasSuffix(found.path, ENVELOPE_SUFFIX)) continue;
    if (earlier.holdsIn(input, found)) continue;
    const envelope = path.join(input.path, found.path);
    const bytes = await sizeOf(swapSuffix(envelope, ENVELOPE_SUFFIX, BODY_SUFFIX));
    const folder = folderOf(input, to, found.path);
    yield { bytes, folder, result: await resultOf(envelope, folder) };
  }
}

/** Undefined if the name is hidden, or the envelope cannot be read. */
async function resultOf(envelope: string, folder: string): Promise<string | undefined> {
  try {
    const { content } = (await readEnvelopeFile(envelope)).envelope.header;
    return 'hidden' in content ? undefined : path.join(folder, systemName(content.name).name);
  } catch (error) {
    if (isEnvelopeError(error)) return undefined;
    throw error;
  }
}
