/** @file Closing the window while work is running asks first. Knows nothing of Electron. */

export type ClosingOptions = {
  isBusy: () => boolean;
  /** Asks the user. @returns whether to stop the work */
  ask: () => Promise<boolean>;
  quit: () => void;
  onError: (error: unknown) => void;
};

export class Closing {
  readonly #options: ClosingOptions;
  #agreed = false;
  #asking = false;

  constructor(options: ClosingOptions) {
    this.#options = options;
  }

  /** For each try to close the window, by whatever way. */
  readonly onClose = (event: { preventDefault(): void }): void => {
    if (this.#agreed || !this.#options.isBusy()) return;
    event.preventDefault();
    if (this.#asking) return;
    this.#ask().catch(this.#options.onError);
  };

  async #ask(): Promise<void> {
    this.#asking = true;
    try {
      this.#agreed = await this.#options.ask();
    } finally {
      this.#asking = false;
    }
    if (this.#agreed) this.#options.quit();
  }
}
