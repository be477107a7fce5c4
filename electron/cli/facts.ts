import type { ErrorDetails } from '../../shared/errors.ts';
import { printable } from './escape.ts';
import { formatSize } from './format.ts';
import type { Ways } from './ways.ts';

/** The details of an error as parts of sentences. Every part has words for a detail that is not there. */
export class Facts {
  readonly #details: ErrorDetails;

  constructor(details: ErrorDetails) {
    this.#details = details;
  }

  /** A detail as it is, printable, or undefined. */
  text(member: string): string | undefined {
    const value = this.#details[member];
    if (typeof value === 'string' && value !== '') return printable(value);
    return typeof value === 'number' ? String(value) : undefined;
  }

  /** A detail in quotation marks, or `otherwise`. */
  quoted(member: string, otherwise: string): string {
    const text = this.text(member);
    return text === undefined ? otherwise : `“${text}”`;
  }

  /** `words` with the detail in place of its `%`, or nothing. */
  if(member: string, words: string): string {
    const text = this.text(member);
    return text === undefined ? '' : words.replace('%', () => text);
  }

  /** A number of bytes as people say it, or `otherwise`. */
  size(member: string, otherwise: string): string {
    const value = this.#details[member];
    return typeof value === 'number' && Number.isFinite(value) ? formatSize(value) : otherwise;
  }

  /** Whether there is such a detail, whatever it is. */
  has(member: string): boolean {
    return this.#details[member] !== undefined && this.#details[member] !== null;
  }

  /** Whether a detail is `true`. */
  is(member: string): boolean {
    return this.#details[member] === true;
  }

  number(member: string): number | undefined {
    const value = this.#details[member];
    return typeof value === 'number' ? value : undefined;
  }
}

/** What a person reads of an error: what happened and why, and what to do next. */
export type Sentence = { what: string; next: string };

/** `ways`: what mends it, of the one table; whoever has one names it. */
export type SentenceOf = (facts: Facts, ways: Ways) => Sentence;
