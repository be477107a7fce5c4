import { EnvelopeError } from '../../shared/errors.ts';
import { FAILED } from './exit-code.ts';

/** The signals that end the program, by their number; the exit code is 128 more. */
const numbers = { SIGHUP: 1, SIGINT: 2, SIGPIPE: 13, SIGTERM: 15 } as const;
type Ending = keyof typeof numbers;

type FailingStream = { on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown };

/** As much of the process as this needs. */
export type Host = {
  on(event: Ending, listener: () => void): unknown;
  off(event: Ending, listener: () => void): unknown;
  readonly pid: number;
  kill(pid: number, signal: Ending): unknown;
  /** Of an end that comes by itself. */
  exitCode?: number | string | null | undefined;
  stdout: FailingStream;
  stderr: FailingStream & { write(text: string): unknown };
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
        if (this.#exitCode === undefined) this.#cancel(128 + numbers[name], `cancelled by ${name}`);
        else this.#endBy(name);
      };
      this.#listeners.set(name, listener);
      host.on(name, listener);
    }
    host.stdout.on('error', (error) => {
      this.#outputFailed(error, (line) => host.stderr.write(line));
    });
    host.stderr.on('error', (error) => {
      this.#outputFailed(error, () => undefined);
    });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** 128 + the number of the first signal, or 1 if the output failed first; undefined if neither happened. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  [Symbol.dispose](): void {
    this.#release();
    // Those for the output stay: what was written last may fail after this.
  }

  #release(): void {
    for (const [name, listener] of this.#listeners) this.#host.off(name, listener);
  }

  /** As if nobody had listened. Not `exit()`: it waits for Node's threads, and one of them may wait for a disk that hangs. */
  #endBy(name: Ending): void {
    this.#release();
    this.#host.kill(this.#host.pid, name);
  }

  #outputFailed({ code }: NodeJS.ErrnoException, say: (line: string) => unknown): void {
    if (this.#exitCode !== undefined) return;
    if (code === 'EPIPE') {
      // Whoever read the results went away (`envelope … | head`). Node knows no SIGPIPE, so this stands for it.
      this.#cancel(128 + numbers.SIGPIPE, 'cancelled by SIGPIPE');
    } else {
      this.#cancel(FAILED, 'cancelled because the results cannot be written');
      say(`The results cannot be written (${code ?? 'unknown reason'}), so no more is begun.\n`);
    }
    // What was written last may fail after everything else has ended.
    this.#host.exitCode = this.#exitCode;
  }

  #cancel(exitCode: number, message: string): void {
    this.#exitCode ??= exitCode;
    this.#abort.abort(new EnvelopeError('cancelled', message));
  }
}
