/** @file Reading a file that only an administrator can have written. */
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { isEnvelopeError } from '../../shared/errors.ts';
import { errnoOf, fromSystem } from '../files/io-error.ts';
import type { ManagedPlace } from './managed-place.ts';
import { aclProblem } from './windows-acl.ts';

/** What is wrong with such a file, or with a folder that it lies in. */
export type AdminFileProblem = 'owner' | 'writable' | 'link' | 'special' | 'large' | 'unreadable';

export type AdminFile = { text: string } | { problem: AdminFileProblem; at: string } | undefined;

const MAX_BYTES = 65_536;
const OTHERS_MAY_WRITE = 0o022;
const STICKY = 0o1000;

/**
 * The text of `file`, undefined if it does not exist, or why it is not believed: it, and every folder above it, must
 * belong to `owner` or root and be writable by nobody else; on Windows to Administrators or the system.
 *
 * SECURITY: what is read is what was looked at, and no link is followed to it.
 * @throws EnvelopeError `too-many-open`: whether there is one is not known
 */
export async function readAdminFile({ file, owner }: ManagedPlace): Promise<AdminFile> {
  let handle: FileHandle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return undefined;
    if (errno === undefined) throw error;
    const coded = fromSystem(error, 'source', file);
    if (isEnvelopeError(coded, 'too-many-open')) throw coded;
    return { problem: errno === 'ELOOP' ? 'link' : 'unreadable', at: file };
  }
  await using opened = handle;
  const stats = await opened.stat();
  if (!stats.isFile()) return { problem: 'special', at: file };
  const wrong = await problemOf(file, stats, owner);
  if (wrong !== undefined) return wrong;
  if (stats.size > MAX_BYTES) return { problem: 'large', at: file };
  return { text: await opened.readFile('utf8') };
}

async function problemOf(file: string, stats: Stats, owner: number) {
  if (process.platform === 'win32') {
    const problem = await aclProblem(file, path.dirname(file));
    return problem === undefined ? undefined : { problem, at: file };
  }
  const own = ownProblem(stats, owner);
  if (own !== undefined) return { problem: own, at: file };
  const folder = path.dirname(file);
  // A link on the way is as good as who can change it, and where it leads.
  for (const at of new Set([...upFrom(folder), ...upFrom(await realpath(folder))])) {
    const found = await lstat(at);
    const problem = found.isSymbolicLink() ? ownerProblem(found, owner) : folderProblem(found, owner);
    if (problem !== undefined) return { problem, at };
  }
  return undefined;
}

function ownerProblem({ uid }: Stats, owner: number): 'owner' | undefined {
  return uid === owner || uid === 0 ? undefined : 'owner';
}

function ownProblem(stats: Stats, owner: number): 'owner' | 'writable' | undefined {
  return ownerProblem(stats, owner) ?? ((stats.mode & OTHERS_MAY_WRITE) === 0 ? undefined : 'writable');
}

/** In a sticky folder nobody renames or removes what is not theirs. */
function folderProblem(stats: Stats, owner: number): 'owner' | 'writable' | undefined {
  return ownerProblem(stats, owner) ?? ((stats.mode & STICKY) === 0 ? ownProblem(stats, owner) : undefined);
}

function upFrom(folder: string): string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [folder, ...upFrom(above)];
}
