/** @file What is said of a refusal of AWS: who asks, whose key it is, and what would have to be allowed. Printable. */
import { type Denial, policiesFor } from '../../shared/denial.ts';
import { printable } from './escape.ts';

const kms = (actions: readonly string[]): string => actions.map((action) => `kms:${action}`).join(', ');

/** The policy as it is pasted: its line breaks are ours, and JSON escapes what is in its strings. */
const policyLines = (policy: string): string[] => policy.split('\n').map((line) => `  ${printable(line)}`);

export function deniedLines(denial: Denial): string[] {
  const { denied, caller, key, crossAccount } = denial;
  const policies = policiesFor(denial);
  const who = caller === undefined ? [] : [`Who asks: ${printable(caller.arn)}`];
  const owner =
    key?.account === undefined
      ? []
      : [`Whose key it is: account ${printable(key.account)}, in ${printable(key.region)}`];
  if (policies === undefined) {
    const allowed =
      'Dry runs say that it is allowed now. Try again; if it is refused again, a policy asks for other labels or another network.';
    return [...who, ...owner, allowed];
  }
  const policy = [
    `Denied, as dry runs say: ${printable(kms(denied))}`,
    'The smallest policy for who asks, which an administrator must add:',
    ...policyLines(policies.caller),
  ];
  if (policies.key === undefined) {
    return [
      ...who,
      ...owner,
      ...policy,
      'The key’s own policy must let policies of its account count, as it does unless changed.',
    ];
  }
  if (!crossAccount) return [...who, ...owner, ...policy];
  return [
    ...who,
    ...owner,
    ...policy,
    'The key is another account’s, so its own policy must allow it too. Its administrator adds:',
    ...policyLines(policies.key),
  ];
}
