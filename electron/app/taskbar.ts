/** @file What the taskbar or dock shows of the work, and what is said when long work ended out of sight. No Electron. */
import type { Batch, JobsChange } from '../../shared/desktop.ts';
import type { Ended } from './text.ts';

/** Milliseconds. Shorter work needs no notification: one has waited for it. */
const LONG = 10_000;

export type TaskbarOptions = {
  /** From 0 to 1; undefined when nothing is at work. */
  showProgress: (fraction: number | undefined) => void;
  isInSight: () => boolean;
  notify: (ended: Ended) => void;
};

export class Taskbar {
  readonly #options: TaskbarOptions;
  /** Batches at work. */
  readonly #atWork = new Map<string, Batch>();

  constructor(options: TaskbarOptions) {
    this.#options = options;
  }

  /** Takes in what has changed. */
  readonly onJobs = ({ batches, gone }: JobsChange): void => {
    for (const id of gone) this.#atWork.delete(id);
    for (const batch of batches) {
      if (batch.state === 'running' || batch.state === 'waiting') this.#atWork.set(batch.id, batch);
      else if (this.#atWork.delete(batch.id)) this.#tellIfLong(batch);
    }
    this.#options.showProgress(fractionOf([...this.#atWork.values()]));
  };

  #tellIfLong(batch: Batch): void {
    const { operation, started, ended, state, doneFiles: done, failedFiles: failed } = batch;
    // Who cancels a batch knows that it ended.
    if (state !== 'ended' || ended === undefined || this.#options.isInSight()) return;
    if (Date.parse(ended) - Date.parse(started) > LONG) this.#options.notify({ operation, done, failed });
  }
}

/** By bytes; while only empty files are known, by files. */
function fractionOf(batches: readonly Batch[]): number | undefined {
  if (batches.length === 0) return undefined;
  const sum = (of: (batch: Batch) => number): number => batches.reduce((all, batch) => all + of(batch), 0);
  const [done, all] = [sum((batch) => batch.doneBytes), sum((batch) => batch.bytes)];
  if (all > 0) return Math.min(1, done / all);
  const files = sum((batch) => batch.files);
  return files === 0 ? 0 : Math.min(1, sum((batch) => batch.doneFiles) / files);
}
