/** @file What the taskbar or dock shows of the work, and what is said when long work ends or waits out of sight. No Electron. */
import type { Batch } from '../../shared/desktop.ts';
import type { Deed, Told } from './told.ts';

/** Milliseconds. Shorter work needs no notification: one has waited for it. */
const LONG = 10_000;

/** A batch, or a change of who can open, as far as the system shows it. */
export type Labour = Omit<Batch, 'operation'> & { operation: Deed };
export type LabourChange = { batches: readonly Labour[]; gone: readonly string[] };

export type TaskbarOptions = {
  /** From 0 to 1; undefined when nothing is at work. */
  showProgress: (fraction: number | undefined) => void;
  isInSight: () => boolean;
  notify: (told: Told) => void;
};

export class Taskbar {
  readonly #options: TaskbarOptions;
  readonly #atWork = new Map<string, Labour>();

  constructor(options: TaskbarOptions) {
    this.#options = options;
  }

  /** Takes in what has changed. */
  readonly onJobs = ({ batches, gone }: LabourChange): void => {
    for (const id of gone) this.#atWork.delete(id);
    for (const batch of batches) {
      if (batch.state === 'running' || batch.state === 'waiting') {
        const before = this.#atWork.get(batch.id)?.state;
        this.#atWork.set(batch.id, batch);
        if (batch.state === 'waiting' && before !== 'waiting') this.#tellItWaits(batch);
      } else if (this.#atWork.delete(batch.id)) this.#tellIfLong(batch);
    }
    this.#options.showProgress(fractionOf([...this.#atWork.values()]));
  };

  /** Whoever is elsewhere would find it where it stopped. */
  #tellItWaits({ operation }: Labour): void {
    if (!this.#options.isInSight()) this.#options.notify({ kind: 'waits', operation });
  }

  #tellIfLong(batch: Labour): void {
    const { operation, started, ended, state, error, doneFiles: done, failedFiles: failed } = batch;
    // Who cancels a batch knows that it ended.
    if (state !== 'ended' || ended === undefined || this.#options.isInSight()) return;
    if (Date.parse(ended) - Date.parse(started) <= LONG) return;
    this.#options.notify({ kind: 'ended', operation, done, failed, broken: error !== undefined });
  }
}

/** By bytes; while only empty files are known, by files. */
function fractionOf(batches: readonly Labour[]): number | undefined {
  if (batches.length === 0) return undefined;
  const sum = (of: (batch: Labour) => number): number => batches.reduce((all, batch) => all + of(batch), 0);
  const [done, all] = [sum((batch) => batch.doneBytes), sum((batch) => batch.bytes)];
  if (all > 0) return Math.min(1, done / all);
  const files = sum((batch) => batch.files);
  return files === 0 ? 0 : Math.min(1, sum((batch) => batch.doneFiles) / files);
}
