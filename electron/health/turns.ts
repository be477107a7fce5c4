/** Work beside the one who hands it out: at most `limit` at once, so that what is under way never fills the memory. */
export class Turns {
  readonly #limit: number;
  #underWay = 0;
  #waiting: (() => void)[] = [];
  #bug: { error: unknown } | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Begins `work` once there is room, and does not wait for its end. @throws what an earlier work has thrown */
  async begin(work: () => Promise<void>): Promise<void> {
    while (this.#underWay >= this.#limit) await this.#change();
    if (this.#bug !== undefined) throw this.#bug.error;
    this.#underWay += 1;
    void this.#run(work);
  }

  /** Waits until nothing is under way. @throws as {@link begin} */
  async over(): Promise<void> {
    while (this.#underWay > 0) await this.#change();
    if (this.#bug !== undefined) throw this.#bug.error;
  }

  async #run(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#bug ??= { error };
    }
    this.#underWay -= 1;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const look of waiting) look();
  }

  async #change(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}
