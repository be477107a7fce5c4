/** @file A new data key wrapped by every key that is to open the file (FORMAT.md section 4). */
import type { EncryptionContext, WrappedKey } from '../../shared/envelope.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { DataKey } from './data-key.ts';
import type { KeyRef } from './keyring.ts';
import { orCancelled } from './or-cancelled.ts';
import type { CallOptions, KeyProvider, Unwrapping, Wrapping } from './provider.ts';

/** A data key wrapped under every chosen key that could be reached; the caller disposes it. */
export type MadeKey = {
  dataKey: DataKey;
  entries: WrappedKey[];
  requestIds: string[];
  /** Chosen keys that have no entry yet, because the user agreed that they come later. */
  waiting: KeyRef[];
  /** A key of this computer that has an entry only because those have none. */
  standIn?: string;
};

/** Asked for a chosen KMS key that cannot be reached: whether the file may be sealed without it for now. */
export type MayWait = (ref: KeyRef, error: EnvelopeError) => Promise<boolean>;

export type MakeOptions = CallOptions & { mayWait?: MayWait | undefined };

/** What of the keyring is needed here. */
export interface MakingRing {
  provider(provider: KeyRef['provider']): Promise<KeyProvider>;
  resolve(spec: string): Promise<KeyRef>;
  wrap(ref: KeyRef, dataKey: DataKey, context: EncryptionContext, options?: CallOptions): Promise<Wrapping>;
  approve(arn: string): Promise<void>;
}

/** An envelope has at most this many entries (FORMAT.md section 2). */
const MAX_KEYS = 32;

/** `chosen`: by the user, who may let them come later. `added`: by others, on every envelope and at once. */
export type Wanted = { chosen: readonly KeyRef[]; added: readonly KeyRef[] };

/** Result and errors as `Keyring.makeKey`. */
export async function makeKey(
  ring: MakingRing,
  { chosen, added }: Wanted,
  context: EncryptionContext,
  options: MakeOptions,
): Promise<MadeKey> {
  const all = withoutRepeats([...chosen, ...added]);
  if (chosen.length === 0) throw new Error('no key was chosen');
  if (all.length > MAX_KEYS) throw new EnvelopeError('usage', 'more than 32 keys', { keys: all.length });
  const making = new Making(ring, all, added, context, options);
  return await making.run();
}

class Making {
  readonly #ring: MakingRing;
  readonly #all: readonly KeyRef[];
  readonly #added: readonly KeyRef[];
  readonly #context: EncryptionContext;
  readonly #options: MakeOptions;
  readonly #waiting: KeyRef[] = [];

  constructor(
    ring: MakingRing,
    all: readonly KeyRef[],
    added: readonly KeyRef[],
    context: EncryptionContext,
    options: MakeOptions,
  ) {
    this.#ring = ring;
    this.#all = all;
    this.#added = added;
    this.#context = context;
    this.#options = options;
  }

  async run(): Promise<MadeKey> {
    const { made, maker, standIn } = await this.#first();
    try {
      const wrappings: Wrapping[] = [];
      for (const ref of standIn === undefined ? this.#all : [...this.#all, maker]) {
        if (this.#waiting.includes(ref)) continue;
        const wrapping = ref === maker ? made : await this.#wrap(ref, made.dataKey);
        if (wrapping !== undefined) wrappings.push(wrapping);
      }
      for (const { entry } of wrappings)
        if (entry.provider === 'aws-kms') await this.#ring.approve(entry.key);
      return {
        dataKey: made.dataKey,
        // An alias and an ARN may have been the same key.
        entries: withoutRepeats(wrappings.map(({ entry }) => entry)),
        requestIds: wrappings.flatMap(({ requestId }) => requestId ?? []),
        waiting: this.#waiting,
        ...(standIn === undefined ? {} : { standIn }),
      };
    } catch (error) {
      made.dataKey.wipe();
      throw error;
    }
  }

  /** K from the first KMS key that can be reached, else from the operating system. */
  async #first(): Promise<{ made: Unwrapping & Wrapping; maker: KeyRef; standIn?: string }> {
    for (const ref of this.#all.filter(({ provider }) => provider === 'aws-kms')) {
      const made = await this.#reach(ref, async () => await this.#generate(ref));
      if (made !== undefined) return { made, maker: ref };
    }
    const [first, ...others] = this.#all.filter((ref) => !this.#waiting.includes(ref));
    const own = [first, ...others].find((ref) => ref?.provider === 'local');
    // Who adds the keys that wait must be able to open the file: an age recipient may be anybody's.
    if (this.#waiting.length > 0 && own === undefined) {
      const maker = await this.#ring.resolve('local');
      return { made: await this.#generate(maker), maker, standIn: maker.key };
    }
    if (first === undefined) throw new Error('no key was chosen');
    return { made: await this.#generate(first), maker: first };
  }

  async #generate({ provider, key }: KeyRef): Promise<Unwrapping & Wrapping> {
    const { signal } = this.#options;
    const keys = await this.#ring.provider(provider);
    return await orCancelled(
      async () => await keys.generate(key, this.#context, this.#callOptions),
      signal,
      ({ dataKey }) => {
        dataKey.wipe();
      },
    );
  }

  async #wrap(ref: KeyRef, dataKey: DataKey): Promise<Wrapping | undefined> {
    const wrap = async (): Promise<Wrapping> =>
      await this.#ring.wrap(ref, dataKey, this.#context, this.#callOptions);
    return ref.provider === 'aws-kms' ? await this.#reach(ref, wrap) : await wrap();
  }

  /** Undefined if the key cannot be reached, and the user agreed that it comes later. A refusal is never that. */
  async #reach<T>(ref: KeyRef, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      const { mayWait } = this.#options;
      if (mayWait === undefined || !isEnvelopeError(error, 'kms-offline', 'kms-unavailable')) throw error;
      if (this.#added.some((one) => isSame(one, ref)) || !(await mayWait(ref, error))) throw error;
      this.#waiting.push(ref);
      return undefined;
    }
  }

  /** Whoever can do without the key does not wait long for it. */
  get #callOptions(): CallOptions {
    const { signal, mayWait } = this.#options;
    return { signal, ...(mayWait === undefined ? {} : { impatient: true }) };
  }
}

const isSame = (a: KeyRef, b: KeyRef): boolean => a.provider === b.provider && a.key === b.key;

function withoutRepeats<T extends KeyRef>(keys: readonly T[]): T[] {
  return keys.filter((key, index) => keys.findIndex((one) => isSame(one, key)) === index);
}
