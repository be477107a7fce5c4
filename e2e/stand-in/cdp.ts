/** @file The Chrome DevTools Protocol over Node's own WebSocket, typed by Playwright's description of it. */
import { EventEmitter, once } from 'node:events';
import type { CDPSession } from '@playwright/test';

/** The protocol's face of one target, or of the browser itself. */
export type Session = Pick<CDPSession, 'on' | 'once' | 'off' | 'send'>;

type Message = {
  id?: number;
  method?: string;
  params?: unknown;
  sessionId?: string;
  result?: unknown;
  error?: { message: string };
};

type Question = { method: string; answer: (result: unknown) => void; fail: (error: Error) => void };

export class Cdp {
  readonly browser: Session;
  readonly #socket: WebSocket;
  readonly #questions = new Map<number, Question>();
  readonly #sessions = new Map<string, EventEmitter>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.browser = this.session('');
    socket.addEventListener('message', (event) => this.#receive(JSON.parse(String(event.data)) as Message));
    socket.addEventListener('close', () => this.#end());
  }

  static async connect(url: string): Promise<Cdp> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    return new Cdp(socket);
  }

  /** The session that `Target.attachToTarget` named. */
  session(id: string): Session {
    const send = async (method: string, params: object = {}): Promise<unknown> =>
      await this.#ask(method, params, id);
    const session = Object.assign(new EventEmitter(), { send });
    this.#sessions.set(id, session);
    return session as unknown as Session;
  }

  async #ask(method: string, params: object, sessionId: string): Promise<unknown> {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#questions.set(id, { method, answer: resolve, fail: reject });
    this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId === '' ? {} : { sessionId }) }));
    return await promise;
  }

  #receive({ id, method, params, sessionId = '', result, error }: Message): void {
    if (id === undefined) {
      this.#sessions.get(sessionId)?.emit(method!, params);
      return;
    }
    const question = this.#questions.get(id);
    this.#questions.delete(id);
    if (error) question?.fail(new Error(`${question.method}: ${error.message}`));
    else question?.answer(result);
  }

  #end(): void {
    for (const { method, fail } of this.#questions.values()) fail(new Error(`${method}: Chromium has ended`));
    this.#questions.clear();
  }
}
