/** @file What was given on the command line, looked at before the work begins. */
import { stat } from 'node:fs/promises';
import { isEnvelopeError } from '../../shared/errors.ts';
import type { LeftOut } from '../files/archive-plan.ts';
import { looksSealed } from '../files/sealed.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX } from '../files/stem.ts';

/** What cannot be looked at is not left out: its turn tells why. */
async function isSealed(file: string): Promise<boolean> {
  try {
    return (await looksSealed(file)) !== undefined;
  } catch (error) {
    if (isEnvelopeError(error)) return false;
    throw error;
  }
}

/**
 * `paths` without envelopes and their bodies, which `seal *` names beside what it is meant for. All of `paths` if they
 * are nothing else: then they are meant.
 */
export async function withoutSealed(
  paths: readonly string[],
  onLeftOut: (what: LeftOut) => void,
): Promise<readonly string[]> {
  const sealed = new Set<string>();
  for (const file of paths) if (await isSealed(file)) sealed.add(file);
  if (sealed.size === 0 || sealed.size === new Set(paths).size) return paths;
  for (const file of sealed) onLeftOut({ path: file, why: 'sealed' });
  return paths.filter((file) => !sealed.has(file));
}

const envelopeOf = (body: string): string => body.slice(0, -BODY_SUFFIX.length) + ENVELOPE_SUFFIX;

/** How many of `paths` are bodies whose envelope is given too: a pair is opened once. */
export function secondHalves(paths: readonly string[]): number {
  const envelopes = new Set(paths.filter((file) => file.endsWith(ENVELOPE_SUFFIX)));
  return paths.filter((file) => file.endsWith(BODY_SUFFIX) && envelopes.has(envelopeOf(file))).length;
}

/** Whether any of `paths` is a folder. */
export async function hasFolder(paths: readonly string[]): Promise<boolean> {
  for (const file of paths) {
    const stats = await stat(file).catch(() => undefined);
    if (stats?.isDirectory() === true) return true;
  }
  return false;
}
