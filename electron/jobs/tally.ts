import type { Batch, BatchState, Operation } from '../../shared/desktop.ts';
import type { ErrorRecord } from '../../shared/errors.ts';
import type { Shown } from './changes.ts';
import type { Item } from './job.ts';
import { Speed } from './speed.ts';

/** How far a batch is. Counts are of all its files, whether the page has a row for them or not. */
export class Tally implements Shown<Batch> {
  readonly #batch: Batch;
  readonly #speed = new Speed();
  /** Bytes of each file under way, by its index. */
  readonly #underWay = new Map<number, number>();
  #listed = { files: 0, bytes: 0 };
  /** Bytes that were worked on; what was skipped is not among them. */
  #worked = 0;
  /** Bytes of the files that were done. */
  #done = 0;

  constructor(id: string, operation: Operation) {
    this.#batch = {
      id,
      operation,
      state: 'running',
      files: 0,
      bytes: 0,
      doneFiles: 0,
      failedFiles: 0,
      skippedFiles: 0,
      doneBytes: 0,
      speed: 0,
      started: new Date().toISOString(),
      leftOut: 0,
    };
  }

  get id(): string {
    return this.#batch.id;
  }

  get state(): BatchState {
    return this.#batch.state;
  }

  set state(state: BatchState) {
    this.#batch.state = state;
  }

  get over(): boolean {
    return this.state === 'ended' || this.state === 'cancelled';
  }

  /** Indexes of the files under way. */
  get running(): Iterable<number> {
    return this.#underWay.keys();
  }

  /** What lies ahead, as far as that was counted beforehand. */
  expect(files: number, bytes: number): void {
    this.#batch.files = files;
    this.#batch.bytes = bytes;
  }

  list(item: Item): void {
    this.#listed.files += 1;
    this.#listed.bytes += item.size;
  }

  /** There are no more than those that were listed. */
  listedAll(): void {
    this.expect(this.#listed.files, this.#listed.bytes);
  }

  begin(item: Item): void {
    this.#underWay.set(item.index, 0);
    this.#speed.add(this.#worked, performance.now());
  }

  progress(item: Item, bytes: number): void {
    const done = Math.min(bytes, item.size);
    this.#advance(done - (this.#underWay.get(item.index) ?? 0));
    this.#underWay.set(item.index, done);
  }

  /**
   * What is over counts as done for the progress, whatever came of it: nobody waits for it any more.
   * @param size of what was done, which may be other than was expected: of a body, that of what is in it
   */
  end(item: Item, how: 'done' | 'skipped' | 'failed' | 'cancelled', size = item.size): void {
    const left = size - (this.#underWay.get(item.index) ?? 0);
    this.#underWay.delete(item.index);
    this.#batch.bytes += size - item.size;
    if (how === 'done') {
      this.#done += size;
      this.#advance(left);
    } else this.#batch.doneBytes += left;
    if (how !== 'cancelled') this.#batch[`${how}Files`] += 1;
  }

  /** A file that is over goes to another batch. @returns how many are left */
  take(item: Item, how: 'failed' | 'cancelled'): number {
    this.#batch.files -= 1;
    this.#batch.bytes -= item.size;
    if (!this.over) this.#batch.doneBytes -= item.size;
    if (how === 'failed') this.#batch.failedFiles -= 1;
    return this.#batch.files;
  }

  leaveOut(members: number): void {
    this.#batch.leftOut += members;
  }

  /** From now on only what was really done counts as that. */
  close(state: 'ended' | 'cancelled', error: ErrorRecord | undefined): void {
    this.#batch.state = state;
    this.#batch.doneBytes = this.#done;
    this.#batch.ended = new Date().toISOString();
    if (error !== undefined) this.#batch.error = error;
  }

  /** As the page sees it. */
  show(now: number): Batch {
    return { ...this.#batch, speed: this.over ? 0 : this.#speed.at(now) };
  }

  #advance(bytes: number): void {
    this.#batch.doneBytes += bytes;
    this.#worked += bytes;
    this.#speed.add(this.#worked, performance.now());
  }
}
