import type { RunOptions } from '../stream/job.ts';
import type { Ahead, Item } from './job.ts';

/** One thing to do. `run` resolves to undefined if the name was taken and such files are to be skipped. */
export type Work<Value> = {
  path: string;
  /** Bytes, for the progress. */
  size: number;
  /** Where its result goes, if that is known. */
  to: string | undefined;
  run(options: RunOptions): Promise<Value | undefined>;
};

export type WorkSource<Value> = AsyncGenerator<Work<Value>, void, undefined>;

type Numbered<Value> = { work: Work<Value>; item: Item };

/** The works of a batch, numbered; some of them known before their turn. */
export class Works<Value> {
  readonly #source: WorkSource<Value>;
  readonly #ahead: Ahead | undefined;
  readonly #listed: Numbered<Value>[] = [];
  #count = 0;
  #ended = false;

  constructor(source: WorkSource<Value>, ahead: Ahead | undefined) {
    this.#source = source;
    this.#ahead = ahead;
  }

  /** The next one that nobody has taken, or undefined once there are no more. */
  async take(): Promise<Numbered<Value> | undefined> {
    // The last one may be listed while this looks whether there are more.
    return this.#listed.shift() ?? (await this.#pull()) ?? this.#listed.shift();
  }

  /** Lists the first of them as fast as the disk tells them, if somebody wants to know. */
  async listAhead(signal: AbortSignal | undefined): Promise<void> {
    const limit = this.#ahead?.limit ?? 0;
    while (this.#count < limit && !this.#ended && signal?.aborted !== true) {
      await this.#pull((next) => this.#listed.push(next));
    }
  }

  /** Whoever calls at the same time is served in turn: so are generators. `keep` gets the work instead of the caller. */
  async #pull(keep?: (next: Numbered<Value>) => void): Promise<Numbered<Value> | undefined> {
    const { value: work } = await this.#source.next();
    if (work === undefined) {
      if (!this.#ended) this.#ahead?.onEnd();
      this.#ended = true;
      return undefined;
    }
    const { path, size, to } = work;
    const item = { index: this.#count++, path, size, to };
    this.#ahead?.onListed(item);
    if (keep === undefined) return { work, item };
    keep({ work, item });
    return undefined;
  }
}
