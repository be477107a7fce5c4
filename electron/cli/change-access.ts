/** @file What `rewrap` and `reseal` have in common: plan, question, run, proof, report; and the rest of an earlier run. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import type { AccessWork, RewrapPlan } from '../../shared/rewrap.ts';
import { exists } from '../files/atomic.ts';
import { overSession } from '../jobs/sessions.ts';
import { goneKeys } from '../rewrap/choice.ts';
import { removedKeys } from '../rewrap/removed-keys.ts';
import type { PlannedFile } from '../rewrap/plan.ts';
import { prove } from '../rewrap/proof.ts';
import { RunRecord, removeRecord } from '../rewrap/record.ts';
import type { RecordHead } from '../rewrap/record-line.ts';
import {
  donePaths,
  forgetOldRecords,
  isUnfinished,
  listRecords,
  type RecordSummary,
} from '../rewrap/records.ts';
import { planWork, runWork, type Wanted } from '../rewrap/work.ts';
import { writeReport } from '../rewrap/write-report.ts';
import { reportWordsEn } from '../rewrap/words-en.ts';
import { sayAddedKeys } from './added-keys.ts';
import { accountApproval } from './approve-account.ts';
import { planLines, plannedLine, plannedRecord } from './change-plan.ts';
import { ChangeReport } from './change-report.ts';
import { displayPath } from './display-path.ts';
import type { CliEngine } from './engine.ts';
import { printable } from './escape.ts';
import { exitCodeOfAll, FAILED } from './exit-code.ts';
import { explain } from './explain.ts';
import { count } from './format.ts';
import { readKeyNames } from './key-names.ts';
import { noteText } from './note-text.ts';
import { keyTitle } from './key-title.ts';
import { signInAgain } from './sign-in.ts';
import type { Session } from './session.ts';
import { waitForLocalDisks } from './wait-for-disks.ts';
import type { Trusted } from '../../shared/trust.ts';

export type ChangeOptions = {
  dryRun?: boolean;
  yes?: boolean;
  report?: string;
  askKms?: boolean;
  trustAccount?: Trusted[];
};

const words = reportWordsEn({ explain, note: noteText, printable });

const usage = (reason: string): EnvelopeError =>
  new EnvelopeError('usage', 'the command cannot do that', { reason });

/** One run of the command. */
export class AccessChange {
  readonly #session: Session;
  readonly #cli: CliEngine;
  readonly #options: ChangeOptions;
  #names: (key: string) => string | undefined = () => undefined;

  private constructor(session: Session, cli: CliEngine, options: ChangeOptions) {
    this.#session = session;
    this.#cli = cli;
    this.#options = options;
  }

  /** @throws EnvelopeError `name-taken` if there is a file in the place of the report */
  static async open(session: Session, cli: CliEngine, options: ChangeOptions): Promise<AccessChange> {
    const change = new AccessChange(session, cli, options);
    change.#names = await readKeyNames(cli.home.settings, cli.home.local);
    const { report } = options;
    if (report !== undefined && (await exists(report))) {
      throw usage(`The file “${printable(report)}” is there already; the report would replace it.`);
    }
    return change;
  }

  /** Plans, asks, and does it. @returns the exit code */
  async begin(wanted: Wanted): Promise<number> {
    const { dryRun, yes, report } = this.#options;
    const plan = await this.#plan(wanted);
    const failures = plan.impossible.map(({ code }) => code);
    if (dryRun === true) return exitCodeOfAll(failures);
    if (plan.changing === 0) {
      if (failures.length === 0) this.#session.screen.say('There is nothing to do.');
      return exitCodeOfAll(failures);
    }
    await this.#confirm(plan, yes === true);
    const { recordsFolder } = this.#cli.home.places;
    await forgetOldRecords(recordsFolder);
    const head: RecordHead = {
      version: 1,
      id: randomUUID(),
      started: new Date().toISOString(),
      ...wanted,
      ...(report === undefined ? {} : { reportTo: path.resolve(report) }),
    };
    await using record = await RunRecord.create(recordsFolder, head);
    return await this.#run(record);
  }

  /** Does what an earlier run has left. @returns the exit code */
  async resume(work: AccessWork): Promise<number> {
    const [last, ...others] = await this.#unfinished(work);
    if (last === undefined) {
      this.#session.screen.say('Nothing was left undone.');
      return 0;
    }
    const { head, changed, failed } = last;
    this.#session.screen.say(
      `Going on with what was begun ${head.started}: ${changed} done, ${failed} failed so far.`,
    );
    if (others.length > 0)
      this.#session.screen.say(`${count(others.length, 'other run')} can be resumed after it.`);
    await using record = await RunRecord.reopen(last.file, head);
    return await this.#run(record, await donePaths(last.file));
  }

  /** Forgets what earlier runs have left undone; what they did stays done. @returns the exit code */
  async forget(work: AccessWork): Promise<number> {
    const left = await this.#unfinished(work);
    for (const { file } of left) await removeRecord(file);
    this.#session.screen.say(
      left.length === 0 ? 'Nothing was left undone.' : `${count(left.length, 'run')} forgotten.`,
    );
    return 0;
  }

  async #unfinished(work: AccessWork): Promise<RecordSummary[]> {
    const all = await listRecords(this.#cli.home.places.recordsFolder);
    return all.filter((one) => one.head.work === work && isUnfinished(one));
  }

  async #plan(wanted: Wanted): Promise<RewrapPlan> {
    const { dryRun, yes } = this.#options;
    const { json, screen } = this.#session;
    if (wanted.work === 'reseal') await sayAddedKeys(this.#session, this.#cli.home);
    const onFile = (file: PlannedFile): void => {
      if (file.how === 'nothing' && !json) return;
      this.#session.result(
        plannedLine(file, (key) => this.#title(key)),
        plannedRecord(file),
      );
    };
    const plan = await planWork(this.#cli.engine, wanted, {
      signal: this.#session.signal,
      ...(dryRun === true ? { onFile } : {}),
      onCount: (envelopes) => screen.show(`looking: ${count(envelopes, 'envelope')}`),
    });
    screen.show('');
    const gone = goneKeys(wanted.choice);
    const lines = planLines(plan, wanted.work === 'reseal' || gone.length > 0);
    if (this.#options.askKms !== true && gone.some((key) => key.startsWith('arn:'))) {
      lines.push(
        'Afterwards the KMS is not asked whether a removed key of it still opens; --ask-kms asks it.',
      );
    }
    if (json) this.#session.result('', { state: 'plan', ...plan });
    else if (dryRun === true) this.#session.result(lines.join('\n'), plan);
    // Whoever is asked must see what about.
    else
      for (const line of lines)
        if (yes === true) screen.say(line);
        else screen.warn(line);
    return plan;
  }

  /** @throws EnvelopeError `usage` without a terminal and without --yes, `cancelled` on a no */
  async #confirm({ changing, work }: RewrapPlan, yes: boolean): Promise<void> {
    if (yes) return;
    const { prompt } = this.#session;
    if (prompt === undefined) {
      throw usage(
        'Nobody is there to be asked: add --yes if this is wanted, or --dry-run to see only the plan.',
      );
    }
    const deed = work === 'rewrap' ? 'Change' : 'Seal again';
    if (await prompt.confirm(`${deed} ${count(changing, 'envelope')}?`)) return;
    throw new EnvelopeError('cancelled', 'the plan was declined');
  }

  async #run(record: RunRecord, done?: ReadonlySet<string>): Promise<number> {
    const { work, paths } = record.head;
    await waitForLocalDisks(this.#cli.home, paths);
    const report = new ChangeReport(this.#session, work, (key) => this.#title(key));
    // Without anybody who signs in, what is left would fail one by one.
    const stop = new AbortController();
    const again = signInAgain(this.#session, this.#cli.home);
    const result = await runWork(this.#cli.engine, record, {
      signal: AbortSignal.any([this.#session.signal, stop.signal]),
      approveAccount: accountApproval(this.#session, this.#options.trustAccount, this.#cli.home.ownRegions),
      onEvent: report.onEvent,
      done,
      again: async (error, file, tries) => {
        if (await again(error, { index: 0, path: file, size: 0 }, tries)) return true;
        if (overSession(error.toRecord()) !== undefined) stop.abort();
        return false;
      },
    });
    report.finish(result);
    const isProved = result.cancelled || (await this.#prove(record, report));
    await this.#writeReport(record);
    const code = exitCodeOfAll(report.failures);
    return code === 0 && (result.cancelled || !isProved) ? FAILED : code;
  }

  /** @returns whether no removed key was found */
  async #prove(record: RunRecord, report: ChangeReport): Promise<boolean> {
    const { work, choice, paths } = record.head;
    const keys = work === 'rewrap' ? goneKeys(choice) : await removedKeys(record.file);
    if (keys.length === 0) return true;
    const { screen } = this.#session;
    const proof = await prove(this.#cli.engine.keyring, paths, keys, {
      signal: this.#session.signal,
      askKms: this.#options.askKms,
      onCount: (envelopes) => screen.show(`checking: ${count(envelopes, 'envelope')}`),
    });
    await record.proof(proof);
    report.prove(proof, words);
    return proof.named.count + proof.opens.count === 0;
  }

  /** Where this run says, else where the run that it goes on with did. */
  async #writeReport({ file, head }: RunRecord): Promise<void> {
    const { screen } = this.#session;
    const report = this.#options.report ?? head.reportTo;
    if (report === undefined) return;
    if (this.#options.report === undefined && (await exists(report))) {
      screen.warn(
        `${displayPath(report)} is as an earlier run left it; --report with another name writes one of the whole.`,
      );
      return;
    }
    await writeReport(file, path.resolve(report), words, (key) => this.#title(key));
    screen.say(`The report is in ${displayPath(report)}.`);
  }

  #title(key: string): string {
    const provider = key.startsWith('arn:') ? 'aws-kms' : key.startsWith('age1') ? 'age' : 'local';
    return keyTitle(provider, key, this.#names(key));
  }
}
