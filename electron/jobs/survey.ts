import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import type { PlanPolicy } from '../../shared/policy.ts';
import type { Policies } from '../policy/policies.ts';
import { PolicyTally } from '../policy/tally.ts';
import { holdsResults, isPolicyFile, realFolderOf } from './governed.ts';
import { absolute } from './inputs.ts';
import type { SealAll, Total } from './job.ts';
import { type Source, total } from './total.ts';

type Survey = Pick<SealAll, 'paths' | 'to' | 'archive'> & { policies: Policies };

/** `ahead`: everything, also what no policy is about. */
export type Surveyed = { policies: PlanPolicy[]; ahead: Total };

/**
 * The policies that govern what is to be sealed, and how much each does: none if there is none. What cannot be looked at
 * counts nothing; it fails when its turn comes.
 * @throws EnvelopeError `cancelled`; `managed-invalid`, `settings-invalid`
 */
export async function survey(
  { paths, to: named, archive, policies }: Survey,
  signal?: AbortSignal,
): Promise<Surveyed> {
  const to = await absolute(named);
  const tally = new PolicyTally(policies, to);
  const onSource = async ({ input, found }: Source): Promise<void> => {
    if (found === undefined) {
      if (input.kind === 'file') await tally.add(path.dirname(input.real), input.size);
      else await tally.add(input.real, 0);
    } else if (!isPolicyFile(found)) {
      const real = realFolderOf(input, found);
      if (!(await holdsResults(policies, real))) await tally.add(real, found.size);
    }
  };
  const ahead = await total(paths, { to, archive, signal, onSource });
  if (signal?.aborted === true) throw new EnvelopeError('cancelled', 'cancelled while it looked around');
  return { policies: await tally.groups(), ahead };
}
