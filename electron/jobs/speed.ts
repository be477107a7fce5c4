/** Milliseconds over which a speed is taken: long enough not to jump, short enough to notice a slow disk. */
const WINDOW = 3_000;
/** Milliseconds between two samples that are kept: small files end by the thousand a second. */
const APART = 50;

type Sample = { at: number; bytes: number };

/** Bytes a second over the last moments. Times are in milliseconds of any clock that only goes forward. */
export class Speed {
  #samples: Sample[] = [];

  /** `bytes`: all done so far. */
  add(bytes: number, at: number): void {
    const [before, last] = this.#samples.slice(-2);
    // The newest takes the place of one that is not much older, but never of the first.
    if (before !== undefined && last !== undefined && at - before.at < APART) this.#samples.pop();
    this.#samples.push({ at, bytes });
    this.#forget(at);
  }

  at(now: number): number {
    this.#forget(now);
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || now <= first.at) return 0;
    return Math.round(((last.bytes - first.bytes) * 1000) / (now - first.at));
  }

  /** The last one before the window stays: what was done since belongs to it in part. */
  #forget(now: number): void {
    const begin = this.#samples.findLastIndex(({ at }) => at <= now - WINDOW);
    if (begin > 0) this.#samples = this.#samples.slice(begin);
  }
}
