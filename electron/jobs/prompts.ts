/** @file Questions that only a person can answer: one at a time, each asked once for all who wait for it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Prompt } from '../../shared/desktop.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import { trustedText } from '../../shared/trust.ts';

type WithoutId<P> = P extends unknown ? Omit<P, 'id'> : never;
export type Question = WithoutId<Prompt>;

/** Work that may have to wait for an answer: the keys it wants, or the connection whose session is over. */
export type Need = {
  batch?: string | undefined;
  keys?: readonly { provider: string; key: string }[];
  connection?: string;
};

type Asked = {
  subject: string;
  prompt: Prompt;
  concerns: (need: Need) => boolean;
  /** Nobody's work was known to wait for it, so it is not withdrawn when such work ends. */
  held: boolean;
  answered: PromiseWithResolvers<string | undefined>;
};

/** What makes two questions the same one. That the last answer was wrong does not. */
function subjectOf(question: Question): string {
  if (question.kind === 'passphrase') return `passphrase ${question.purpose} ${question.keyName}`;
  if (question.kind === 'mfa') return `mfa ${question.serial}`;
  if (question.kind === 'account') return `account ${trustedText(question)}`;
  if (question.kind === 'policy-keys') return `policy ${JSON.stringify([question.policy, question.keys])}`;
  if (question.kind === 'offline') return `offline ${question.key}`;
  return `session ${question.connection}`;
}

export class Prompts {
  readonly #onChange: () => void;
  readonly #needs = new Set<Need>();
  readonly #batch = new AsyncLocalStorage<{ id: string; remembered: Set<string> }>();
  readonly #quiet = new AsyncLocalStorage<true>();
  /** Subjects that were answered with no. */
  readonly #refused = new Set<string>();
  /** The first is shown. */
  #asked: Asked[] = [];

  /** `onChange`: another question is open now, or another work waits for one. */
  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange;
  }

  /** The question that is open now. */
  get open(): Prompt | undefined {
    return this.#asked[0]?.prompt;
  }

  /** The batches that cannot go on without an answer. */
  get waiting(): ReadonlySet<string> {
    const waiting = new Set<string>();
    for (const need of this.#needs) {
      if (need.batch !== undefined && this.#asked.some(({ concerns }) => concerns(need))) {
        waiting.add(need.batch);
      }
    }
    return waiting;
  }

  /** What was agreed to for the batch at work, and no longer; of work in no batch nothing is remembered. */
  get remembered(): Set<string> {
    return this.#batch.getStore()?.remembered ?? new Set();
  }

  /** Everything that `work` does, and begins, is of this batch. */
  async inBatch<T>(batch: string, work: () => Promise<T>): Promise<T> {
    return await this.#batch.run({ id: batch, remembered: new Set() }, work);
  }

  /** Does `work` that nobody is waiting for: what it would ask is answered with no, and asked of nobody. */
  async quietly<T>(work: () => Promise<T>): Promise<T> {
    return await this.#quiet.run(true, work);
  }

  /** Does `work`, which may come to ask. A question that no such work waits for any more is withdrawn. */
  async need<T>(need: Omit<Need, 'batch'>, work: () => Promise<T>): Promise<T> {
    const mine: Need = { ...need, batch: this.#batch.getStore()?.id };
    this.#needs.add(mine);
    if (this.#asked.length > 0) this.#onChange();
    try {
      return await work();
    } finally {
      this.#needs.delete(mine);
      this.#withdraw();
    }
  }

  /**
   * Asks, or joins those who wait for the same. A no holds for all who ask the same until {@link forgive}.
   * @param concerns whether work with that need waits for the answer
   * @returns undefined for a no, and if the question was withdrawn
   * @throws EnvelopeError `cancelled` when `signal` fires; the others go on waiting
   */
  async ask(
    question: Question,
    concerns: (need: Need) => boolean,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const subject = subjectOf(question);
    if (this.#quiet.getStore() === true || this.#refused.has(subject)) return undefined;
    let asked = this.#asked.find((other) => other.subject === subject);
    if (asked === undefined) {
      const held = ![...this.#needs].some(concerns);
      const prompt: Prompt = { ...question, id: randomUUID() };
      asked = { subject, prompt, concerns, held, answered: Promise.withResolvers() };
      this.#asked.push(asked);
      this.#onChange();
    }
    return await unlessAborted(asked.answered.promise, signal);
  }

  /** @throws EnvelopeError `usage` unless that question is open: a late answer must not go to another one */
  answer(id: string, answer: string | undefined): void {
    const [asked, ...others] = this.#asked;
    if (asked?.prompt.id !== id) throw new EnvelopeError('usage', 'this question is not open');
    if (answer === undefined) this.#refused.add(asked.subject);
    this.#asked = others;
    asked.answered.resolve(answer);
    this.#onChange();
  }

  /** Answers for the person who has signed in again, if it is asked whether they have. */
  signedIn(connection: string): void {
    const asked = this.#asked.find(
      ({ prompt }) => prompt.kind === 'session' && prompt.connection === connection,
    );
    if (asked === undefined) return;
    this.#asked = this.#asked.filter((other) => other !== asked);
    asked.answered.resolve('retry');
    this.#onChange();
  }

  /** What was refused may be asked again: the user has begun something new. */
  forgive(): void {
    this.#refused.clear();
  }

  /** Withdraws every question: the program ends. */
  close(): void {
    for (const { answered } of this.#asked) answered.resolve(undefined);
    this.#asked = [];
  }

  #withdraw(): void {
    if (this.#asked.length === 0) return;
    const needs = [...this.#needs];
    const [kept, gone]: [Asked[], Asked[]] = [[], []];
    for (const asked of this.#asked) (asked.held || needs.some(asked.concerns) ? kept : gone).push(asked);
    this.#asked = kept;
    for (const { answered } of gone) answered.resolve(undefined);
    this.#onChange();
  }
}

/** @throws EnvelopeError `cancelled` */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise;
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => {
    aborted.reject(new EnvelopeError('cancelled', 'cancelled while a question was open'));
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
