/** @file One envelope of a selection. */
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { ChangeOptions } from '../envelope/checked-key.ts';
import type { Engine } from '../envelope/engine.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import { rewrap, type Rewrapped } from '../envelope/rewrap.ts';
import type { Choice } from './choice.ts';
import type { Openers } from './openers.ts';
import { todoOf } from './todo.ts';
import type { AccessResult } from '../../shared/rewrap.ts';

/** What came of it if it did not fail. */
export type Changed = Omit<AccessResult, 'error'> & { state: 'changed' | 'already'; size: 0 };

export type RewrapOptions = ChangeOptions & { openers: Openers };

/** How often an envelope is looked at again because what was to go is gone already. */
const ATTEMPTS = 3;

/**
 * Makes the keys of one envelope what `choice` says. One that is so already is left alone, so it does no harm to do it
 * again after a crash.
 * @throws EnvelopeError those of `rewrap`
 */
export async function rewrapOne(
  engine: Pick<Engine, 'keyring' | 'journal' | 'copies'>,
  path: string,
  choice: Choice,
  options: RewrapOptions,
): Promise<Changed> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOne(engine, path, choice, options);
    } catch (error) {
      // Somebody else took a key out between the look and the change.
      if (!isEnvelopeError(error, 'key-not-found') || attempt === ATTEMPTS) throw inPlace(error);
    }
  }
}

async function attemptOne(
  engine: Pick<Engine, 'keyring' | 'journal' | 'copies'>,
  path: string,
  choice: Choice,
  options: RewrapOptions,
): Promise<Changed> {
  const { envelope } = await readEnvelopeFile(path);
  const { content } = envelope.header;
  const named = { path, size: 0 as const, ...('hidden' in content ? {} : { name: content.name }) };
  const canTry = async (ref: { provider: 'aws-kms' | 'local' | 'age'; key: string }): Promise<boolean> =>
    (await options.openers.of(ref)) !== 'foreign';
  const changes = await todoOf(envelope, choice, canTry);
  if (changes.length === 0) return { ...named, state: 'already' };
  const done: Rewrapped[] = [];
  for (const change of changes) done.push(await rewrap(engine, path, change, options));
  return {
    ...named,
    state: 'changed',
    verified: done.every(({ verified }) => verified),
    added: done.flatMap(({ added }) => added),
    removed: done.flatMap(({ removed }) => removed),
    requestIds: done.flatMap(({ requestIds }) => requestIds),
    notes: done.flatMap(({ notes }) => notes),
  };
}

/** The file itself is rewritten, where it is: no other folder can be chosen. */
export function inPlace(error: unknown): unknown {
  if (!isEnvelopeError(error) || !/^target-|^disk-full$|^name-/.test(error.code)) return error;
  return new EnvelopeError(error.code, error.message, { ...error.details, inPlace: 'yes' }, error);
}
