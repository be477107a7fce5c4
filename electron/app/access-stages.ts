/** @file The stages of the window's change of who can open: one change, one stage of it at a time. */
import type { AccessStage, AccessView } from '../../shared/access-view.ts';
import { EnvelopeError, type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import { Change } from './access-change.ts';
import type { Home } from './home.ts';

/** Milliseconds between two messages about how far it is. */
const TOGETHER = 100;

const bug: ErrorRecord = { code: 'bug', message: 'the change ended unexpectedly', details: {} };
const isAtWork = (stage: AccessStage | undefined): boolean => stage === 'running' || stage === 'proving';

/** What one stage does. @returns the next one */
export type StageWork = (signal: AbortSignal) => Promise<AccessStage>;

export class AccessStages implements AsyncDisposable {
  readonly #home: Home;
  readonly #onChange: (view: AccessView | undefined) => void;
  #change: Change | undefined;
  #telling: NodeJS.Timeout | undefined;

  constructor(home: Home, onChange: (view: AccessView | undefined) => void) {
    this.#home = home;
    this.#onChange = onChange;
  }

  get change(): Change | undefined {
    return this.#change;
  }

  /** Whether envelopes are being changed, or what was changed is proved. */
  get busy(): boolean {
    return isAtWork(this.#change?.stage);
  }

  /** A new change in the place of the one before. @throws EnvelopeError `usage` while that is at work */
  async begin(paths: readonly string[]): Promise<Change> {
    if (this.busy) throw new EnvelopeError('usage', 'another change is at work');
    await this.forget();
    const change = new Change(paths);
    this.#change = change;
    try {
      await this.prepare(change);
    } catch (error) {
      this.#change = undefined;
      this.tell();
      throw error;
    }
    return change;
  }

  /** Settings, connections and names as they are now, for something new that may ask. */
  async prepare(change: Change): Promise<void> {
    await this.#home.connections.all();
    this.#home.forgiveRefusals();
    change.nameOf = await this.#home.names();
  }

  /** @throws EnvelopeError `usage` unless there is a change at one of `stages` */
  need(...stages: AccessStage[]): Change {
    const change = this.#change;
    if (change !== undefined && stages.includes(change.stage)) return change;
    throw new EnvelopeError('usage', `nothing is ${stages.join(' or ')}`);
  }

  /** Begins a stage. @param otherwise where it leads if it fails or is cancelled; a cancelled look is put away */
  do(change: Change, stage: AccessStage, otherwise: AccessStage, work: StageWork): void {
    change.stage = stage;
    change.seen = 0;
    change.error = undefined;
    change.abort = new AbortController();
    this.tell();
    change.over = this.#home.prompts.inBatch(change.id, async () => {
      try {
        change.stage = await work(change.abort.signal);
      } catch (error) {
        change.stage = otherwise;
        const isCancelled = isEnvelopeError(error, 'cancelled');
        if (isCancelled && stage === 'looking' && this.#change === change) this.#change = undefined;
        if (!isCancelled) change.error = isEnvelopeError(error) ? error.toRecord() : bug;
        if (!isEnvelopeError(error)) throw error;
      } finally {
        this.tell();
      }
    });
  }

  /** Puts the change away; what runs is stopped first. */
  async forget(): Promise<void> {
    const change = this.#change;
    if (change === undefined) return;
    change.abort.abort();
    await change.over;
    change.results?.[Symbol.dispose]();
    if (this.#change === change) this.#change = undefined;
  }

  counting(change: Change): (envelopes: number) => void {
    return (envelopes) => {
      change.seen = envelopes;
      this.tellSoon();
    };
  }

  /** Called when another question is open, or another work waits for one. */
  questionsChanged(): void {
    const change = this.#change;
    if (change === undefined || !isAtWork(change.stage)) return;
    const waits = this.#home.prompts.waiting.has(change.id);
    if (waits === change.progress.waits) return;
    change.progress.waits = waits;
    this.tell();
  }

  tell(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#onChange(this.#change?.view());
  }

  tellSoon(): void {
    this.#telling ??= setTimeout(() => {
      this.tell();
    }, TOGETHER);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.forget();
    clearTimeout(this.#telling);
  }
}
