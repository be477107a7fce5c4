/** @file Files the system hands over, until the page takes them. Knows nothing of Electron. */
import type { Granted } from '../../shared/desktop.ts';

/** Milliseconds. Selecting ten files and “Open” starts ten processes on Windows: what comes close together is one batch. */
const TOGETHER = 200;

export type ArrivalsOptions = {
  grant: (paths: readonly string[]) => Promise<Granted>;
  /** Tells the page, once it listens. */
  deliver: (granted: Granted) => void;
  onError: (error: unknown) => void;
  /** {@link TOGETHER} if not given. */
  together?: number;
};

export class Arrivals {
  readonly #options: ArrivalsOptions;
  #paths: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #waiting: Granted = { grants: [], refused: [] };
  /** The paths of what waits. */
  readonly #waitingFor = new Set<string>();
  #pageListens = false;

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  /** Absolute paths that were handed over just now. */
  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.#paths.push(...paths);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#grant().catch(this.#options.onError);
    }, this.#options.together ?? TOGETHER);
  }

  /** What has waited for the page. From now on it is told. */
  take(): Granted {
    const waiting = this.#waiting;
    this.#waiting = { grants: [], refused: [] };
    this.#waitingFor.clear();
    this.#pageListens = true;
    return waiting;
  }

  /** The page is gone: what comes now waits for the next one. */
  pageGone(): void {
    this.#pageListens = false;
  }

  async #grant(): Promise<void> {
    // A double-click that was two, or that a slow start was not seen to obey, is about one file.
    const paths = [...new Set(this.#paths.splice(0))].filter((file) => !this.#waitingFor.has(file));
    if (!this.#pageListens) for (const file of paths) this.#waitingFor.add(file);
    const granted = await this.#options.grant(paths);
    if (this.#pageListens) {
      this.#options.deliver(granted);
      return;
    }
    this.#waiting.grants.push(...granted.grants);
    this.#waiting.refused.push(...granted.refused);
  }
}
