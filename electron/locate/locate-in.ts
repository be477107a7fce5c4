/** @file The halves in a folder that lack their other one. */
import path from 'node:path';
import { type EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { FolderIndex } from '../envelope/folder-index.ts';
import { looksLikeBody } from '../envelope/locate.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, hasSuffix } from '../files/stem.ts';
import { walk } from '../files/walk.ts';
import { type Answer, answerFor, type LocateOptions, type LocateParts, searchFor } from './locate.ts';
import { type Half, readHalf } from './lost.ts';
import type { WhoKnows } from './wrong-pair.ts';

/** What was found in the folder. `failed`: a file named like a half that cannot be read, or is none. */
export type InFolder =
  | ({ kind: 'answer' } & Answer)
  | { kind: 'failed'; path: string; error: EnvelopeError }
  /** The last: how many halves have their other one beside them. */
  | { kind: 'paired'; count: number };

/**
 * Looks for the other half of everything in `folder`, an absolute path, that lacks it: all with one search. What is
 * complete is only counted.
 * @throws EnvelopeError `cancelled`; `source-…` of the folder
 */
export async function* locateIn(
  folder: string,
  parts: LocateParts,
  options: LocateOptions = {},
): AsyncGenerator<InFolder, void, undefined> {
  const who = { index: parts.index ?? new FolderIndex(), copies: parts.copies };
  const lost = new Map<string, Half>();
  let count = 0;
  for await (const found of walk(folder, { signal: options.signal })) {
    if (found.kind !== 'file' || typeof found.source !== 'string') continue;
    const file = path.resolve(found.source);
    try {
      const half = await halfOf(file, who);
      if (half?.beside !== undefined) count += 1;
      else if (half !== undefined) lost.set(half.path, half);
    } catch (error) {
      if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
      yield { kind: 'failed', path: file, error };
    }
  }
  const halves = [...lost.values()];
  if (halves.length > 0) {
    const exclude = await parts.copies.folders();
    const { found, searched } = await searchFor(halves, folder, { ...options, exclude });
    for (const half of halves) {
      yield { kind: 'answer', ...(await answerFor(half, found.get(half), searched, parts)) };
    }
  }
  yield { kind: 'paired', count };
}

/** Undefined for what is neither: `.enc` is the suffix of other programs too. */
async function halfOf(file: string, who: WhoKnows): Promise<Half | undefined> {
  if (hasSuffix(file, ENVELOPE_SUFFIX)) return await readHalf(file, who);
  if (!hasSuffix(file, BODY_SUFFIX) || !(await looksLikeBody(file))) return undefined;
  return await readHalf(file, who);
}
