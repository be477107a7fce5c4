import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { EnvelopeError } from '../../shared/errors.ts';

export type PromptStreams = {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
};

/** What may be said to something that would be remembered. */
export type Answer = 'once' | 'always' | 'no';

/** Columns assumed where a terminal does not say. */
const COLUMNS = 80;

const silent = (): Writable =>
  new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });

const cancelled = (): EnvelopeError => new EnvelopeError('cancelled', 'cancelled while a question stood');

/** Questions on a terminal, one at a time however many ask. There is none where there is no terminal. */
export class Prompt {
  readonly #streams: PromptStreams;
  readonly #signal: AbortSignal;
  readonly #interrupt: () => void;
  readonly #hold: () => Disposable;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param interrupt what Ctrl-C does while a question stands: the terminal then sends no signal by itself
   * @param hold keeps others from writing to the terminal meanwhile
   */
  constructor(streams: PromptStreams, signal: AbortSignal, interrupt: () => void, hold: () => Disposable) {
    this.#streams = streams;
    this.#signal = signal;
    this.#interrupt = interrupt;
    this.#hold = hold;
  }

  /**
   * An answer that is shown while it is typed.
   * @returns undefined at the end of input (Ctrl-D): there is no answer
   * @throws EnvelopeError `cancelled`
   */
  async ask(question: string): Promise<string | undefined> {
    return await this.#inTurn(async () => await this.#question(question, this.#streams.output));
  }

  /** A secret: nothing of it is shown or kept in a history. Result and errors as {@link ask}. */
  async askHidden(question: string): Promise<string | undefined> {
    return await this.#inTurn(async () => {
      this.#streams.output.write(question);
      try {
        return await this.#question('', silent());
      } finally {
        this.#streams.output.write('\n');
      }
    });
  }

  /**
   * A secret so long that one must see it to type it right: shown while it is typed, and taken off the screen at once
   * after. Result and errors as {@link ask}.
   */
  async askErased(question: string): Promise<string | undefined> {
    const { output } = this.#streams;
    return await this.#inTurn(async () => {
      const answer = await this.#question(question, output);
      const rows = Math.ceil((question.length + (answer?.length ?? 0) + 1) / (output.columns || COLUMNS));
      output.write(`\u001b[${rows}A\r\u001b[J`);
      return answer;
    });
  }

  /** Yes only if the answer is y or yes. Errors as {@link ask}. */
  async confirm(question: string): Promise<boolean> {
    return /^y(?:es)?$/i.test((await this.ask(`${question} [y/N] `))?.trim() ?? '');
  }

  /** Only this time, from now on, or no: which everything is that was not asked for. Errors as {@link ask}. */
  async choose(question: string): Promise<Answer> {
    const answer = (await this.ask(`${question} [y] only this time, [a] always, [N] no: `))?.trim() ?? '';
    if (/^y(?:es)?$/i.test(answer)) return 'once';
    return /^a(?:lways)?$/i.test(answer) ? 'always' : 'no';
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(async () => {
      using _held = this.#hold();
      return await work();
    });
    this.#last = mine.catch(() => {});
    return await mine;
  }

  async #question(question: string, output: NodeJS.WritableStream): Promise<string | undefined> {
    if (this.#signal.aborted) throw cancelled();
    const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
    const lines = createInterface({ input: this.#streams.input, output, terminal: true, historySize: 0 });
    const abort = (): void => {
      reject(cancelled());
    };
    this.#signal.addEventListener('abort', abort, { once: true });
    lines.on('SIGINT', this.#interrupt);
    lines.on('close', () => {
      resolve(undefined);
    });
    try {
      lines.question(question).then(resolve, reject);
      return await promise;
    } finally {
      this.#signal.removeEventListener('abort', abort);
      lines.close();
    }
  }
}

/** The prompt of this process, or undefined unless both sides of the conversation are a terminal. */
export function terminalPrompt(
  signal: AbortSignal,
  hold: () => Disposable,
  host: NodeJS.Process = process,
): Prompt | undefined {
  if (!host.stdin.isTTY || !host.stderr.isTTY) return undefined;
  const interrupt = (): void => {
    host.kill(host.pid, 'SIGINT');
  };
  return new Prompt({ input: host.stdin, output: host.stderr }, signal, interrupt, hold);
}
