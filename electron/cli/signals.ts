import { EnvelopeError } from '../../shared/errors.ts';

/** The signals that end the program, by their number; the exit code is 128 more. */
const numbers = { SIGHUP: 1, SIGINT: 2, SIGPIPE: 13, SIGTERM: 15 } as const;
type Ending = keyof typeof numbers;

type FailingStream = { on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown };

/** As much of the process as this needs. */
export type Host = {
  on(event: Ending, listener: () => void): unknown;
  off(event: Ending, listener: () => void): unknown;
  exit(code: number): void;
  stdout: FailingStream;
  stderr: FailingStream;
};

/** What stops the program: the first signal asks it to end cleanly, the second ends it at once. */
export class Cancellation implements Disposable {
  readonly #abort = new AbortController();
  readonly #host: Host;
  readonly #listeners = new Map<Ending, () => void>();
  #exitCode: number | undefined;

  constructor(host: Host = process) {
    this.#host = host;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const listener = (): void => {
        if (this.#exitCode !== undefined) host.exit(128 + numbers[name]);
        this.#cancel(name);
      };
      this.#listeners.set(name, listener);
      host.on(name, listener);
    }
    host.stdout.on('error', this.#outputFailed);
    host.stderr.on('error', this.#outputFailed);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** 128 + the number of the first signal, if there was one. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  [Symbol.dispose](): void {
    for (const [name, listener] of this.#listeners) this.#host.off(name, listener);
    // Those for the output stay: what was written last may fail after this.
  }

  /** Whoever read the results went away (`envelope … | head`). Node knows no SIGPIPE, so this stands for it. */
  readonly #outputFailed = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    this.#cancel('SIGPIPE');
  };

  #cancel(name: Ending): void {
    this.#exitCode ??= 128 + numbers[name];
    this.#abort.abort(new EnvelopeError('cancelled', `cancelled by ${name}`));
  }
}
