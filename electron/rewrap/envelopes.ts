/** @file The envelopes that paths come to: one after the other, so that a million of them is never held. */
import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { findEnvelope } from '../envelope/locate.ts';
import { givenPath } from '../files/given-path.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, hasSuffix } from '../files/stem.ts';
import { walk } from '../files/walk.ts';
import { Earlier } from '../jobs/earlier.ts';
import { type Input, readInput } from '../jobs/inputs.ts';

/**
 * An envelope, or what could not be looked at and why. `path` is absolute. `alone`: it was named itself, so other
 * envelopes of its folder are not of the selection.
 */
export type Found = { path: string; alone?: boolean; error?: EnvelopeError };

/** The paths of a selection as a record keeps them: absolute, whatever folder the next run stands in. */
export async function givenPaths(paths: readonly string[]): Promise<string[]> {
  return await Promise.all(paths.map(async (given) => await givenPath(given, 'source')));
}

/**
 * Envelopes, the envelopes of bodies, and every envelope in folders; no link in a folder is followed, and nothing comes
 * twice. What cannot be looked at comes with its error and stops nothing.
 * @throws EnvelopeError `cancelled`
 */
export async function* envelopesIn(
  paths: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<Found, void, undefined> {
  const earlier = await Earlier.create(undefined);
  const seen = new Set<string>();
  for (const given of paths) {
    try {
      const input = await readInput(given);
      if (earlier.holds(input)) continue;
      if (input.kind === 'folder') yield* envelopesInFolder(input, earlier, signal);
      else {
        const file = hasSuffix(input.path, BODY_SUFFIX) ? (await findEnvelope(input.path)).path : input.path;
        // `envelope rewrap *` names both halves of every pair.
        if (seen.has(file)) continue;
        seen.add(file);
        yield { path: file, alone: true };
      }
    } catch (error) {
      if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
      yield { path: path.resolve(given), error };
    }
  }
}

async function* envelopesInFolder(
  input: Input,
  earlier: Earlier,
  signal: AbortSignal | undefined,
): AsyncGenerator<Found, void, undefined> {
  let isEmpty = true;
  for await (const found of walk(input.path, { signal })) {
    if (found.kind === 'left-out' && found.why === 'unreadable') {
      isEmpty = false;
      const file = path.join(input.path, found.path);
      yield { path: file, error: new EnvelopeError('source-unreadable', 'cannot be read', { path: file }) };
    }
    if (found.kind !== 'file' || !hasSuffix(found.path, ENVELOPE_SUFFIX)) continue;
    isEmpty = false;
    if (earlier.holdsIn(input, found)) continue;
    const file = Buffer.from(found.source).toString();
    if (typeof found.source === 'string') yield { path: file };
    else yield { path: file, error: new EnvelopeError('name-impossible', 'not UTF-8', { path: file }) };
  }
  if (!isEmpty) return;
  const error = new EnvelopeError('nothing-to-do', 'no envelope in the folder', { path: input.path });
  yield { path: input.path, error };
}
