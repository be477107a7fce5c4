/** @file Which blocks of the watched files ran, asked of V8 itself: the files are run as they are. */
import { type Profiler, Session } from 'node:inspector';

/** Where blocks begin or end that ran, each as `file:offset`. */
export type Blocks = ReadonlySet<string>;

const FOLDERS = ['/electron/', '/shared/', '/e2e/'];

/** Counts from its making to its disposal; one at a time in a process. */
export class Coverage implements Disposable {
  readonly #session = new Session();
  readonly #watched: readonly string[];
  /** By function: every place where a block ever began or ended. */
  readonly #places = new Map<string, Set<number>>();

  constructor(watched: readonly string[]) {
    this.#watched = watched;
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** The blocks that ran since the last call. It takes milliseconds, so one asks it after several runs. */
  take(): Blocks {
    const blocks = new Set<string>();
    // In one process the session answers before `post` returns.
    this.#session.post('Profiler.takePreciseCoverage', (error, found) => {
      if (error !== null) throw error;
      for (const script of found.result) if (this.#isWatched(script.url)) this.#add(script, blocks);
    });
    return blocks;
  }

  [Symbol.dispose](): void {
    this.#session.disconnect();
  }

  #isWatched(url: string): boolean {
    return FOLDERS.some((folder) => url.includes(folder)) && this.#watched.some((part) => url.includes(part));
  }

  /**
   * V8 leaves out a block that ran as often as what is around it, so one cannot ask for a block by its range: what is
   * compared is whether each place that ever was a border has run.
   */
  #add({ url, functions }: Profiler.ScriptCoverage, blocks: Set<string>): void {
    const file = url.slice(url.lastIndexOf('/') + 1);
    for (const { ranges } of functions) {
      const [whole] = ranges;
      if (whole === undefined || whole.count === 0) continue;
      const name = `${file}:${whole.startOffset}`;
      const places = this.#places.get(name) ?? new Set();
      this.#places.set(name, places);
      for (const { startOffset, endOffset } of ranges) places.add(startOffset).add(endOffset);
      for (const place of places) if (hasRun(ranges, place)) blocks.add(`${file}:${place}`);
    }
  }
}

/** Ranges come from the outside in, so the last one around `place` tells. */
function hasRun(ranges: readonly Profiler.CoverageRange[], place: number): boolean {
  const inner = ranges.findLast(({ startOffset, endOffset }) => startOffset <= place && place < endOffset);
  return inner !== undefined && inner.count > 0;
}
