/**
 * @file The second look at a folder in which names do not pair: envelopes whose body has another name, and bodies whose
 * envelope has. Files are matched by content. What is held at any time is bounded, however many there are.
 */
import { opendir } from 'node:fs/promises';
import path from 'node:path';
import { isEnvelopeError } from '../../shared/errors.ts';
import { exists } from '../files/atomic.ts';
import { errnoOf } from '../files/io-error.ts';
import type { Peek } from '../files/peeker.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, hasSuffix } from '../files/stem.ts';
import { envelopeOf, isLikeBody, type Odd, readWalked, startOfBody } from './body-at.ts';
import type { BodyFound } from './judge.ts';

/** Files that are looked for at the same time. More are looked for in turns, each with a pass over the folder. */
export const MOST_HELD = 20_000;

/** Files looked at beside one another. */
const AT_ONCE = 16;

export type LookOptions = {
  signal?: AbortSignal | undefined;
  /** Looks at the beginning of a file; one after the other unless somebody does it for many. */
  peek?: Peek;
  /** For tests. */
  mostHeld?: number;
};

/** The files of a folder whose names end in `suffix`, some at a time. A folder that is gone, or shut, has none. */
async function* namesIn(
  folder: string,
  suffix: string,
  signal?: AbortSignal,
): AsyncGenerator<string[], void> {
  let some: string[] = [];
  try {
    for await (const entry of await opendir(folder, { bufferSize: 256 })) {
      if (signal?.aborted === true) return;
      if (entry.isDirectory() || !hasSuffix(entry.name, suffix)) continue;
      some.push(path.join(folder, entry.name));
      if (some.length < AT_ONCE) continue;
      yield some;
      some = [];
    }
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
  if (some.length > 0) yield some;
}

/** Looks for the bodies of `odd` under any name in the folder. Each is told once, with its body or without. */
export async function findBodies(
  folder: string,
  odd: readonly Odd[],
  onFound: (odd: Odd, found: BodyFound) => Promise<void>,
  { signal }: LookOptions,
): Promise<void> {
  const wanted = Map.groupBy(odd, ({ stream }) => stream);
  for await (const bodies of namesIn(folder, BODY_SUFFIX, signal)) {
    await Promise.all(
      bodies.map(async (body) => {
        const start = await startOfBody(body);
        if (start === undefined) return;
        const { stream, length } = start;
        const fitting = wanted.get(stream) ?? [];
        wanted.delete(stream);
        for (const one of fitting) await onFound(one, { body: { path: body, length } });
      }),
    );
  }
  for (const left of wanted.values()) {
    for (const one of left) await onFound(one, { error: one.why.toRecord() });
  }
}

/** Tells of every body in the folder that no envelope beside it belongs to. */
export async function findAlone(
  folder: string,
  onAlone: (body: string, length: number) => void,
  { signal, mostHeld = MOST_HELD }: LookOptions,
): Promise<void> {
  /** By their first 40 bytes. */
  const doubtful = new Map<string, { body: string; length: number }[]>();
  let held = 0;
  const settle = async (): Promise<void> => {
    await forgetPaired(folder, doubtful, signal);
    if (signal?.aborted === true) return;
    for (const bodies of doubtful.values()) for (const { body, length } of bodies) onAlone(body, length);
    doubtful.clear();
    held = 0;
  };
  for await (const bodies of namesIn(folder, BODY_SUFFIX, signal)) {
    await Promise.all(
      bodies.map(async (body) => {
        const start = await startOfBody(body);
        if (start === undefined || !isLikeBody(start)) return;
        const { stream, length } = start;
        if (await isExplained(body, stream)) return;
        held += 1;
        doubtful.set(stream, [...(doubtful.get(stream) ?? []), { body, length }]);
      }),
    );
    if (held >= mostHeld) await settle();
  }
  if (held > 0) await settle();
}

/** Whether the envelope under the body's name is its own, or damaged, which is told of the envelope. */
async function isExplained(body: string, stream: string): Promise<boolean> {
  const envelope = envelopeOf(body);
  try {
    return (await readWalked(envelope)).envelope.header.stream === stream;
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return error.code !== 'source-missing' && (await exists(envelope));
  }
}

async function forgetPaired(
  folder: string,
  doubtful: Map<string, unknown>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const envelopes of namesIn(folder, ENVELOPE_SUFFIX, signal)) {
    await Promise.all(
      envelopes.map(async (file) => {
        const read = await readWalked(file).catch((error: unknown) => {
          if (isEnvelopeError(error)) return undefined;
          throw error;
        });
        if (read !== undefined) doubtful.delete(read.envelope.header.stream);
      }),
    );
    if (doubtful.size === 0) return;
  }
}
