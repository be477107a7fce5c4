/** @file What sealing again would do to a selection, before anything is done. */
import { isEnvelopeError } from '../../shared/errors.ts';
import type { RewrapPlan } from '../../shared/rewrap.ts';
import { checkBodyLength } from '../envelope/body-length.ts';
import { findBody } from '../envelope/locate.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import { checkTogether } from '../envelope/reseal.ts';
import type { Keyring, KeyRef } from '../keys/keyring.ts';
import { foreseeReseal, noCalls } from './calls.ts';
import { checkFolder } from './check-folder.ts';
import { envelopesIn, type Found } from './envelopes.ts';
import { Openers } from './openers.ts';
import { difference, type PlannedFile, type PlanOptions } from './plan.ts';
import { PlanSum } from './plan-sum.ts';
import { otherEnvelopes, Siblings } from './siblings.ts';
import { keysAfter } from './todo.ts';

type Planning = { openers: Openers; keys: readonly KeyRef[]; sum: PlanSum; siblings: Siblings };

/**
 * Goes through the selection. Bodies are found and measured, and not read. Errors as `planRewrap`.
 * @param keys those that are to open from now on, of the user's own choice
 */
export async function planReseal(
  keyring: Keyring,
  paths: readonly string[],
  keys: readonly KeyRef[],
  { signal, onFile, onCount }: PlanOptions = {},
): Promise<RewrapPlan> {
  const openers = new Openers(keyring);
  const sum = new PlanSum('reseal', keyring);
  const siblings = new Siblings();
  for await (const found of envelopesIn(paths, signal)) {
    const planned = await planOne(found, { openers, keys, sum, siblings });
    sum.add(planned);
    onFile?.(planned);
    onCount?.(sum.envelopes);
  }
  for await (const _ of otherEnvelopes(siblings, signal)) sum.share();
  return await sum.finish();
}

async function planOne(found: Found, planning: Planning): Promise<PlannedFile> {
  try {
    if (found.error !== undefined) throw found.error;
    const file = await readEnvelopeFile(found.path);
    planning.sum.see(file.envelope);
    if (found.alone === true) planning.siblings.add(file);
    return await planFile(file, planning);
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { path: found.path, how: 'impossible', add: [], remove: [], calls: noCalls(), error };
  }
}

async function planFile(file: EnvelopeFile, { openers, keys, sum }: Planning): Promise<PlannedFile> {
  const { path, envelope } = file;
  const { content } = envelope.header;
  const calls = await foreseeReseal(envelope.keys, keys, openers);
  const body = await findBody(file);
  try {
    checkBodyLength(envelope.header, body);
    await checkTogether(path, body.path);
  } finally {
    await body.handle.close();
  }
  await checkFolder(path);
  await sum.foreseeAccounts(envelope, calls);
  sum.addBytes(body.length);
  const after = keysAfter([], { add: [...keys], remove: [] });
  if (!(await openers.ofAll(after)).some((opener) => opener !== 'foreign')) sum.lockOut();
  return {
    path,
    ...('hidden' in content ? {} : { name: content.name }),
    how: 'in-hand',
    ...difference(envelope.keys, after),
    calls,
  };
}
