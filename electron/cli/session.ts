import type { EnvelopeError } from '../../shared/errors.ts';
import { displayPath } from './display-path.ts';
import { jsonLine } from './escape.ts';
import { explain } from './explain.ts';
import type { OutputOptions, PassphraseOptions } from './options.ts';
import { type Prompt, terminalPrompt } from './prompt.ts';
import { Screen } from './screen.ts';
import { Secrets } from './secrets.ts';

export type SessionOptions = OutputOptions & PassphraseOptions;

/** One command at work: where it speaks, whom it may ask, what stops it. */
export class Session {
  readonly signal: AbortSignal;
  readonly json: boolean;
  readonly screen: Screen;
  /** Undefined where there is no terminal: then nobody is asked anything. */
  readonly prompt: Prompt | undefined;
  readonly secrets: Secrets;

  constructor(options: SessionOptions, signal: AbortSignal, host: NodeJS.Process = process) {
    this.signal = signal;
    this.json = options.json === true;
    const streams = { out: host.stdout, err: host.stderr };
    this.screen = new Screen(streams, { quiet: options.quiet, term: host.env['TERM'] });
    this.prompt = terminalPrompt(signal, () => this.screen.hold(), host);
    this.secrets = new Secrets({
      file: options.passphraseFile,
      newFile: options.newPassphraseFile,
      environment: host.env,
      prompt: this.prompt,
    });
  }

  /** Prints a result: a line for people, or the same for programs. */
  result(line: string, record: object): void {
    this.screen.result(this.json ? jsonLine(record) : line);
  }

  /** Prints what ended the whole command, and `path` if it is about a file. */
  fail(error: EnvelopeError, path?: string): void {
    if (this.json) {
      this.screen.result(
        jsonLine({ state: 'failed', ...(path === undefined ? {} : { path }), error: error.toRecord() }),
      );
    }
    const [what = '', ...more] = explain(error);
    this.screen.warn(path === undefined ? what : `failed ${displayPath(path)}: ${what}`);
    for (const line of more) this.screen.warn(`  ${line}`);
  }
}
