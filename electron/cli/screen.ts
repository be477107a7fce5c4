import { cutToWidth } from './width.ts';

/** As much of a stream as is needed to write lines; `process.stdout` and `process.stderr` are such. */
export type Output = {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
};

/** Columns assumed where a terminal does not say. */
const COLUMNS = 80;

/** Back to the first column, and clear the line. */
const CLEAR = '\r\u001b[K';

/**
 * What the program says, and where. Results go to the standard output, everything for people to the standard error,
 * and on a terminal one live line stays below the others. No colours, so there is nothing for NO_COLOR to turn off.
 * Every text is one line and printable (escape.ts).
 */
export class Screen {
  readonly #out: Output;
  readonly #err: Output;
  readonly #quiet: boolean;
  /** Whether there is a live line: a terminal that can clear one, and nobody who wants it quiet. */
  readonly live: boolean;
  /** Whether results are read by a person, on a terminal that knows colours. */
  readonly toTerminal: boolean;
  #shown = '';
  #holds = 0;

  constructor(
    { out, err }: { out: Output; err: Output },
    { quiet = false, term = '' }: { quiet?: boolean | undefined; term?: string | undefined } = {},
  ) {
    this.#out = out;
    this.#err = err;
    this.#quiet = quiet;
    this.toTerminal = out.isTTY === true && term !== 'dumb';
    this.live = !quiet && err.isTTY === true && term !== 'dumb';
  }

  /** Columns of the live line. */
  get width(): number {
    // A terminal that does not know its size says 0. One column less: some wrap when the last one is written.
    return (this.#err.columns || COLUMNS) - 1;
  }

  /** A line of the result. */
  result(line: string): void {
    this.#above(this.#out, line);
  }

  /** A line of the result that `--quiet` leaves out: that all went well. */
  report(line: string): void {
    if (!this.#quiet) this.#above(this.#out, line);
  }

  /** A line for people that `--quiet` leaves out. */
  say(line: string): void {
    if (!this.#quiet) this.#above(this.#err, line);
  }

  /** A line for people that is always there: what failed, what to do. */
  warn(line: string): void {
    this.#above(this.#err, line);
  }

  /** Replaces the live line; '' takes it away. */
  show(line: string): void {
    if (!this.live || this.#holds > 0) return;
    const fitting = cutToWidth(line, this.width);
    if (fitting === this.#shown) return;
    this.#err.write(CLEAR + fitting);
    this.#shown = fitting;
  }

  /** Takes the live line away until the result is disposed: somebody else writes to the terminal. */
  hold(): Disposable {
    this.show('');
    this.#holds += 1;
    return {
      [Symbol.dispose]: () => {
        this.#holds -= 1;
      },
    };
  }

  #above(output: Output, line: string): void {
    const shown = this.#shown;
    this.show('');
    output.write(`${line}\n`);
    this.show(shown);
  }
}
