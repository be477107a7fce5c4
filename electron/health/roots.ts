/** @file What the user pointed at: each place once, and what in it is passed over. */
import path from 'node:path';
import { type EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { findBody, findEnvelope } from '../envelope/locate.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import { isInside } from '../files/inside.ts';
import { ENVELOPE_SUFFIX, hasSuffix } from '../files/stem.ts';
import { type Input, readInput } from '../jobs/inputs.ts';
import type { BodyFound } from './judge.ts';

export type Root = Pick<Input, 'path' | 'kind'> & {
  /** Folders below it that are passed over, as a walk from it names them. */
  excluded: string[];
};

/** The places of `paths`, without those inside another. One that cannot be looked at is told. */
export async function rootsOf(
  paths: readonly string[],
  exclude: readonly string[],
  onError: (given: string, error: EnvelopeError) => void,
): Promise<Root[]> {
  const inputs: Input[] = [];
  for (const given of paths) {
    try {
      inputs.push(await readInput(given));
    } catch (error) {
      if (!isEnvelopeError(error)) throw error;
      onError(given, error);
    }
  }
  const outer = inputs.filter((input, index) => !inputs.some((other, at) => covers(other, at, input, index)));
  const away: string[] = [];
  for (const folder of exclude) away.push((await readInput(folder).catch(() => undefined))?.real ?? folder);
  return outer.map(({ path: given, real, kind }) => ({
    path: given,
    kind,
    excluded: away
      .filter((folder) => folder !== real && isInside(real, folder))
      .map((folder) => path.join(given, path.relative(real, folder))),
  }));
}

/** Whether what is named as `other` holds `input`; of two that are the same, the first does. */
function covers(other: Input, at: number, input: Input, index: number): boolean {
  if (at === index) return false;
  if (other.real === input.real) return at < index;
  return other.kind === 'folder' && isInside(other.real, input.real);
}

/** An envelope that was named, or that of a body that was; or why there is none. */
export async function readGiven(
  given: string,
): Promise<{ file: EnvelopeFile; found: BodyFound } | { error: EnvelopeError }> {
  try {
    const file = await envelopeFor(given);
    return { file, found: await bodyFor(file) };
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { error };
  }
}

async function envelopeFor(given: string): Promise<EnvelopeFile> {
  if (hasSuffix(given, ENVELOPE_SUFFIX)) return await readEnvelopeFile(given);
  return await readEnvelopeFile(given).catch(async (error: unknown) => {
    if (!isEnvelopeError(error, 'envelope-invalid')) throw error;
    return await findEnvelope(given);
  });
}

async function bodyFor(file: EnvelopeFile): Promise<BodyFound> {
  try {
    const { path: body, handle, length } = await findBody(file);
    await handle.close();
    return { body: { path: body, length } };
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { error: error.toRecord() };
  }
}
