import { EnvelopeError } from '../../shared/errors.ts';
import type { PlanPolicy } from '../../shared/policy.ts';
import type { FoundPolicy } from './find.ts';
import { outputRoot } from './output.ts';
import type { Policies } from './policies.ts';

type Group = { found: FoundPolicy | EnvelopeError | undefined; files: number; bytes: number };

/** Which policy governs how many files of a batch, before anything is done. */
export class PolicyTally {
  readonly #policies: Policies;
  readonly #isPlaced: boolean;
  readonly #groups = new Map<string, Group>();

  /** `to`: where the user wants the results, if they have said so; what policies say of it is then of no account. */
  constructor(policies: Policies, to: string | undefined) {
    this.#policies = policies;
    this.#isPlaced = to !== undefined;
  }

  /** Counts one file of `bytes` whose policy is that of `folder`. @returns that policy, or what is wrong with it */
  async add(folder: string, bytes: number): Promise<FoundPolicy | EnvelopeError | undefined> {
    const found = await this.#policies.tryFind(folder);
    const name = found instanceof EnvelopeError ? String(found.details['path']) : (found?.path ?? '');
    const group = this.#groups.get(name) ?? { found, files: 0, bytes: 0 };
    group.files += 1;
    group.bytes += bytes;
    this.#groups.set(name, group);
    return found;
  }

  /** The groups, those without a policy last; none at all if there is no policy. */
  async groups(): Promise<PlanPolicy[]> {
    const groups = [...this.#groups.values()].sort(
      (a, b) => Number(a.found === undefined) - Number(b.found === undefined),
    );
    if (groups.every(({ found }) => found === undefined)) return [];
    return await Promise.all(groups.map(async (group) => await this.#show(group)));
  }

  async #show({ found, files, bytes }: Group): Promise<PlanPolicy> {
    const plain: PlanPolicy = { files, bytes, keys: [], labels: {} };
    if (found === undefined) return plain;
    if (found instanceof EnvelopeError) {
      return { ...plain, path: String(found.details['path']), error: found.toRecord() };
    }
    const { path, policy } = found;
    const output = this.#isPlaced ? undefined : outputRoot(found);
    const conflict = this.#policies.conflict(found);
    return {
      ...plain,
      path,
      keys: await this.#policies.keys.describe(found),
      labels: policy.labels ?? {},
      ...(policy.hideNames === undefined ? {} : { hideNames: policy.hideNames }),
      ...(output === undefined ? {} : { output }),
      ...(conflict === undefined ? {} : { error: conflict.toRecord() }),
    };
  }
}
