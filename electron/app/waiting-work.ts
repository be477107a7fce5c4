/** @file Files that wait for a KMS key: shown, tried while the program runs, and tried now where the user says so. */
import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { WaitingFile, WaitingView } from '../../shared/waiting.ts';
import type { Engine } from '../envelope/engine.ts';
import { overSession } from '../jobs/sessions.ts';
import { addWaiting, type Tried } from '../waiting/add-waiting.ts';
import type { WaitingNote } from '../waiting/note.ts';
import type { Home } from './home.ts';

/** Milliseconds before the first try, and between those that follow while they are in vain. */
const DELAYS = [5_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000] as const;
/** Milliseconds in which changes of the list become one message. */
const TOGETHER = 200;
/** How often one call tries again because a session was renewed. */
const SESSIONS = 3;

export type WaitingWorkParts = {
  engine: Pick<Engine, 'keyring' | 'journal' | 'copies'>;
  home: Home;
  /** Whether a batch is being worked on: what is in the background waits for it. */
  isBusy: () => boolean;
  tell: (view: WaitingView) => void;
  onTried: (tried: Tried) => Promise<void>;
  onError: (error: unknown) => void;
  /** For tests. */
  delays?: readonly number[];
};

export class WaitingWork implements AsyncDisposable {
  readonly #parts: WaitingWorkParts;
  readonly #abort = new AbortController();
  #tries = 0;
  #timer: NodeJS.Timeout | undefined;
  #telling: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: WaitingWorkParts) {
    this.#parts = parts;
    this.#plan();
  }

  async view(): Promise<WaitingView> {
    const { home } = this.#parts;
    const names = await home.names();
    const files = (await home.waiting.all()).map((note) => fileOf(note, names));
    return { files, trying: this.#running !== undefined };
  }

  /** The list is another one. */
  readonly changed = (): void => {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      void this.#tell().catch(this.#parts.onError);
    }, TOGETHER);
    this.#plan();
  };

  /** What stood in the way may be gone: tries soon. */
  soon(): void {
    this.#tries = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#plan();
  }

  /** Tries now, and may ask for a passphrase, a code or a sign-in. */
  async now(): Promise<void> {
    const { home } = this.#parts;
    await this.#running;
    home.forgiveRefusals();
    await home.connections.all();
    const keys = (await home.waiting.all()).flatMap((note) => [
      ...note.keys,
      ...(note.standIn === undefined ? [] : [{ provider: 'local', key: note.standIn }]),
    ]);
    await this.#run(async () => await home.prompts.need({ keys }, async () => await this.#trySessions(true)));
  }

  /** Those files stay as they are, and wait no longer. */
  async drop(ids: readonly string[]): Promise<void> {
    const { home, onTried } = this.#parts;
    for (const id of ids) {
      const note = await home.waiting.get(id);
      await home.waiting.drop(id);
      if (note !== undefined)
        await onTried({ state: 'added', was: note.envelope, note: { ...note, keys: [] } });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort(new EnvelopeError('cancelled', 'the program ends'));
    clearTimeout(this.#timer);
    clearTimeout(this.#telling);
    await this.#running;
  }

  #plan(): void {
    if (this.#timer !== undefined || this.#abort.signal.aborted) return;
    const delays = this.#parts.delays ?? DELAYS;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        void this.#background().catch(this.#parts.onError);
      },
      delays[Math.min(this.#tries, delays.length - 1)],
    );
    this.#timer.unref();
  }

  /** Asks nobody anything. */
  async #background(): Promise<void> {
    const { home, isBusy } = this.#parts;
    if ((await home.waiting.all()).length === 0) return;
    if (isBusy() || this.#running !== undefined) {
      this.#plan();
      return;
    }
    this.#tries += 1;
    await this.#run(async () => await home.prompts.quietly(async () => await this.#trySessions(false)));
    if ((await home.waiting.all()).length > 0) this.#plan();
  }

  async #run(work: () => Promise<void>): Promise<void> {
    const running = work().catch((error: unknown) => {
      if (!isEnvelopeError(error, 'cancelled')) throw error;
    });
    this.#running = running;
    await this.#tell();
    try {
      await running;
    } finally {
      this.#running = undefined;
      await this.#tell();
    }
  }

  /** A session that is over is renewed, by a person only where one `mayAsk`; then what failed of it is tried again. */
  async #trySessions(mayAsk: boolean): Promise<void> {
    const { home } = this.#parts;
    for (let tries = 1; tries <= SESSIONS; tries += 1) {
      const since = home.sessions.renewals;
      const over = await this.#tryAll();
      if (over === undefined) return;
      const renewed = mayAsk
        ? await home.sessions.again(over, tries, since, this.#abort.signal)
        : tries === 1 && (await this.#renewed(over));
      if (!renewed) return;
    }
  }

  async #renewed(over: EnvelopeError): Promise<boolean> {
    const connection = overSession(over.toRecord())?.connection ?? '';
    return await this.#parts.home.connections.renew(connection).catch((error: unknown) => {
      if (isEnvelopeError(error)) return false;
      throw error;
    });
  }

  /** @returns the first problem that a session which is over has made */
  async #tryAll(): Promise<EnvelopeError | undefined> {
    const { engine, home, onTried } = this.#parts;
    const tried: Tried[] = [];
    await addWaiting(engine, home.waiting, {
      signal: this.#abort.signal,
      onTried: (one) => tried.push(one),
    });
    for (const one of tried) await onTried(one);
    const problems = tried.flatMap(({ state, note }) => (state === 'waits' ? (note.problem ?? []) : []));
    const over = problems.find((problem) => overSession(problem) !== undefined);
    return over === undefined ? undefined : EnvelopeError.fromRecord(over);
  }

  async #tell(): Promise<void> {
    if (!this.#abort.signal.aborted) this.#parts.tell(await this.view());
  }
}

function fileOf(
  { id, envelope, keys, sealed, tried, problem }: WaitingNote,
  nameOf: (key: string) => string,
): WaitingFile {
  return {
    id,
    name: path.basename(envelope),
    place: envelope,
    keys: keys.map(({ key }) => nameOf(key)),
    sealed,
    ...(tried === undefined ? {} : { tried }),
    ...(problem === undefined ? {} : { problem }),
  };
}
