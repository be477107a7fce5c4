import { invalid } from './invalid.ts';
import type { JsonMembers, JsonTree } from './json.ts';

/**
 * The members of an object that must have exactly those named, in any order (FORMAT.md section 2, Members).
 * @throws EnvelopeError `envelope-invalid`; `what` names the object in its reason
 */
export function exactMembers(
  tree: JsonTree | undefined,
  names: readonly string[],
  what: string,
): JsonMembers {
  if (!isMembers(tree)) throw invalid(`${what} is not an object`);
  for (const name of names) {
    if (!tree.has(name)) throw invalid(`${what} has no member ${name}`);
  }
  if (tree.size !== names.length) throw invalid(`${what} has a member that version 1 does not know`);
  return tree;
}

/**
 * A string member that passes `isValid`.
 * @throws EnvelopeError `envelope-invalid`
 */
export function stringMember(
  members: JsonMembers,
  name: string,
  isValid: (value: string) => boolean,
): string {
  const value = members.get(name);
  if (typeof value !== 'string' || !isValid(value)) throw invalid(`its ${name} is not as the format demands`);
  return value;
}

/** Whether a tree is an object. */
export function isMembers(tree: JsonTree | undefined): tree is JsonMembers {
  return tree instanceof Map;
}
