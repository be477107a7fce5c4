/** @file Where the other half of a pair is: beside, around, in a folder the user names, or among the kept copies. */
import path from 'node:path';
import type { Located, Searched } from '../../shared/locate.ts';
import type { Copy } from '../copies/copy-file.ts';
import type { CopyKeeper } from '../copies/copies.ts';
import { decodeBase64url } from '../envelope/base64url.ts';
import { FolderIndex } from '../envelope/folder-index.ts';
import { readEnvelopeBytes } from '../envelope/read.ts';
import { copyFacts, type NameOf } from './copy-facts.ts';
import { type Half, readHalf } from './lost.ts';
import { Nearby, type NearbyHalf, type NearbyLimits } from './nearby.ts';

export type LocateParts = {
  copies: Pick<CopyKeeper, 'find' | 'folders'>;
  nameOf: NameOf;
  index?: FolderIndex;
};

export type LocateOptions = {
  /** Folders that the user named: searched as a whole, before what is around. */
  chosen?: readonly string[] | undefined;
  limits?: Partial<NearbyLimits> | undefined;
  /** Folders not to be looked at: those of the kept copies. */
  exclude?: ReadonlySet<string> | undefined;
  signal?: AbortSignal | undefined;
  onFolder?: ((folder: string, searched: Searched) => void) | undefined;
};

/** Of a folder that the user named, all: who has enough of it cancels. */
const unbounded: NearbyLimits = { up: 0, down: 128, folders: Infinity, files: Infinity, ms: Infinity };

/** What was found for people to read and, of a body without envelope, the copy to restore. */
export type Answer = { located: Located; copy?: Copy | undefined };

/**
 * Looks for the other half of the envelope or body `file`, an absolute path.
 * @throws EnvelopeError as {@link readHalf}; `cancelled`
 */
export async function locate(file: string, parts: LocateParts, options: LocateOptions = {}): Promise<Answer> {
  const index = parts.index ?? new FolderIndex();
  const half = await readHalf(file, { index, copies: parts.copies });
  if (half.beside !== undefined) return await besideOf(half, parts);
  const exclude = await parts.copies.folders();
  const { found, searched } = await searchFor([half], path.dirname(half.path), { ...options, exclude });
  return await answerFor(half, found.get(half), searched, parts);
}

/** A pair that is together. A kept copy that is not the envelope at hand is told: that one may be damaged. */
async function besideOf(
  { half, path: file, beside, stream }: Half,
  { copies, nameOf }: LocateParts,
): Promise<Answer> {
  if (beside === undefined) return { located: { half, path: file } };
  const located: Located = { half, path: file, found: { path: beside, where: 'beside' } };
  const copy = await copies.find(decodeBase64url(stream));
  const bytes = await readEnvelopeBytes(half === 'envelope' ? file : beside);
  if (copy === undefined || Buffer.compare(copy.bytes, bytes) === 0) return { located };
  return { located: { ...located, copy: copyFacts(copy, nameOf) }, copy };
}

/** A copy is offered only where no other envelope opens the body: it may bring back keys that were removed since. */
export async function answerFor(
  { half, path: file, stream, missing }: Half,
  found: NearbyHalf | undefined,
  searched: Searched,
  { copies, nameOf }: LocateParts,
): Promise<Answer> {
  const located: Located = { half, path: file, missing, searched };
  if (found !== undefined)
    return { located: { ...located, found: { path: found.path, where: found.where } } };
  if (half === 'envelope') return { located };
  const copy = await copies.find(decodeBase64url(stream));
  if (copy === undefined) return { located };
  return { located: { ...located, copy: copyFacts(copy, nameOf) }, copy };
}

/**
 * Looks for the other halves of all of `lost` at once, around `start` and in the folders the user named. Of several the
 * nearest counts.
 * @throws EnvelopeError `cancelled`
 */
export async function searchFor(
  lost: readonly Half[],
  start: string,
  { chosen = [], limits, exclude, signal, onFolder }: LocateOptions,
): Promise<{ found: Map<Half, NearbyHalf>; searched: Searched }> {
  const found = new Map<Half, NearbyHalf>();
  const searched: Searched = { folders: 0, files: 0, placeholders: 0, complete: true };
  for (const half of ['envelope', 'body'] as const) {
    const missing = lost.filter((one) => one.half !== half);
    const places = [...chosen.map((folder) => ({ folder, chosen: true })), { folder: start, chosen: false }];
    for (const place of places) {
      const rest = missing.filter((one) => !found.has(one));
      if (rest.length === 0) break;
      const lengths = new Set(rest.flatMap(({ length }) => length ?? []));
      const bounds = place.chosen ? { ...unbounded, ...limits } : limits;
      const options = { limits: bounds, exclude, signal, onFolder, chosen: place.chosen };
      const nearby = new Nearby(place.folder, { half, lengths }, options);
      await match(nearby, rest, found);
      add(searched, nearby.searched);
    }
  }
  return { found, searched };
}

async function match(nearby: Nearby, lost: readonly Half[], found: Map<Half, NearbyHalf>): Promise<void> {
  const wanted = new Map<string, Half[]>();
  for (const one of lost) wanted.set(one.stream, [...(wanted.get(one.stream) ?? []), one]);
  for await (const half of nearby.halves()) {
    for (const one of wanted.get(half.stream) ?? []) found.set(one, half);
    wanted.delete(half.stream);
    if (wanted.size === 0) return;
  }
}

function add(sum: Searched, more: Searched): void {
  sum.folders += more.folders;
  sum.files += more.files;
  sum.placeholders += more.placeholders;
  sum.complete &&= more.complete;
}
