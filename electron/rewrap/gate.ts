/** A gate that work passes one by one. Closed, it lets nobody through; who is through is not held. */
export class Gate {
  #closed: PromiseWithResolvers<void> | undefined;

  get closed(): boolean {
    return this.#closed !== undefined;
  }

  close(): void {
    this.#closed ??= Promise.withResolvers<void>();
  }

  open(): void {
    this.#closed?.resolve();
    this.#closed = undefined;
  }

  /** Settles when the gate is open, or `signal` fires. */
  async pass(signal?: AbortSignal): Promise<void> {
    while (this.#closed !== undefined && signal?.aborted !== true) {
      const gone = Promise.withResolvers<void>();
      const leave = (): void => {
        gone.resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      await Promise.race([this.#closed.promise, gone.promise]);
      signal?.removeEventListener('abort', leave);
    }
  }
}
