/** @file The stepwise test of a connection, as it is seen while it runs and when it ended. */
import type { TestProgress } from '../../../shared/contract.ts';
import type { ConnectionKeys } from '../../../shared/desktop.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { kmsTestSteps, type KmsTestStep } from '../../../shared/kms.ts';

export type TestStep = { step: KmsTestStep } & (
  | { state: 'waiting' | 'running' | 'skipped' }
  | { state: 'ok'; found?: string }
  | { state: 'failed'; error: ErrorRecord }
);

export type TestRun = { running: boolean; outcomes: Partial<Record<KmsTestStep, TestProgress['outcome']>> };

export const noTest: TestRun = { running: false, outcomes: {} };

export function withProgress(run: TestRun, { step, outcome }: TestProgress): TestRun {
  return { ...run, outcomes: { ...run.outcomes, [step]: outcome } };
}

/** A step that failed may end the test; what was not reached then is skipped. */
export function testSteps({ running, outcomes }: TestRun): TestStep[] {
  const next = kmsTestSteps.find((step) => outcomes[step] === undefined);
  return kmsTestSteps.map((step): TestStep => {
    const outcome = outcomes[step];
    if (outcome === undefined) {
      if (!running) return { step, state: 'skipped' };
      return { step, state: step === next ? 'running' : 'waiting' };
    }
    if (!outcome.ok) return { step, state: 'failed', error: outcome.error };
    return outcome.found === undefined ? { step, state: 'ok' } : { step, state: 'ok', found: outcome.found };
  });
}

export type Verdict = 'none' | 'running' | 'failed' | 'known' | 'works';

/** What is said of credentials that work where there is no key to choose, and why there is none. */
export function withoutKeys<V extends Verdict>(
  verdict: V,
  answer: Pick<ConnectionKeys, 'keys' | 'error'> | undefined,
): V | 'knownEmpty' | 'knownUnlisted' {
  if (verdict !== 'known' || answer === undefined || answer.keys.length > 0) return verdict;
  return answer.error === undefined ? 'knownEmpty' : 'knownUnlisted';
}

/** `known`: the credentials work, but no key was tried. */
export function verdictOf({ running, outcomes }: TestRun): Verdict {
  const ended = Object.values(outcomes);
  if (running) return 'running';
  if (ended.length === 0) return 'none';
  if (ended.some((outcome) => !outcome.ok)) return 'failed';
  return outcomes.decrypt === undefined ? 'known' : 'works';
}
