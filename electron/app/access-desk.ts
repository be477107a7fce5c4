/** @file The window's changes of who can open: one at a time, looked at, planned, done, proved and reported. */
import { randomUUID } from 'node:crypto';
import type { AccessLeft, AccessState, AccessView, AccessWanted } from '../../shared/access-view.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { AccessResult } from '../../shared/rewrap.ts';
import type { Engine } from '../envelope/engine.ts';
import { givenPaths } from '../rewrap/envelopes.ts';
import { planRewrap } from '../rewrap/plan.ts';
import { recordFile, removeRecord, RunRecord } from '../rewrap/record.ts';
import { donePaths, forgetOldRecords, isUnfinished, listRecords, summarise } from '../rewrap/records.ts';
import { reportJson } from '../rewrap/report.ts';
import { planWork } from '../rewrap/work.ts';
import { writeText } from '../rewrap/write-report.ts';
import { type Change, chosenOf, keysOf, namesFor, placesOf } from './access-change.ts';
import { proveRecord, runRecord, wantedOf } from './access-run.ts';
import { AccessStages } from './access-stages.ts';
import type { Home } from './home.ts';

const usage = (message: string): EnvelopeError => new EnvelopeError('usage', message);

export class AccessDesk implements AsyncDisposable {
  readonly #home: Home;
  readonly #engine: Engine;
  readonly #stages: AccessStages;

  constructor(home: Home, engine: Engine, onChange: (view: AccessView | undefined) => void) {
    this.#home = home;
    this.#engine = engine;
    this.#stages = new AccessStages(home, onChange);
  }

  get view(): AccessView | undefined {
    return this.#stages.change?.view();
  }

  get busy(): boolean {
    return this.#stages.busy;
  }

  /** Called when another question is open, or another work waits for one. */
  questionsChanged(): void {
    this.#stages.questionsChanged();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stages[Symbol.asyncDispose]();
  }

  /** Looks what stands in the envelopes of `paths`; none: of those of the change before. @throws EnvelopeError `usage` */
  async look(paths: readonly string[]): Promise<void> {
    const given = paths.length === 0 ? this.#stages.change?.paths : await givenPaths(paths);
    if (given === undefined) throw usage('nothing was chosen');
    const change = await this.#stages.begin(given);
    const { keyring } = this.#home;
    const nothing = { add: [], remove: [], replace: [] };
    this.#stages.do(change, 'looking', 'ended', async (signal) => {
      const plan = await planRewrap(keyring, given, nothing, {
        signal,
        onCount: this.#stages.counting(change),
      });
      const { envelopes, keys, moreKeys, unreadable, impossible } = plan;
      change.found = { envelopes, keys, moreKeys, unreadable, impossible };
      return 'choosing';
    });
  }

  /** Plans. @throws EnvelopeError `usage`; those of the keys that are chosen, as `resolveChoice` */
  async plan(wanted: AccessWanted): Promise<void> {
    const change = this.#stages.need('choosing', 'planned');
    await this.#stages.prepare(change);
    const resolved = await wantedOf(wanted, { keyring: this.#home.keyring, paths: change.paths });
    if (change !== this.#stages.need('choosing', 'planned')) throw usage('another change has begun');
    change.wanted = resolved;
    this.#stages.do(change, 'planning', 'choosing', async (signal) => {
      const options = { signal, onCount: this.#stages.counting(change) };
      change.plan = await planWork(this.#engine, resolved, options);
      return 'planned';
    });
  }

  /** Does what was planned. @throws EnvelopeError `usage`; those of the disk where the record is kept */
  async start(): Promise<void> {
    const { wanted } = this.#stages.need('planned');
    const { recordsFolder } = this.#home.places;
    await forgetOldRecords(recordsFolder);
    const change = this.#stages.need('planned');
    if (wanted === undefined || wanted !== change.wanted) throw usage('it was planned anew');
    // From here on it cannot be begun twice.
    change.stage = 'running';
    try {
      await this.#stages.prepare(change);
      const head = { version: 1 as const, id: randomUUID(), started: new Date().toISOString(), ...wanted };
      this.#run(change, await RunRecord.create(recordsFolder, head));
    } catch (error) {
      change.stage = 'planned';
      throw error;
    }
  }

  pause(paused: boolean): void {
    const { gate } = this.#stages.need('running').progress;
    if (paused) gate.close();
    else gate.open();
    this.#stages.tell();
  }

  /** Stops what runs; of a plan, goes back to choosing; else puts the change away. */
  async cancel(): Promise<void> {
    const change = this.#stages.change;
    if (change === undefined) return;
    if (change.stage === 'planned') change.stage = 'choosing';
    else if (change.stage === 'choosing' || change.stage === 'ended') await this.#stages.forget();
    else change.abort.abort();
    this.#stages.tell();
  }

  /** What earlier runs have left undone. Errors of the disk, coded. */
  async left(): Promise<AccessLeft[]> {
    const names = await this.#home.names();
    const all = await listRecords(this.#home.places.recordsFolder);
    return all.filter(isUnfinished).map(({ head, changed, failed, complete }) => {
      const chosen = chosenOf(head.choice);
      return {
        run: head.id,
        work: head.work,
        started: head.started,
        places: placesOf(head.paths),
        chosen,
        names: namesFor(keysOf(chosen), names),
        changed,
        failed,
        interrupted: !complete,
      };
    });
  }

  /** Does the rest of a run. @throws EnvelopeError `usage` if there is none, or somebody is at it; those of the disk */
  async resume(run: string): Promise<void> {
    const file = recordFile(this.#home.places.recordsFolder, run);
    const summary = await summarise(file);
    if (summary === undefined) throw usage('there is no such run');
    const { head } = summary;
    const record = await RunRecord.reopen(file, head);
    try {
      const done = await donePaths(file);
      const change = await this.#stages.begin(head.paths);
      change.wanted = head;
      this.#run(change, record, done);
    } catch (error) {
      await record[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** @throws EnvelopeError `usage` if somebody is at it */
  async forget(run: string): Promise<void> {
    await removeRecord(recordFile(this.#home.places.recordsFolder, run));
    if (this.#stages.change?.outcome?.run === run) await this.#stages.forget();
    this.#stages.tell();
  }

  /** Goes through the envelopes again, and asks the KMS as well. Errors as {@link resume}. */
  async proveAgain(): Promise<void> {
    const change = this.#stages.need('ended');
    const file = this.#recordOf(change);
    const { wanted } = change;
    const head = (await summarise(file))?.head;
    if (wanted === undefined || head === undefined) throw usage('the run is forgotten');
    await this.#stages.prepare(change);
    const record = await RunRecord.reopen(file, head);
    this.#stages.do(change, 'proving', 'ended', async (signal) => {
      await using open = record;
      await this.#prove(change, open, signal, true);
      await this.#conclude(change, file);
      return 'ended';
    });
  }

  /** @throws EnvelopeError `usage` while there is no result; `io-failed` */
  async files(state: AccessState, from: number, count: number): Promise<AccessResult[]> {
    const { results } = this.#stages.need('ended');
    return (await results?.files(state, from, count)) ?? [];
  }

  /** Path of a result. @throws EnvelopeError `usage` if there is none */
  async pathOf(state: AccessState, index: number): Promise<string> {
    const [file] = await this.files(state, index, 1);
    if (file === undefined) throw usage('no such file');
    return file.path;
  }

  /** Writes the report to `target`, which the user chose and may be replaced. `text`: in words; else as JSON. */
  async save(target: string, text: string | undefined): Promise<void> {
    const record = this.#recordOf(this.#stages.need('ended'));
    await writeText(target, text === undefined ? reportJson(record) : [text], { replace: true });
  }

  #run(change: Change, record: RunRecord, done?: ReadonlySet<string>): void {
    const { home, engine } = { home: this.#home, engine: this.#engine };
    const { gate } = change.progress;
    const onEvent = (event: Parameters<Change['progress']['take']>[0]): void => {
      change.progress.take(event);
      this.#stages.tellSoon();
    };
    this.#stages.do(change, 'running', 'ended', async (signal) => {
      try {
        await using open = record;
        const result = await runRecord(open, { home, engine, signal, gate, onEvent, done });
        change.error = result.stopped;
        if (!result.cancelled) await this.#prove(change, open, signal, false);
      } finally {
        await this.#conclude(change, record.file);
      }
      return 'ended';
    });
  }

  async #prove(change: Change, record: RunRecord, signal: AbortSignal, askKms: boolean): Promise<void> {
    change.stage = 'proving';
    change.seen = 0;
    this.#stages.tell();
    await proveRecord(
      record,
      { home: this.#home, signal },
      { askKms, onCount: this.#stages.counting(change) },
    );
  }

  async #conclude(change: Change, file: string): Promise<void> {
    change.nameOf = await this.#home.names();
    await change.conclude(file, this.#home.places.desktopFolder);
  }

  #recordOf({ outcome }: Change): string {
    if (outcome === undefined) throw usage('there is no result');
    return recordFile(this.#home.places.recordsFolder, outcome.run);
  }
}
