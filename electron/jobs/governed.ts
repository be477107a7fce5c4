/** @file What the policy of its folder makes of one thing that is sealed. */
import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import type { FolderEntry } from '../files/archive-plan.ts';
import type { Mirror } from '../files/mirror.ts';
import { walk } from '../files/walk.ts';
import type { FoundPolicy } from '../policy/find.ts';
import { isOutput, makeOutput, outputOf } from '../policy/output.ts';
import type { Policies } from '../policy/policies.ts';
import { POLICY_FILE } from '../policy/policy.ts';
import type { Rules } from '../policy/rules.ts';
import type { Input } from './inputs.ts';

export type Governed = {
  /** Where the pair goes by the policy; undefined if it says nothing, or the user chose another place. */
  output: string | undefined;
  /** How it is sealed; `otherwise`: without a policy. Errors as `Policies.rules`. */
  rules(otherwise: Rules, signal: AbortSignal | undefined): Promise<Rules>;
  /** Makes `output`. Errors of {@link makeOutput}. */
  makeOutput(mirror: Mirror): Promise<void>;
};

type Source = { kind: 'file' | 'folder'; real: string };

const free: Governed = {
  output: undefined,
  rules: async (otherwise) => await Promise.resolve(otherwise),
  makeOutput: async () => {
    await Promise.resolve();
  },
};

/**
 * `source.real`: the folder whose policy holds: that of a file, or the folder itself that becomes one pair. `to`: where the
 * user wants it, which goes before what the policy says.
 * @returns what is wrong with the policy, as a value: the file fails when its turn comes
 */
export async function placeOf(
  policies: Policies | undefined,
  { kind, real }: Source,
  to: string | undefined,
): Promise<Governed | EnvelopeError> {
  if (policies === undefined) return free;
  const found = await policies.tryFind(real);
  if (found === undefined || found instanceof EnvelopeError) return found ?? free;
  const output = outputOf(found, kind === 'folder' ? path.dirname(real) : real);
  return {
    // A file that is tried again says where its result would have gone.
    output: to === undefined || to === output ? output : undefined,
    rules: async (_, signal) => {
      if (kind === 'folder') await refusePoliciesIn(real, found, signal);
      return await policies.rules(found, signal);
    },
    makeOutput: async (mirror) => {
      if (output !== undefined) await makeOutput(found, output, mirror);
    },
  };
}

/** One pair has one policy: another one further down would not be obeyed. */
async function refusePoliciesIn(folder: string, found: FoundPolicy, signal: AbortSignal | undefined) {
  for await (const { path: inside } of walk(folder, { signal })) {
    const file = path.join(folder, inside);
    if (path.basename(inside) !== POLICY_FILE || file === found.path) continue;
    const details = { path: file, conflict: 'archive' };
    throw new EnvelopeError('policy-conflict', 'the folder has another policy inside', details);
  }
}

/** The folder that a member of `input` lies in, without links; as far down as names are UTF-8 and a string can say it. */
export function realFolderOf(input: Input, { source }: Pick<FolderEntry, 'source'>): string {
  if (typeof source === 'string')
    return path.join(input.real, path.relative(input.path, path.dirname(source)));
  const inside = Buffer.from(source).subarray(Buffer.byteLength(input.path));
  let at = input.real;
  for (const name of splitPath(inside).slice(0, -1)) {
    if (!isUtf8(name)) break;
    at = path.join(at, name.toString());
  }
  return at;
}

function splitPath(bytes: Buffer): Buffer[] {
  const names: Buffer[] = [];
  let from = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    const isEnd = at === bytes.length || String.fromCharCode(bytes[at] ?? 0) === path.sep;
    if (!isEnd) continue;
    if (at > from) names.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return names;
}

/** Whether a member of a folder is what says how the folder is sealed. */
export function isPolicyFile({ source }: Pick<FolderEntry, 'source'>): boolean {
  return path.basename(typeof source === 'string' ? source : Buffer.from(source).toString()) === POLICY_FILE;
}

/** Whether the results of a policy go to that folder: nothing in it is sealed once more. */
export async function holdsResults(policies: Policies | undefined, real: string): Promise<boolean> {
  if (policies === undefined) return false;
  const found = await policies.tryFind(real);
  return found !== undefined && !(found instanceof EnvelopeError) && isOutput(found, real);
}
