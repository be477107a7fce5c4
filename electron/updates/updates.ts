/** @file Looks for newer versions, loads and installs them, each only when it may. Needs no Electron. */
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { UpdateState, UpdatesOff } from '../../shared/updates.ts';

/** What can really do it (app/updater.ts). */
export type Updater = {
  /** The version that is newer than this one, if there is one. */
  look: () => Promise<string | undefined>;
  /** Loads it and checks it. `onProgress` is told a fraction from 0 to 1. */
  load: (onProgress: (fraction: number) => void) => Promise<void>;
  /** Ends the program, and installs. */
  install: () => void;
};

export type UpdatesOptions = {
  /** Asked once, when it is first needed. */
  updater: () => Promise<Updater | Exclude<UpdatesOff, 'managed'>>;
  /** Whether an administrator has forbidden it, or has written something that cannot be read. */
  isManaged: () => Promise<boolean>;
  /** Whether to look without being asked. */
  looksByItself: () => Promise<boolean>;
  isBusy: () => boolean;
  tell: (state: UpdateState) => void;
  onError: (error: unknown) => void;
  now?: () => Date;
};

const FIRST_LOOK_MS = 60_000;
const EVERY_MS = 24 * 60 * 60 * 1000;

export class Updates implements Disposable {
  readonly #options: UpdatesOptions;
  #state: UpdateState = { kind: 'idle' };
  #updater: Updater | undefined;
  #timer: NodeJS.Timeout | undefined;
  #opened: Promise<void> | undefined;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    this.#next(FIRST_LOOK_MS);
  }

  async state(): Promise<UpdateState> {
    await this.#open();
    return this.#state;
  }

  /** How it goes is told; it does nothing while one is looked for or loaded, and where there is nothing to look at. */
  async look(): Promise<void> {
    await this.#open();
    const updater = this.#updater;
    if (updater === undefined || ['looking', 'loading', 'ready'].includes(this.#state.kind)) return;
    this.#set({ kind: 'looking' });
    await this.#try(async () => {
      const version = await updater.look();
      const looked = (this.#options.now?.() ?? new Date()).toISOString();
      this.#set(version === undefined ? { kind: 'newest', looked } : { kind: 'found', version });
    });
  }

  /** Loads what {@link look} has found; nothing if it has found nothing. */
  async load(): Promise<void> {
    if (this.#state.kind !== 'found' || this.#updater === undefined) return;
    const { version } = this.#state;
    const updater = this.#updater;
    this.#set({ kind: 'loading', version, fraction: 0 });
    await this.#try(async () => {
      await updater.load((fraction) => this.#set({ kind: 'loading', version, fraction }));
      this.#set({ kind: 'ready', version });
    });
  }

  /**
   * Ends the program.
   * @throws EnvelopeError `update-busy` in the middle of work; what was loaded stays ready
   */
  install(): void {
    if (this.#state.kind !== 'ready') return;
    if (this.#options.isBusy()) throw new EnvelopeError('update-busy', 'files are being worked on');
    this.#updater?.install();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  async #open(): Promise<void> {
    await (this.#opened ??= this.#find());
  }

  async #find(): Promise<void> {
    if (await this.#options.isManaged()) {
      this.#state = { kind: 'off', why: 'managed' };
      return;
    }
    const found = await this.#options.updater();
    if (typeof found === 'string') this.#state = { kind: 'off', why: found };
    else this.#updater = found;
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const known = isEnvelopeError(error)
        ? error
        : new EnvelopeError('update-failed', 'the feed could not be read', {}, error);
      this.#options.onError(error);
      this.#set({ kind: 'failed', error: known.toRecord() });
    }
  }

  #set(state: UpdateState): void {
    this.#state = state;
    this.#options.tell(state);
  }

  #next(after: number): void {
    this.#timer = setTimeout(() => {
      this.#next(EVERY_MS);
      this.#lookByItself().catch(this.#options.onError);
    }, after);
    // Nothing waits for it.
    this.#timer.unref();
  }

  async #lookByItself(): Promise<void> {
    if (await this.#options.looksByItself()) await this.look();
  }
}
