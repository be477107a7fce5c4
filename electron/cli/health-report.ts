/** @file Prints what a look at the health of envelopes finds: files as they come if they are wanted, then key by key. */
import type { ErrorCode } from '../../shared/errors.ts';
import {
  type HealthFile,
  type HealthProblem,
  healthProblems,
  type HealthSummary,
  type KeyHealth,
} from '../../shared/health.ts';
import type { HealthOptions, HealthProgress } from '../health/scan.ts';
import { displayPath } from './display-path.ts';
import { exitCodeOfAll } from './exit-code.ts';
import { count } from './format.ts';
import { keyLines } from './health-keys.ts';
import { problemTexts, summaryLines } from './health-text.ts';
import type { Session } from './session.ts';
import { cutToWidth } from './width.ts';

/** Which files are named: those with problems, also those that hang on one key, or all. */
export type Listed = 'problems' | 'alone' | 'all';

/** Files of each problem that are named where nothing was said. */
const NAMED = 10;

type Told = Pick<HealthOptions, 'onFile'> & { onProgress: (progress: HealthProgress) => void };

export class HealthReport {
  readonly #session: Session;
  readonly #listed: Listed | undefined;
  readonly #codes = new Set<ErrorCode>();
  /** The first few of each problem. */
  readonly #some = new Map<HealthProblem, string[]>();

  constructor(session: Session, listed: Listed | undefined) {
    this.#session = session;
    // For programs there is no looking at a few.
    this.#listed = listed ?? (session.json ? 'problems' : undefined);
  }

  readonly listeners: Told = {
    onFile: (file, keyOf) => {
      this.#note(file);
      if (this.#isListed(file)) this.#list(file, keyOf);
    },
    onProgress: ({ counts, path }) => {
      const { screen } = this.#session;
      if (!screen.live) return;
      const problems = Object.values(counts.problems).reduce((sum, one) => sum + one, 0);
      const parts = [
        `${count(counts.envelopes, 'envelope')} in ${count(counts.folders, 'folder')}`,
        ...(problems === 0 ? [] : [count(problems, 'problem')]),
      ];
      screen.show(cutToWidth(`${parts.join(' · ')} · ${displayPath(path)}`, screen.width));
    },
  };

  /** Prints the rest. @returns the exit code */
  finish(summary: HealthSummary): number {
    const { screen, json } = this.#session;
    screen.show('');
    if (json) {
      this.#session.result('', { state: 'summary', ...summary });
    } else {
      for (const key of summary.keys) for (const line of keyLines(key)) screen.report(line);
      for (const problem of healthProblems) this.#problem(problem, summary.problems[problem] ?? 0);
      for (const line of summaryLines(summary)) screen.say(line);
    }
    return exitCodeOfAll([...this.#codes]);
  }

  #note({ path, problem, error }: HealthFile): void {
    if (problem === undefined) return;
    // What is in the cloud may well be fine.
    if (problem !== 'in-cloud') this.#codes.add(error?.code ?? 'no-key-opens');
    const some = this.#some.get(problem) ?? [];
    if (some.length < NAMED) this.#some.set(problem, [...some, path]);
  }

  #isListed({ problem, alone }: HealthFile): boolean {
    if (this.#listed === 'all') return true;
    return (
      this.#listed !== undefined &&
      (problem !== undefined || (this.#listed === 'alone' && alone !== undefined))
    );
  }

  #list(file: HealthFile, keyOf: (index: number) => Readonly<KeyHealth>): void {
    const { path, body, problem, error, keys, alone } = file;
    const keyNamed = (index: number): { provider: string; key: string } => {
      const { provider, key } = keyOf(index);
      return { provider, key };
    };
    const what =
      problem === undefined
        ? alone === undefined
          ? 'opens'
          : 'opens, by one key'
        : problemTexts[problem].one;
    this.#session.result(`${what}: ${displayPath(path)}`, {
      state: problem ?? 'opens',
      path,
      ...(body === undefined ? {} : { body }),
      ...(error === undefined ? {} : { error }),
      keys: keys.map(({ key, answer }) => ({ ...keyNamed(key), answer })),
      ...(alone === undefined ? {} : { alone: keyNamed(alone).key }),
    });
  }

  #problem(problem: HealthProblem, many: number): void {
    if (many === 0) return;
    const { screen } = this.#session;
    const { several, next } = problemTexts[problem];
    screen.report(`${several}: ${many}`);
    if (this.#listed === undefined) {
      const some = this.#some.get(problem) ?? [];
      for (const path of some) screen.report(`    ${displayPath(path)}`);
      if (many > some.length)
        screen.report(`    and ${many - some.length} more; “--list problems” names them all`);
    }
    screen.report(`    ${next}`);
  }
}
