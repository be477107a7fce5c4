/** @file The keys that a policy names: whose they are, and who has agreed to them. */
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { PolicyKey } from '../../shared/policy.ts';
import { recoveryName } from '../../shared/recovery.ts';
import type { Settings } from '../../shared/settings.ts';
import { parseKeyName } from '../keys/aws/key-arn.ts';
import type { Keyring, KeyRef } from '../keys/keyring.ts';
import type { SettingsStore } from '../settings/store.ts';
import type { FoundPolicy } from './find.ts';

/**
 * Asks whether the keys, which are not the user's, may open what is sealed under the policy.
 * @returns `always`: now and from now on; `once`: for this work
 */
export type ConfirmKeys = (policy: FoundPolicy, keys: readonly string[]) => Promise<'once' | 'always' | 'no'>;

export type PolicyKeysParts = {
  keyring: Pick<Keyring, 'resolve' | 'managedKeys'>;
  settings: Pick<SettingsStore, 'load' | 'update'>;
  /** Whether the user's connections have listed this KMS key. */
  isListed?: ((key: string) => boolean) | undefined;
  /** Nobody is asked without it. */
  confirm?: ConfirmKeys | undefined;
};

type Judged = { spec: string; ref: KeyRef | undefined; state: PolicyKey['state']; name?: string };

/**
 * SECURITY: whoever may write in a folder may name a key there, and what is sealed for a key its owner reads. So every key
 * that is not in the user's own list is agreed to first, for this very policy.
 */
export class PolicyKeys {
  readonly #parts: PolicyKeysParts;

  constructor(parts: PolicyKeysParts) {
    this.#parts = parts;
  }

  /** For people, before anything is done. No KMS is asked, and no key made. */
  async describe(found: FoundPolicy): Promise<PolicyKey[]> {
    return (await this.#judge(found, describing)).map(({ spec, state, name }) => ({
      spec,
      state,
      ...(name === undefined ? {} : { name }),
    }));
  }

  /**
   * The keys of a policy, agreed to.
   * @throws EnvelopeError `policy-key-missing`; `policy-key-unknown` with `details.keys` unless the user agrees
   */
  async resolve(found: FoundPolicy): Promise<KeyRef[]> {
    const judged = await this.#judge(found, {});
    const strange = judged.filter(({ state }) => state === 'asked').map(({ ref }) => ref?.key ?? '');
    if (strange.length > 0) await this.#confirm(found, [...new Set(strange)]);
    return judged.map(({ spec, ref }) => {
      if (ref !== undefined) return ref;
      const details = { path: found.path, key: spec };
      throw new EnvelopeError('policy-key-missing', 'the policy names a key that is not known here', details);
    });
  }

  async #confirm(found: FoundPolicy, keys: string[]): Promise<void> {
    const answer = (await this.#parts.confirm?.(found, keys)) ?? 'no';
    if (answer === 'no') {
      const details = { path: found.path, keys, key: keys.join(', ') };
      throw new EnvelopeError('policy-key-unknown', 'the policy names keys that are not yours', details);
    }
    if (answer === 'once') return;
    await this.#parts.settings.update((now) => {
      const before = now.policyKeys[found.path] ?? [];
      return {
        ...now,
        policyKeys: { ...now.policyKeys, [found.path]: [...new Set([...before, ...keys])] },
      };
    });
  }

  async #judge({ path, policy }: FoundPolicy, { make = true }: { make?: boolean }): Promise<Judged[]> {
    const settings = await this.#parts.settings.load();
    const managed = await this.#parts.keyring.managedKeys();
    const agreed = settings.policyKeys[path] ?? [];
    const judged: Judged[] = [];
    for (const spec of policy.keys ?? []) {
      const ref = spec === 'local' && !make ? LOCAL : await this.#find(spec);
      if (ref === undefined) {
        judged.push({ spec, ref, state: 'missing' });
        continue;
      }
      const yours = this.#isYours(spec, ref, settings) || managed.some(({ key }) => key === ref.key);
      const state = yours ? 'yours' : agreed.includes(ref.key) ? 'agreed' : 'asked';
      const name = settings.keyNames[ref.key];
      judged.push({ spec, ref, state, ...(name === undefined ? {} : { name }) });
    }
    return judged;
  }

  async #find(spec: string): Promise<KeyRef | undefined> {
    try {
      return await this.#parts.keyring.resolve(spec);
    } catch (error) {
      if (isEnvelopeError(error, 'key-not-found')) return undefined;
      throw error;
    }
  }

  #isYours(spec: string, { provider, key }: KeyRef, settings: Settings): boolean {
    const { keyNames, defaultKeys, recovery } = settings;
    if (provider === 'local' || recoveryName(key, recovery) !== undefined) return true;
    if (keyNames[key] !== undefined || defaultKeys.includes(key)) return true;
    if (provider === 'age') return false;
    // An alias or id alone is looked up in the user's own account.
    return !('account' in parseKeyName(spec)) || this.#parts.isListed?.(key) === true;
  }
}

const describing = { make: false };
const LOCAL: KeyRef = { provider: 'local', key: 'local' };
