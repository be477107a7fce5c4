/** @file What the policies of a plan come to. */
import type { Plan } from '../../../shared/desktop.ts';

/** Files of the plan that will not be sealed, because what their folder says cannot be obeyed. */
export function refusedFiles({ policies = [] }: Plan): number {
  return policies.reduce((sum, { files, error }) => (error === undefined ? sum : sum + files), 0);
}

/** `folder` as it is seen from the policy's own; the names of a path are the same on every system here. */
export function relativeTo(policy: string, folder: string): string {
  const own = policy.replace(/[^/\\]*$/, '');
  return folder.startsWith(own) ? folder.slice(own.length) : folder;
}

/** Whether it is what a machine calls a key, and not a person. */
export function isId(spec: string): boolean {
  return /^(?:arn:|age1|local:|alias\/|mrk-|[0-9a-f]{8}-)/.test(spec);
}
