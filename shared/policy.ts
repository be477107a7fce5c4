/** @file The policy of a folder as the page sees it, before anything is sealed under it. */
import type { Labels } from './envelope.ts';
import type { ErrorRecord } from './errors.ts';

/** What a policy may say. */
export const policyMembers = ['version', 'keys', 'labels', 'hideNames', 'output'] as const;
export type PolicyMember = (typeof policyMembers)[number];

export function isPolicyMember(name: unknown): name is PolicyMember {
  return policyMembers.some((member) => member === name);
}

/** What is wrong with one. `member`: what a member holds; `outside`: its output would leave its folder. */
export type PolicyProblem =
  'json' | 'newer' | 'member' | 'unknown-member' | 'link' | 'special' | 'large' | 'unreadable' | 'outside';

/**
 * A key that a policy names. `yours`: of the user's own list, or found by their connections; `agreed`: not, but agreed to
 * for this policy; `asked`: the user is asked before anything is sealed for it; `missing`: nobody here knows the name.
 */
export type PolicyKey = {
  /** As the policy names it. */
  spec: string;
  name?: string;
  state: 'yours' | 'agreed' | 'asked' | 'missing';
};

/** Files that one policy governs, or none (`path` undefined). */
export type PlanPolicy = {
  path?: string;
  files: number;
  bytes: number;
  keys: PolicyKey[];
  labels: Labels;
  hideNames?: boolean;
  /** The folder that results go to, below the policy's own. */
  output?: string;
  /** Nothing of these files is sealed. */
  error?: ErrorRecord;
};
