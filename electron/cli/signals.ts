import { EnvelopeError } from '../../shared/errors.ts';

/** The signals that end the program, by their number; the exit code is 128 more. */
const numbers = { SIGHUP: 1, SIGINT: 2, SIGPIPE: 13, SIGTERM: 15 } as const;
type Ending = keyof typeof numbers;

/** What stops the program: the first signal asks it to end cleanly, the second ends it at once. */
export class Cancellation implements Disposable {
  readonly #abort = new AbortController();
  readonly #process: NodeJS.Process;
  readonly #listeners = new Map<Ending, () => void>();
  #exitCode: number | undefined;

  constructor(host: NodeJS.Process = process) {
    this.#process = host;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const listener = (): void => {
        if (this.#exitCode !== undefined) host.exit(128 + numbers[name]);
        this.#cancel(name);
      };
      this.#listeners.set(name, listener);
      host.on(name, listener);
    }
    // Whoever read the results went away (`envelope … | head`). Node knows no SIGPIPE, so this stands for it.
    host.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      this.#cancel('SIGPIPE');
    });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** 128 + the number of the first signal, if there was one. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  [Symbol.dispose](): void {
    for (const [name, listener] of this.#listeners) this.#process.off(name, listener);
  }

  #cancel(name: Ending): void {
    this.#exitCode ??= 128 + numbers[name];
    this.#abort.abort(new EnvelopeError('cancelled', `cancelled by ${name}`));
  }
}
