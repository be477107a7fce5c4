/** @file A rewrap, or sealing again, as it goes: a line per envelope, how far it is, and how it ended. */
import type { ErrorCode } from '../../shared/errors.ts';
import type { AccessProof, AccessResult, AccessWork } from '../../shared/rewrap.ts';
import type { RunEvent, RunResult } from '../rewrap/run.ts';
import type { ReportWords } from '../rewrap/words.ts';
import { displayPath } from './display-path.ts';
import { jsonLine } from './escape.ts';
import { explain } from './explain.ts';
import { noteText } from './note-text.ts';
import { count, formatSize, formatTimeLeft } from './format.ts';
import type { Session } from './session.ts';

/** Milliseconds between two looks of the progress line. */
const LIVE_MS = 100;
/** No time is told before so many are done. */
const LEAST = 5;
const LEAST_BYTES = 50_000_000;

const deeds: Record<AccessWork, string> = { rewrap: 'changed', reseal: 'sealed again' };

export class ChangeReport {
  readonly #session: Session;
  readonly #work: AccessWork;
  readonly #titleOf: (key: string) => string;
  readonly #failures: ErrorCode[] = [];
  readonly #started = performance.now();
  #ahead = 0;
  #over = 0;
  /** Of bodies, where those are worked on. */
  #bytes = { ahead: 0, done: 0 };
  #shownAt = 0;

  constructor(session: Session, work: AccessWork, titleOf: (key: string) => string) {
    this.#session = session;
    this.#work = work;
    this.#titleOf = titleOf;
  }

  get failures(): readonly ErrorCode[] {
    return this.#failures;
  }

  readonly onEvent = (event: RunEvent): void => {
    if (event.type === 'total') {
      this.#ahead = event.envelopes;
      this.#bytes = { ahead: event.bytes, done: 0 };
    } else if (event.type === 'progress') this.#bytes.done = event.bytes;
    else this.#tell(event.result);
    this.#live();
  };

  /** How it ended. */
  finish({ changed, already, failed, cancelled }: RunResult): void {
    const { screen } = this.#session;
    screen.show('');
    if (cancelled) {
      const left = Math.max(0, this.#ahead - this.#over);
      screen.warn(`Stopped; ${changed} ${deeds[this.#work]}, ${left} not begun.`);
    } else if (changed + already + failed > 1 || changed === 0) {
      const parts = [`${count(changed, 'envelope')} ${deeds[this.#work]}`];
      if (already > 0) parts.push(`${already} as they should be already`);
      if (failed > 0) parts.push(`${failed} failed`);
      screen.say(`${parts.join(', ')}.`);
    }
    if (cancelled || failed > 0) screen.warn(`“envelope ${this.#work} --resume” does the rest.`);
  }

  /** What was found afterwards. */
  prove(proof: AccessProof, words: ReportWords): void {
    const { screen, json } = this.#session;
    screen.show('');
    if (json) {
      screen.result(jsonLine({ state: 'proof', ...proof }));
      return;
    }
    screen.say(`${words.proofTitle}:`);
    for (const line of words.proof(proof, this.#titleOf)) screen.say(`  ${line}`);
  }

  #tell(result: AccessResult): void {
    this.#over += 1;
    const { screen, json } = this.#session;
    if (result.error !== undefined) this.#failures.push(result.error.code);
    if (json) screen.result(jsonLine(result));
    const where = displayPath(result.path);
    if (result.error !== undefined) {
      const [what = '', ...more] = explain(result.error);
      screen.warn(`failed ${where}: ${what}`);
      for (const line of more) screen.warn(`  ${line}`);
    } else if (!json && result.state === 'changed')
      screen.report(`${deeds[this.#work]} ${where}${this.#keys(result)}`);
    for (const note of result.notes ?? []) screen.say(`  note on ${where}: ${noteText(note)}`);
  }

  #keys({ added = [], removed = [] }: AccessResult): string {
    const parts = [
      ...added.map((key) => `+ ${this.#titleOf(key)}`),
      ...removed.map((key) => `- ${this.#titleOf(key)}`),
    ];
    return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  }

  #live(): void {
    const { screen } = this.#session;
    const now = performance.now();
    if (!screen.live || now - this.#shownAt < LIVE_MS) return;
    this.#shownAt = now;
    const total = Math.max(this.#ahead, this.#over);
    const parts = [`${this.#over} of ${total}`];
    if (this.#failures.length > 0) parts.push(`${this.#failures.length} failed`);
    const { ahead, done } = this.#bytes;
    if (ahead > 0) parts.push(`${formatSize(Math.min(done, ahead))} of ${formatSize(ahead)}`);
    const share = ahead > 0 ? done / ahead : this.#over / total;
    if (share < 1 && (this.#over >= LEAST || done > LEAST_BYTES)) {
      parts.push(formatTimeLeft((((now - this.#started) / 1000) * (1 - share)) / share));
    }
    screen.show(parts.join(' · '));
  }
}
