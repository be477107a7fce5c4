/** @file The policy of a folder: how what lies in it is sealed. Written by whoever may write there, so believed with care. */
import { z } from 'zod';
import type { Labels } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import { isPolicyMember, type PolicyMember, type PolicyProblem } from '../../shared/policy.ts';
import { labelProblem } from '../envelope/context.ts';
import { isName } from '../envelope/names.ts';
import { systemName } from '../files/stem.ts';

export const POLICY_FILE = '.envelope-policy.json';

export type FolderPolicy = {
  version: 1;
  /** As a person names keys: name, `local`, `alias/…`, id, ARN, `age1…`. None: those of the user. */
  keys?: readonly string[];
  labels?: Labels;
  hideNames?: boolean;
  /** `folder`: below the policy's own folder, with `/`; what is sealed lies there in a tree of the same shape. */
  output?: 'beside' | { folder: string };
};

const MAX_KEYS = 16;
const MAX_OUTPUT_COMPONENTS = 16;

/**
 * SECURITY: names that lead downwards and nowhere else, on every system: no `..`, no root, no drive, no stream, no device.
 */
function leadsDown(folder: string): boolean {
  const components = folder.split('/');
  return (
    components.length <= MAX_OUTPUT_COMPONENTS &&
    components.every((name) => isName(name) && !systemName(name, 'win32').changed)
  );
}

const schema = z.strictObject({
  version: z.literal(1),
  keys: z.array(z.string().min(1).max(2048)).min(1).max(MAX_KEYS).exactOptional(),
  labels: z
    .record(z.string(), z.string())
    .refine((labels) => labelProblem(labels) === undefined)
    .exactOptional(),
  hideNames: z.boolean().exactOptional(),
  output: z
    .union([z.literal('beside'), z.strictObject({ folder: z.string().refine(leadsDown) })])
    .exactOptional(),
});

/** `path`: the policy's file. `field`: where in it; `member`: the one of {@link policyMembers} it is about. */
export function invalidPolicy(
  path: string,
  problem: PolicyProblem,
  more: { field?: string; member?: PolicyMember } = {},
): EnvelopeError {
  return new EnvelopeError('policy-invalid', 'the policy of the folder cannot be used', {
    path,
    problem,
    ...more,
  });
}

/** @throws EnvelopeError `policy-invalid` */
export function parsePolicy(text: string, path: string): FolderPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidPolicy(path, 'json');
  }
  if (isNewer(value)) throw invalidPolicy(path, 'newer');
  const { data, error } = schema.safeParse(value);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  const [unknown] = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const [member] = issue?.path ?? [];
  if (unknown !== undefined && member === undefined) {
    throw invalidPolicy(path, 'unknown-member', { field: unknown });
  }
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.');
  throw invalidPolicy(path, 'member', isPolicyMember(member) ? { field, member } : { field });
}

function isNewer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const version: unknown = Reflect.get(value, 'version');
  return typeof version === 'number' && version > 1;
}
