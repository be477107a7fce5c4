/** @file What an administrator has laid down for everybody on this computer. */
import { z } from 'zod';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { parseTrusted } from '../../shared/trust.ts';
import { isRecipient } from '../keys/age.ts';
import { parseKeyArn } from '../keys/aws/key-arn.ts';
import { type AdminFileProblem, readAdminFile } from './admin-file.ts';
import { managedPlace, type ManagedPlace } from './managed-place.ts';

export type Managed = {
  /** The file it stands in. */
  path: string;
  trust?: {
    /** Texts of shared/trust.ts, each with a region or `*`. They are trusted whatever the user's settings say. */
    accounts: readonly string[];
    /** Whether the user may be asked about others. If not, no others are called. */
    ask: boolean;
  };
  /** Keys that every new envelope gets: ARNs and age recipients. */
  keys: readonly string[];
  /** `off`: the program neither looks for newer versions nor installs any. */
  updates?: 'off';
};

const MAX_KEYS = 8;

/** What of the file is wrong. `member`: what it holds is; `json`: it is no JSON. */
export type ManagedProblem = AdminFileProblem | 'json' | 'member';

const account = z.string().refine((text) => parseTrusted(text)?.region !== undefined);
const key = z.string().refine(async (text) => parseKeyArn(text) !== undefined || (await isRecipient(text)));

const schema = z.strictObject({
  version: z.literal(1),
  trust: z
    .strictObject({ accounts: z.array(account).max(1000), ask: z.boolean().default(true) })
    .exactOptional(),
  keys: z.array(key).max(MAX_KEYS).default([]),
  updates: z.literal('off').exactOptional(),
});

/** The file, read once: what an administrator changes holds from the next start. */
export class ManagedStore {
  readonly #place: ManagedPlace;
  #read: Promise<Managed | undefined> | undefined;

  /** `place` is given by tests alone. */
  constructor(place: ManagedPlace = managedPlace()) {
    this.#place = place;
  }

  /**
   * Undefined if there is no such file.
   * @throws EnvelopeError `too-many-open`; `managed-invalid` with `details.path`, `problem` (a {@link ManagedProblem}), `at` (what the
   *   problem is with) and `field`: one that cannot be believed is not taken for one that is not there
   */
  async load(): Promise<Managed | undefined> {
    const read = (this.#read ??= this.#load());
    try {
      return await read;
    } catch (error) {
      // What the file says is known once for all; that it could not be looked at now is not.
      if (isEnvelopeError(error, 'too-many-open')) this.#read = undefined;
      throw error;
    }
  }

  async #load(): Promise<Managed | undefined> {
    const found = await readAdminFile(this.#place);
    if (found === undefined) return undefined;
    if ('problem' in found) throw this.#invalid(found.problem, { at: found.at });
    const { data, error } = await schema.safeParseAsync(this.#json(found.text));
    if (data !== undefined) {
      const { version: _version, ...laid } = data;
      return { path: this.#place.file, ...laid };
    }
    const [issue] = error.issues;
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    throw this.#invalid('member', { field: [...(issue?.path ?? []), ...unknown].join('.') });
  }

  #json(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw this.#invalid('json', {});
    }
  }

  #invalid(problem: ManagedProblem, more: { at?: string; field?: string }): EnvelopeError {
    const details = { path: this.#place.file, problem, ...more };
    return new EnvelopeError('managed-invalid', "the administrator's file cannot be used", details);
  }
}
