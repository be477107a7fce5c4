import path from 'node:path';
import { isEnvelopeError } from '../../shared/errors.ts';
import type { PlanPolicy } from '../../shared/policy.ts';
import { walk } from '../files/walk.ts';
import type { Policies } from '../policy/policies.ts';
import { PolicyTally } from '../policy/tally.ts';
import { Earlier } from './earlier.ts';
import { holdsResults, isPolicyFile, realFolderOf } from './governed.ts';
import { absolute, type Input, readInput } from './inputs.ts';
import type { SealAll } from './job.ts';

type Survey = Pick<SealAll, 'paths' | 'to' | 'archive'> & { policies: Policies };

/**
 * The policies that govern what is to be sealed, and how much each does: none if there is none. What cannot be looked at
 * counts nothing; it fails when its turn comes.
 * @throws EnvelopeError `cancelled`; `managed-invalid`, `settings-invalid`
 */
export async function surveyPolicies(survey: Survey, signal?: AbortSignal): Promise<PlanPolicy[]> {
  const to = await absolute(survey.to);
  const tally = new PolicyTally(survey.policies, to);
  const earlier = await Earlier.create(to);
  for (const given of survey.paths) {
    try {
      const input = await readInput(given);
      if (survey.archive ? earlier.names(input) : earlier.holds(input)) continue;
      if (input.kind === 'file') await tally.add(path.dirname(input.real), input.size);
      else if (survey.archive) await tally.add(input.real, 0);
      else await addFolder(tally, input, { ...survey, to }, earlier, signal);
    } catch (error) {
      if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
    }
  }
  return await tally.groups();
}

async function addFolder(
  tally: PolicyTally,
  input: Input,
  { to, policies }: Survey,
  earlier: Earlier,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const found of walk(input.path, { signal, exclude: to === undefined ? [] : [to] })) {
    if (found.kind !== 'file' || earlier.holdsIn(input, found) || isPolicyFile(found)) continue;
    const real = realFolderOf(input, found);
    if (!(await holdsResults(policies, real))) await tally.add(real, found.size);
  }
}
