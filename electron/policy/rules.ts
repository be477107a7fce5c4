/** @file What a policy and the user's own choices come to together. The policy is the least; choices add to it. */
import type { Labels } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { FoundPolicy } from './find.ts';

/** How a file is sealed. */
export type Rules = { keys: readonly KeyRef[]; labels: Labels; hideNames: boolean };

/** What holds without a policy, and which of it the user chose for this very work. */
export type Wanted = Rules & {
  chosen: {
    keys: boolean;
    /** Only those that were chosen. */
    labels: Labels;
    hideNames: boolean | undefined;
  };
};

/**
 * @param keys what the policy's keys are
 * @throws EnvelopeError `policy-conflict`: a chosen label has another value there, or names are to be shown that it hides
 */
export function rulesOf(
  { path, policy }: FoundPolicy,
  keys: readonly KeyRef[],
  { chosen, ...wanted }: Wanted,
): Rules {
  const labels = policy.labels ?? {};
  for (const [label, value] of Object.entries(labels)) {
    const other = chosen.labels[label];
    if (other === undefined || other === value) continue;
    throw new EnvelopeError('policy-conflict', 'the policy has another value for a label', {
      path,
      conflict: 'label',
      label,
      value,
    });
  }
  if (policy.hideNames === true && chosen.hideNames === false) {
    throw new EnvelopeError('policy-conflict', 'the policy hides names', { path, conflict: 'names' });
  }
  return {
    keys: keys.length === 0 ? wanted.keys : [...keys, ...(chosen.keys ? wanted.keys : [])],
    labels: { ...wanted.labels, ...labels, ...chosen.labels },
    hideNames: policy.hideNames === true || (chosen.hideNames ?? policy.hideNames ?? wanted.hideNames),
  };
}
