/** @file Where the results of a policy go: never out of the folder that it stands in. */
import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isInside } from '../files/inside.ts';
import { ioErrors } from '../files/io-error.ts';
import { makeFolder, type Mirror } from '../files/mirror.ts';
import { toMilliseconds } from '../files/times.ts';
import type { FoundPolicy } from './find.ts';
import { invalidPolicy } from './policy.ts';

/** The folder that the results of a policy go to, undefined if they go beside the originals. */
export function outputRoot({ folder, policy: { output } }: FoundPolicy): string | undefined {
  return output === undefined || output === 'beside'
    ? undefined
    : path.join(folder, ...output.folder.split('/'));
}

/** Whether `folder` is where results already lie: what is there is not a source of more. */
export function isOutput(found: FoundPolicy, folder: string): boolean {
  const root = outputRoot(found);
  return root !== undefined && isInside(root, folder);
}

/**
 * Where the pair of something in `folder` goes: at the same place below the output as it has below the policy. Undefined
 * if that is beside it. `folder` is absolute and without links; one above the policy (a folder sealed as a whole, whose
 * own the policy is) counts as the policy's.
 */
export function outputOf(found: FoundPolicy, folder: string): string | undefined {
  const root = outputRoot(found);
  if (root === undefined || isInside(root, folder)) return undefined;
  return isInside(found.folder, folder) ? path.join(root, path.relative(found.folder, folder)) : root;
}

/**
 * Makes the folder {@link outputOf} says, with the permissions and times that the originals' folders have.
 *
 * SECURITY: no link may stand on the way, for it would lead the results out of the policy's folder.
 * @throws EnvelopeError `policy-invalid` with the problem `outside`; `target-…`, `disk-full`
 */
export async function makeOutput(found: FoundPolicy, to: string, mirror: Mirror): Promise<void> {
  const root = outputRoot(found) ?? found.folder;
  let at = found.folder;
  for (const name of path.relative(found.folder, to).split(path.sep)) {
    at = path.join(at, name);
    if (isInside(root, at) && at !== root) {
      await mirror.make(at, await originalOf(path.join(found.folder, path.relative(root, at))));
    } else await makeFolder(at);
    if (!(await lstat(at)).isDirectory()) throw invalidPolicy(found.path, 'outside', { member: 'output' });
  }
  const real = await ioErrors('target', to, async () => await realpath(to));
  if (!isInside(found.folder, real)) throw invalidPolicy(found.path, 'outside', { member: 'output' });
}

async function originalOf(folder: string): Promise<{ mode: number; modifiedMs: number }> {
  const stats = await ioErrors('source', folder, async () => await stat(folder, { bigint: true }));
  return { mode: Number(stats.mode) & 0o777, modifiedMs: toMilliseconds(stats.mtimeNs) };
}
