/** @file One change of who can open, as the window has it, and what the page sees of it. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import {
  type AccessChosen,
  type AccessFound,
  type AccessOutcome,
  type AccessProgress,
  type AccessStage,
  type AccessState,
  accessStates,
  type AccessView,
} from '../../shared/access-view.ts';
import type { ErrorRecord } from '../../shared/errors.ts';
import type { AccessProof, AccessResult, AccessWork, RewrapPlan } from '../../shared/rewrap.ts';
import { Spool } from '../health/spool.ts';
import type { NameOf } from '../jobs/deed.ts';
import { Speed } from '../jobs/speed.ts';
import { parseKeyArn } from '../keys/aws/key-arn.ts';
import type { Choice } from '../rewrap/choice.ts';
import { Gate } from '../rewrap/gate.ts';
import { resultsOf, summaryOf } from '../rewrap/report.ts';
import type { RunEvent } from '../rewrap/run.ts';
import type { Wanted } from '../rewrap/work.ts';

/** What a speed is told of in: envelopes are few a second, and a speed is a whole number. */
const PARTS = 1_000;
/** Keys of results whose names are told; others are told by themselves. */
const KEYS_TOLD = 200;

/** How far a run is. */
export class RunProgress {
  readonly gate = new Gate();
  readonly #counts = { changed: 0, already: 0, failed: 0 };
  readonly #speed = new Speed();
  #envelopes = 0;
  #bytes = 0;
  #doneBytes = 0;
  waits = false;

  take(event: RunEvent): void {
    if (event.type === 'total') {
      this.#envelopes = event.envelopes;
      this.#bytes = event.bytes;
    } else if (event.type === 'progress') this.#doneBytes = event.bytes;
    else this.#counts[event.result.state] += 1;
    this.#speed.add(this.#done, performance.now());
  }

  view(): AccessProgress {
    const { changed, already, failed } = this.#counts;
    const envelopes = Math.max(this.#envelopes, changed + already + failed);
    const all = this.#bytes > 0 ? this.#bytes : envelopes * PARTS;
    const speed = this.#speed.at(performance.now());
    const state = this.gate.closed ? 'paused' : this.waits ? 'waiting' : 'running';
    return {
      state,
      envelopes,
      ...this.#counts,
      bytes: this.#bytes,
      doneBytes: Math.min(this.#doneBytes, this.#bytes),
      ...(speed > 0 && state === 'running' ? { secondsLeft: Math.max(0, all - this.#done) / speed } : {}),
    };
  }

  get #done(): number {
    const { changed, already, failed } = this.#counts;
    return this.#bytes > 0 ? this.#doneBytes : (changed + already + failed) * PARTS;
  }
}

/** `error`: why the last stage did not come to its end. */
export class Change {
  readonly id = randomUUID();
  readonly paths: readonly string[];
  readonly progress = new RunProgress();
  stage: AccessStage = 'looking';
  abort = new AbortController();
  over: Promise<void> = Promise.resolve();
  nameOf: NameOf = (key) => key;
  seen = 0;
  found: AccessFound | undefined;
  wanted: Wanted | undefined;
  plan: RewrapPlan | undefined;
  outcome: AccessOutcome | undefined;
  results: Spool<AccessResult> | undefined;
  error: ErrorRecord | undefined;
  /** Keys that came or went, by the results. */
  readonly #told = new Set<string>();

  constructor(paths: readonly string[]) {
    this.paths = paths;
  }

  get work(): AccessWork {
    return this.wanted?.work ?? 'rewrap';
  }

  view(): AccessView {
    const { id, stage, work, paths, seen, found, wanted, plan, outcome, error } = this;
    return {
      id,
      stage,
      work,
      places: placesOf(paths),
      seen,
      // Told often; what is not shown then is left out.
      ...(found === undefined || stage === 'running' ? {} : { found }),
      ...(wanted === undefined ? {} : { chosen: chosenOf(wanted.choice) }),
      ...(plan === undefined || stage !== 'planned' ? {} : { plan }),
      ...(stage === 'running' ? { progress: this.progress.view() } : {}),
      ...(outcome === undefined || stage === 'running' ? {} : { outcome }),
      names: this.#names(),
      ...(error === undefined ? {} : { error }),
    };
  }

  /** Reads what became of each envelope from its record. Errors of the disk, coded. @param folder for the list */
  async conclude(file: string, folder: string): Promise<void> {
    const { head, complete, counts, proof, failures } = await summaryOf(file);
    this.results?.[Symbol.dispose]();
    const results = await Spool.open<AccessResult>(folder, { name: 'access' });
    this.results = results;
    this.#told.clear();
    for await (const result of resultsOf(file, failures)) {
      results.add(result, [result.state]);
      for (const key of [...(result.added ?? []), ...(result.removed ?? [])]) {
        if (this.#told.size < KEYS_TOLD) this.#told.add(key);
      }
    }
    const listed = (state: AccessState): number => results.groups.find(({ id }) => id === state)?.listed ?? 0;
    const [failed, changed, already] = accessStates.map(listed);
    this.outcome = {
      run: head.id,
      started: head.started,
      complete,
      counts,
      listed: { failed: failed ?? 0, changed: changed ?? 0, already: already ?? 0 },
      canAskKms: proof !== undefined && couldAskKms(proof),
      ...(proof === undefined ? {} : { proof }),
    };
  }

  #names(): Record<string, string> {
    const found = [...(this.found?.keys ?? []), ...(this.plan?.keys ?? [])].map(({ key }) => key);
    const chosen = this.wanted === undefined ? [] : keysOf(chosenOf(this.wanted.choice));
    return namesFor([...found, ...chosen, ...(this.outcome?.proof?.keys ?? []), ...this.#told], this.nameOf);
  }
}

const couldAskKms = ({ keys, tried, untried }: AccessProof): boolean =>
  untried > 0 && tried.kms === 0 && keys.some((key) => parseKeyArn(key) !== undefined);

export const placesOf = (paths: readonly string[]): string[] =>
  paths.map((given) => path.basename(given) || given);

/** A choice by the names of keys alone. */
export function chosenOf({ add, remove, replace }: Choice): AccessChosen {
  return {
    add: add.map(({ key }) => key),
    remove: [...remove],
    replace: replace.map(({ from, to }) => ({ from, to: to.key })),
  };
}

export const keysOf = ({ add, remove, replace }: AccessChosen): string[] => [
  ...add,
  ...remove,
  ...replace.flatMap(({ from, to }) => [from, to]),
];

/** What this computer calls keys, of those that it has a name for. */
export function namesFor(keys: readonly string[], nameOf: NameOf): Record<string, string> {
  return Object.fromEntries(keys.flatMap((key) => (nameOf(key) === key ? [] : [[key, nameOf(key)]])));
}
