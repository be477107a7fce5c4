/** @file The two kinds of work, each by its own way. */
import type { RewrapPlan } from '../../shared/rewrap.ts';
import type { Engine } from '../envelope/engine.ts';
import { planReseal } from './plan-reseal.ts';
import { type PlanOptions, planRewrap } from './plan.ts';
import type { RunRecord } from './record.ts';
import type { RecordHead } from './record-line.ts';
import { runReseal } from './run-reseal.ts';
import { runRewrap, type RunOptions, type RunResult } from './run.ts';

/** What is wanted, without what is made up when it begins. `choice.add` of a reseal: all keys that are to open. */
export type Wanted = Pick<RecordHead, 'work' | 'choice' | 'leaveUntried' | 'paths'>;

/** Errors as {@link planRewrap}. */
export async function planWork(
  { keyring }: Pick<Engine, 'keyring'>,
  { work, choice, leaveUntried, paths }: Wanted,
  options: PlanOptions = {},
): Promise<RewrapPlan> {
  if (work === 'reseal') {
    // As with every new envelope.
    const all = new Map([...choice.add, ...(await keyring.added())].map((ref) => [ref.key, ref]));
    return await planReseal(keyring, paths, [...all.values()], options);
  }
  return await planRewrap(keyring, paths, choice, { ...options, leaveUntried });
}

/** Errors as {@link runRewrap}. */
export async function runWork(
  engine: Engine,
  record: RunRecord,
  options: RunOptions = {},
): Promise<RunResult> {
  return record.head.work === 'reseal'
    ? await runReseal(engine, record, options)
    : await runRewrap(engine, record, options);
}
