import type { Operation } from '../../shared/desktop.ts';
import { type RefusedBy, refusalsIn } from '../../shared/denial.ts';
import type { ErrorCode, ErrorRecord } from '../../shared/errors.ts';
import type { Note } from '../../shared/notes.ts';
import type { LeftOut } from '../files/archive-plan.ts';
import type { BatchEvent, BatchResult, Item, Outcome } from '../jobs/job.ts';
import { displayPath } from './display-path.ts';
import { jsonLine } from './escape.ts';
import { explain } from './explain.ts';
import { count, formatDuration, formatSize } from './format.ts';
import { noteText } from './note-text.ts';
import { Progress } from './progress.ts';
import type { Screen } from './screen.ts';

/** What a command does with its files, in words. */
export type Deed<Value> = {
  operation: Operation;
  /** `sealed` */
  done: string;
  /** What became of the item, for people, after its path. */
  line: (value: Value, item: Item) => string;
  /** The same for programs: members of the JSON line. */
  record: (value: Value, item: Item) => object;
  notes?: (value: Value) => readonly Note[];
  leftOut?: (value: Value) => readonly LeftOut[];
  /** How to go on after a cancel, if what is done already can be passed over. */
  goOn?: string | undefined;
  /** How many results come of so many files, if it is not one each. */
  results?: (files: number) => number;
};

const reasons: Record<LeftOut['why'], string> = {
  link: 'a link, which is not sealed',
  special: 'a device, socket or pipe',
  unreadable: 'not readable',
  sealed: 'already sealed',
  policy: 'the policy of its folder, which stays readable',
};

/** Milliseconds between two looks of the progress line. */
const LIVE_MS = 100;

/** Prints a batch as it goes: a line per result, what failed and why, and how far it is. */
export class BatchReport<Value> {
  readonly #screen: Screen;
  readonly #deed: Deed<Value>;
  readonly #json: boolean;
  readonly #progress = new Progress();
  readonly #failures: ErrorCode[] = [];
  readonly #refusals = new Map<string, RefusedBy>();
  readonly #started = performance.now();
  #shownAt = 0;
  #leftOut = 0;
  /** Results that were expected, less those of files that need nothing done. */
  #ahead = 0;
  #cancelled = 0;

  constructor(screen: Screen, deed: Deed<Value>, json: boolean) {
    this.#screen = screen;
    this.#deed = deed;
    this.#json = json;
  }

  /** What AWS refused so far, each key once. */
  get refusals(): readonly RefusedBy[] {
    return [...this.#refusals.values()];
  }

  /** The codes of what failed so far. */
  get failures(): readonly ErrorCode[] {
    return this.#failures;
  }

  readonly onEvent = (event: BatchEvent<Value>): void => {
    switch (event.type) {
      case 'total':
        this.#progress.total(event.files, event.bytes);
        this.#ahead = this.#deed.results?.(event.files) ?? event.files;
        break;
      case 'started':
        this.#progress.file(event.item.index, event.item.path, 0);
        break;
      case 'progress':
        this.#progress.file(event.item.index, event.item.path, event.bytes);
        break;
      case 'ended':
        this.#progress.ended(event.item.index, event.item.size);
        this.#ended(event.item, event.outcome);
        break;
      case 'left-out':
        this.#leave(event.what);
        break;
    }
    this.#live();
  };

  /** Clears the progress line and says how it all ended. `isStopped`: by the program, and not by who started it. */
  finish(result: BatchResult, isStopped = false): void {
    this.#screen.show('');
    const { done, skipped, bytes, cancelled } = result;
    const failed = result.failed - this.#cancelled;
    if (cancelled) this.#cancel(isStopped, done, this.#ahead - done - skipped - failed);
    if (cancelled || done + skipped + failed < 2) return;
    const parts = [`${count(done, 'file')} ${this.#deed.done}`];
    if (skipped > 0) parts.push(`${skipped} skipped`);
    if (failed > 0) parts.push(`${failed} failed`);
    if (this.#leftOut > 0) parts.push(`${this.#leftOut} left out`);
    const seconds = (performance.now() - this.#started) / 1000;
    this.#screen.say(`${parts.join(', ')}; ${formatSize(bytes)} in ${formatDuration(seconds)}.`);
  }

  #cancel(isStopped: boolean, done: number, ahead: number): void {
    // Files that came into a folder meanwhile were not counted ahead.
    const rest = Math.max(ahead, this.#cancelled);
    this.#screen.warn(
      `${isStopped ? 'Stopped' : 'Cancelled'}; ${done} done, ${rest} not done. Nothing unfinished was left under a final name.`,
    );
    if (this.#deed.goOn !== undefined) this.#screen.warn(this.#deed.goOn);
  }

  #ended(item: Item, outcome: Outcome<Value>): void {
    switch (outcome.state) {
      case 'done':
        this.#done(item, outcome.value);
        break;
      case 'skipped':
        if (this.#json) this.#record({ state: 'skipped', path: item.path, name: outcome.name });
        else this.#screen.say(`skipped ${displayPath(item.path)}: the name of its result is taken.`);
        break;
      case 'failed':
        this.#failed(item, outcome.error);
        break;
    }
  }

  #done(item: Item, value: Value): void {
    const { done, line, record, notes, leftOut } = this.#deed;
    if (this.#json) this.#record({ state: 'done', ...record(value, item) });
    else this.#screen.report(`${done} ${displayPath(item.path)}${line(value, item)}`);
    for (const note of notes?.(value) ?? []) {
      const about = note.path === undefined ? '' : ` on ${displayPath(note.path)}`;
      this.#screen.say(`  note${about}: ${noteText(note)}`);
    }
    for (const what of leftOut?.(value) ?? []) this.#leave(what);
  }

  #failed({ path }: Item, error: ErrorRecord): void {
    this.#failures.push(error.code);
    for (const refused of refusalsIn(error))
      this.#refusals.set(`${refused.connection} ${refused.key}`, refused);
    if (this.#json) this.#record({ state: 'failed', path, error });
    if (error.code === 'cancelled') {
      // One event, told once at the end.
      this.#cancelled += 1;
      return;
    }
    const [what = '', ...more] = explain(error, this.#deed.operation);
    this.#screen.warn(`failed ${displayPath(path)}: ${what}`);
    for (const line of more) this.#screen.warn(`  ${line}`);
  }

  #leave({ path, why }: LeftOut): void {
    this.#leftOut += 1;
    if (why === 'sealed') this.#ahead -= 1;
    if (this.#json) this.#record({ state: 'left-out', path, why });
    else this.#screen.say(`left out ${displayPath(path)}: ${reasons[why]}.`);
  }

  #record(record: object): void {
    this.#screen.result(jsonLine(record));
  }

  #live(): void {
    if (!this.#screen.live) return;
    const now = performance.now();
    if (now - this.#shownAt < LIVE_MS) return;
    this.#shownAt = now;
    this.#screen.show(this.#progress.line(now, this.#screen.width));
  }
}
