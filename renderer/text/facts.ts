import type { ErrorDetails } from '../../shared/errors.ts';
import type { Format } from './format.ts';
import { printable } from './printable.ts';

/** Details that are paths. */
const paths: ReadonlySet<string> = new Set(['path', 'body', 'expected']);

/** The details of an error as parts of sentences. Every part has words for a detail that is not there. */
export class Facts {
  readonly #details: ErrorDetails;
  readonly #format: Format;

  constructor(details: ErrorDetails, format: Format) {
    this.#details = details;
    this.#format = format;
  }

  /** A detail as it is, printable, or undefined. */
  text(member: string): string | undefined {
    const value = this.#details[member];
    if (typeof value === 'string' && value !== '') return printable(value);
    return typeof value === 'number' && Number.isFinite(value) ? this.#format.number(value) : undefined;
  }

  /** A detail in quotation marks, or `otherwise`. A path is shortened to its name: the row says where. */
  quoted(member: string, otherwise: string): string {
    const text = this.text(member);
    if (text === undefined) return otherwise;
    return `“${paths.has(member) ? (text.split(/[/\\]/).findLast((part) => part !== '') ?? text) : text}”`;
  }

  /** `words` with the detail in place of its `%`, or nothing. */
  if(member: string, words: string): string {
    const text = this.text(member);
    return text === undefined ? '' : words.replace('%', () => text);
  }

  /** `words` with the time in place of its `%`, or nothing. */
  ifTime(member: string, words: string): string {
    const text = this.text(member);
    return text === undefined ? '' : words.replace('%', () => this.#format.time(text));
  }

  /** A number of bytes as people say it, or undefined. */
  size(member: string): string | undefined {
    const value = this.number(member);
    return value === undefined ? undefined : this.#format.size(value);
  }

  /** Whether a detail is `true`. */
  is(member: string): boolean {
    return this.#details[member] === true;
  }

  /** Whether there is such a detail, whatever it is. */
  has(member: string): boolean {
    return this.#details[member] !== undefined && this.#details[member] !== null;
  }

  number(member: string): number | undefined {
    const value = this.#details[member];
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  }
}

/** What a person reads of an error: what happened and why, and what to do next. */
export type Sentence = { what: string; next: string };

export type SentenceOf = (facts: Facts) => Sentence;
