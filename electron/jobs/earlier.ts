import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { FolderEntry } from '../files/archive-plan.ts';
import type { Input } from './inputs.ts';

/** What the user named so far in one batch, so that nothing is done twice that was named twice. */
export class Earlier {
  readonly #reals = new Set<string>();
  /** Where results go: no folder is walked into that. */
  readonly #to: string | undefined;

  private constructor(to: string | undefined) {
    this.#to = to;
  }

  /** `to`: where results go; it need not exist. */
  static async create(to: string | undefined): Promise<Earlier> {
    return new Earlier(to && (await realpath(to).catch(() => to)));
  }

  /** Whether `input` itself was named before; it is from now on. */
  names({ real }: Input): boolean {
    if (this.#reals.has(real)) return true;
    this.#reals.add(real);
    return false;
  }

  /** Whether `input` was named before, or a folder that it lies in; it is from now on. */
  holds(input: Input): boolean {
    return this.names(input) || this.#holdsAbove(input.real);
  }

  /** Whether what was found in `input` was named before, or a folder between the two. */
  holdsIn(input: Input, { source }: Pick<FolderEntry, 'source'>): boolean {
    // The user has no way to name what is not UTF-8.
    if (typeof source !== 'string') return false;
    const real = path.join(input.real, path.relative(input.path, source));
    return this.#reals.has(real) || this.#holdsAbove(real, input.real);
  }

  /** Whether a folder above `real`, up to but without `end`, was named before. */
  #holdsAbove(real: string, end?: string): boolean {
    for (let at = real; at !== this.#to && at !== path.dirname(at);) {
      at = path.dirname(at);
      if (at === end) return false;
      if (this.#reals.has(at)) return true;
    }
    return false;
  }
}
