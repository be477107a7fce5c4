import { type EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { KeyRef } from '../keys/keyring.ts';
import { orCancelled } from '../keys/or-cancelled.ts';
import { type FoundPolicy, PolicyFinder } from './find.ts';
import { PolicyKeys, type PolicyKeysParts } from './keys.ts';
import { type Rules, rulesOf, type Wanted } from './rules.ts';

/** Does `work`, which may wait for an answer about the policy: a question that nobody waits for is withdrawn. */
export type Waiting = <T>(policy: FoundPolicy, work: () => Promise<T>) => Promise<T>;

export type PoliciesParts = PolicyKeysParts & { waiting?: Waiting };

/** The policies of one batch: each is read once, and its keys are asked about once. */
export class Policies {
  readonly keys: PolicyKeys;
  readonly #parts: PoliciesParts;
  readonly #finder: PolicyFinder;
  readonly #wanted: Wanted;
  readonly #waiting: Waiting;
  readonly #rules = new Map<string, Promise<Rules>>();

  constructor(parts: PoliciesParts, wanted: Wanted, finder: PolicyFinder = new PolicyFinder()) {
    this.keys = new PolicyKeys(parts);
    this.#parts = parts;
    this.#waiting = parts.waiting ?? (async (_, work) => await work());
    this.#wanted = wanted;
    this.#finder = finder;
  }

  /** For work that is done again: every policy is read anew. @param keys chosen now, in place of those before */
  again(keys?: readonly KeyRef[]): Policies {
    const { chosen } = this.#wanted;
    const wanted =
      keys === undefined ? this.#wanted : { ...this.#wanted, keys, chosen: { ...chosen, keys: true } };
    return new Policies(this.#parts, wanted);
  }

  /** @throws EnvelopeError as {@link PolicyFinder.find} */
  async find(folder: string): Promise<FoundPolicy | undefined> {
    return await this.#finder.find(folder);
  }

  /** The same, with what is wrong as a value. */
  async tryFind(folder: string): Promise<FoundPolicy | EnvelopeError | undefined> {
    try {
      return await this.find(folder);
    } catch (error) {
      if (isEnvelopeError(error)) return error;
      throw error;
    }
  }

  /**
   * How files under the policy are sealed.
   * @throws EnvelopeError `policy-conflict`, `policy-key-missing`, `policy-key-unknown`; `cancelled` though others wait on
   */
  async rules(found: FoundPolicy, signal?: AbortSignal): Promise<Rules> {
    return await this.#waiting(found, async () => {
      return await orCancelled(async () => await this.#shared(found), signal);
    });
  }

  async #shared(found: FoundPolicy): Promise<Rules> {
    let rules = this.#rules.get(found.path);
    if (rules === undefined) {
      rules = this.#rulesOf(found);
      this.#rules.set(found.path, rules);
    }
    return await rules;
  }

  /** What conflicts is said at once; the keys are looked up and asked about when the first file needs them. */
  conflict(found: FoundPolicy): EnvelopeError | undefined {
    try {
      rulesOf(found, [], this.#wanted);
      return undefined;
    } catch (error) {
      if (isEnvelopeError(error)) return error;
      throw error;
    }
  }

  async #rulesOf(found: FoundPolicy): Promise<Rules> {
    rulesOf(found, [], this.#wanted);
    return rulesOf(found, await this.keys.resolve(found), this.#wanted);
  }
}
