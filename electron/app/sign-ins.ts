/** @file Signing in from the window: one sign-in a connection at a time, told to the page as it goes. */
import { isEnvelopeError } from '../../shared/errors.ts';
import { DRAFT, type SignIn } from '../../shared/sign-in.ts';
import type { AwsConnection } from '../keys/aws/connection.ts';
import type { Connections } from './connections.ts';

export type SignInsParts = {
  connections: Pick<Connections, 'all' | 'named' | 'reset'>;
  /** Opens a page of AWS in the system's browser. */
  openPage: (url: string) => Promise<void>;
  /** How a connection stands now. */
  tell: (connection: string, signIn: SignIn) => void;
  /** The sessions of these connections are there again. */
  onSignedIn: (connections: readonly string[]) => void;
};

type Running = { abort: AbortController; now: SignIn; url?: string };

export class SignIns implements Disposable {
  readonly #parts: SignInsParts;
  readonly #running = new Map<string, Running>();
  /** How the last one of a connection failed, until there is another. */
  readonly #failed = new Map<string, SignIn>();

  constructor(parts: SignInsParts) {
    this.#parts = parts;
  }

  /** @throws EnvelopeError `usage` for a connection that is not there */
  async stateOf(name: string): Promise<SignIn> {
    const known = this.#running.get(name)?.now ?? this.#failed.get(name);
    return known ?? (await standing(await this.#parts.connections.named(name)));
  }

  /** Signs in for a connection of the settings, unless that is under way. It fails as a state, not as an error. */
  async signIn(name: string): Promise<void> {
    await this.#begin(name, await this.#parts.connections.named(name));
  }

  /** The same for one that is not in the settings yet, as {@link DRAFT}. */
  async signInDraft(connection: AwsConnection): Promise<void> {
    await this.#begin(DRAFT, connection);
  }

  /** Nothing if none is under way. */
  cancel(name: string): void {
    this.#running.get(name)?.abort.abort();
  }

  /** Opens the page once more: the tab may have been closed. Nothing if there is none. */
  async openPage(name: string): Promise<void> {
    const url = this.#running.get(name)?.url;
    if (url !== undefined) await this.#parts.openPage(url);
  }

  [Symbol.dispose](): void {
    for (const { abort } of this.#running.values()) abort.abort();
  }

  async #begin(name: string, connection: AwsConnection): Promise<void> {
    if (this.#running.has(name)) return;
    const running: Running = { abort: new AbortController(), now: { state: 'beginning' } };
    this.#running.set(name, running);
    this.#failed.delete(name);
    this.#parts.tell(name, running.now);
    try {
      await this.#signIn(name, running, connection);
    } catch (error) {
      if (!isEnvelopeError(error)) throw error;
      this.#running.delete(name);
      if (error.code !== 'cancelled') this.#failed.set(name, { state: 'failed', error: error.toRecord() });
      this.#parts.tell(name, this.#failed.get(name) ?? (await standing(connection)));
      return;
    } finally {
      this.#running.delete(name);
    }
    this.#parts.tell(name, await standing(connection));
    await this.#share(name, connection);
  }

  async #signIn(name: string, running: Running, connection: AwsConnection): Promise<void> {
    const { signIn } = await import('../keys/aws/sso/sign-in.ts');
    await signIn(connection, {
      signal: running.abort.signal,
      onCode: async ({ userCode, url, expires }) => {
        running.url = url;
        running.now = { state: 'confirming', userCode, url, until: expires.toISOString() };
        this.#parts.tell(name, running.now);
        // Without a browser the address can still be copied to another computer.
        await this.#parts.openPage(url).catch(() => {});
      },
    });
  }

  /** Everybody whose session is the same one goes on with it. */
  async #share(name: string, connection: AwsConnection): Promise<void> {
    const { sharesSession } = await import('../keys/aws/sso/sign-in.ts');
    const names: string[] = [];
    for (const other of await this.#parts.connections.all()) {
      if (await sharesSession(connection, other)) names.push(other.name);
    }
    for (const other of names) {
      this.#failed.delete(other);
      this.#parts.connections.reset(other);
      if (other !== name) this.#parts.tell(other, await this.stateOf(other));
    }
    this.#parts.onSignedIn(names);
  }
}

async function standing(connection: AwsConnection): Promise<SignIn> {
  const { sessionOf } = await import('../keys/aws/sso/sign-in.ts');
  const session = await sessionOf(connection);
  if (session === undefined) return { state: 'none' };
  const { until, renews } = session;
  const holds = until !== undefined && until.getTime() > Date.now();
  if (until === undefined || (!holds && !renews)) return { state: 'signed-out' };
  return { state: 'signed-in', until: until.toISOString(), renews };
}
