/** @file What a choice would do to a selection, before anything is done. Reads envelopes; asks no key, writes nothing. */
import type { KeyEntry } from '../../shared/envelope.ts';
import { type EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { KmsCalls, RewrapPlan } from '../../shared/rewrap.ts';
import { isKnown } from '../envelope/entries.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import type { Keyring } from '../keys/keyring.ts';
import { checkFolder } from './check-folder.ts';
import { addCalls, type Foreseen, foresee, noCalls } from './calls.ts';
import type { Choice } from './choice.ts';
import { envelopesIn, type Found } from './envelopes.ts';
import { Openers } from './openers.ts';
import { PlanSum } from './plan-sum.ts';
import { keysAfter, todoOf } from './todo.ts';

/** What would be done to one envelope. Its name is not verified. */
export type PlannedFile = {
  path: string;
  name?: string;
  /** `nothing`: it is as it should be. */
  how: 'inside' | 'in-hand' | 'nothing' | 'impossible';
  add: readonly string[];
  remove: readonly string[];
  calls: KmsCalls;
  error?: EnvelopeError;
};

export type PlanOptions = {
  signal?: AbortSignal | undefined;
  leaveUntried?: boolean | undefined;
  onFile?: ((file: PlannedFile) => void) | undefined;
  /** Called now and then with how many were looked at. */
  onCount?: ((envelopes: number) => void) | undefined;
};

/**
 * Goes through the selection. What cannot be done is part of the plan.
 * @throws EnvelopeError `cancelled`; `settings-invalid`
 */
export async function planRewrap(
  keyring: Keyring,
  paths: readonly string[],
  choice: Choice,
  options: PlanOptions = {},
): Promise<RewrapPlan> {
  const openers = new Openers(keyring);
  const sum = new PlanSum('rewrap', keyring);
  for await (const found of envelopesIn(paths, options.signal)) {
    const planned = await planOne(found, {
      openers,
      choice,
      sum,
      leaveUntried: options.leaveUntried === true,
    });
    sum.add(planned);
    options.onFile?.(planned);
    options.onCount?.(sum.envelopes);
  }
  return await sum.finish();
}

type Planning = { openers: Openers; choice: Choice; sum: PlanSum; leaveUntried: boolean };

async function planOne(found: Found, planning: Planning): Promise<PlannedFile> {
  const nothing = { path: found.path, add: [], remove: [], calls: noCalls() };
  try {
    if (found.error !== undefined) throw found.error;
    const file = await readEnvelopeFile(found.path);
    planning.sum.see(file.envelope);
    return await planFile(file, planning);
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { ...nothing, how: 'impossible', error };
  }
}

async function planFile(
  { path, envelope }: EnvelopeFile,
  { openers, choice, sum, leaveUntried }: Planning,
): Promise<PlannedFile> {
  const { content } = envelope.header;
  const named = 'hidden' in content ? { path } : { path, name: content.name };
  const changes = await todoOf(envelope, choice, async (ref) => (await openers.of(ref)) !== 'foreign');
  const calls = noCalls();
  if (changes.length === 0) return { ...named, how: 'nothing', add: [], remove: [], calls };
  let keys = envelope.keys;
  let foreseen: Foreseen | undefined;
  for (const change of changes) {
    foreseen = await foresee(keys, change, openers, leaveUntried);
    addCalls(calls, foreseen.calls);
    keys = keysAfter(keys, change);
  }
  await checkFolder(path);
  await sum.foreseeAccounts(envelope, calls);
  if (!(await openers.ofAll(keys)).some((opener) => opener !== 'foreign')) sum.lockOut();
  return {
    ...named,
    how: foreseen?.inside === true ? 'inside' : 'in-hand',
    ...difference(envelope.keys, keys),
    calls,
  };
}

const namesOf = (entries: readonly KeyEntry[]): string[] => [
  ...new Set(entries.filter(isKnown).map(({ key }) => key)),
];

/** Keys that come and go, by their names. */
export function difference(before: readonly KeyEntry[], after: readonly KeyEntry[]) {
  const [old, fresh] = [namesOf(before), namesOf(after)];
  return {
    add: fresh.filter((key) => !old.includes(key)),
    remove: old.filter((key) => !fresh.includes(key)),
  };
}
