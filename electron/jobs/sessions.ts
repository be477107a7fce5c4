/** @file Sessions that end while files are sealed or opened: one question, then what failed of it is tried again. */
import { type EnvelopeError, type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import { failedAttempts } from '../../shared/attempts.ts';
import type { Prompts } from './prompts.ts';

/** How often one file is tried. */
const MAX_TRIES = 4;

/** Which session is over, and how that was said. */
export type Over = { connection: string; error: ErrorRecord };

/** The session that `record` says is over: signing in, or a secret, may help. */
export function overSession(record: ErrorRecord): Over | undefined {
  for (const error of [record, ...failedAttempts(record).map((attempt) => attempt.error)]) {
    const connection = error.details['connection'];
    if (typeof connection !== 'string') continue;
    if (error.code === 'credentials-expired') return { connection, error };
    // The secret of an access key was kept for the last run only.
    if (error.code === 'credentials-missing' && 'accessKeyId' in error.details) return { connection, error };
  }
  return undefined;
}

/** What is done about the session of a connection, by its name. */
export type SessionKeeper = {
  /** The next call reads the credentials anew. */
  reset: (connection: string) => void;
  /** Whether there are other credentials now, got without a person. */
  renew: (connection: string) => Promise<boolean>;
  /** Whether one signs in for it from here. */
  signsIn: (connection: string) => Promise<boolean>;
};

/** The sessions of all connections, as the queue sees them. */
export class Sessions {
  readonly #prompts: Prompts;
  readonly #keeper: SessionKeeper;
  /** By connection: what is under way, for all who wait for it. */
  readonly #renewing = new Map<string, Promise<boolean>>();
  /** By connection: how often it was renewed. */
  readonly #renewed = new Map<string, number>();
  #total = 0;

  constructor(prompts: Prompts, keeper: SessionKeeper) {
    this.#prompts = prompts;
    this.#keeper = keeper;
  }

  /** How often any session was renewed: taken before a call, it tells {@link again} whether that call came too early. */
  get renewals(): number {
    return this.#total;
  }

  /**
   * Whether a file that failed with `error` is worth another try: if the session was renewed without a person, or once
   * the user has signed in again, for which all that fail so wait together; never after a no, and not for ever.
   * @param since {@link renewals} when it was tried
   */
  async again(error: EnvelopeError, tries: number, since: number, signal: AbortSignal): Promise<boolean> {
    const over = overSession(error.toRecord());
    if (over === undefined || tries >= MAX_TRIES || signal.aborted) return false;
    if ((this.#renewed.get(over.connection) ?? 0) > since) return true;
    if (tries === 1 && (await this.#renew(over.connection))) return true;
    return await this.#askToSignIn(over, signal);
  }

  async #renew(connection: string): Promise<boolean> {
    const renewing = this.#renewing.get(connection) ?? this.#renewNow(connection);
    this.#renewing.set(connection, renewing);
    return await renewing;
  }

  async #renewNow(connection: string): Promise<boolean> {
    try {
      const renewed = await this.#keeper.renew(connection);
      if (renewed) this.#count(connection);
      return renewed;
    } catch (error) {
      if (isEnvelopeError(error)) return false;
      throw error;
    } finally {
      this.#renewing.delete(connection);
    }
  }

  #count(connection: string): void {
    this.#total += 1;
    this.#renewed.set(connection, this.#total);
  }

  async #askToSignIn({ connection, error }: Over, signal: AbortSignal): Promise<boolean> {
    const before = this.#total;
    const signIn = await this.#keeper.signsIn(connection);
    const answer = await this.#prompts
      .need({ connection }, async () => {
        const concerns = (need: { connection?: string }): boolean => need.connection === connection;
        return await this.#prompts.ask({ kind: 'session', connection, signIn, error }, concerns, signal);
      })
      .catch(() => undefined);
    if (answer === undefined) return false;
    // One of all who waited does it for them.
    if ((this.#renewed.get(connection) ?? 0) <= before) {
      this.#count(connection);
      this.#keeper.reset(connection);
    }
    return true;
  }
}
