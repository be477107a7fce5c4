/** @file What was found so far, in numbers: all that is kept of a million files. */
import type { HealthCounts, HealthFile, HealthProblem } from '../../shared/health.ts';

/** Links whose paths are told. */
const LINKS_SHOWN = 5;

export class Tally {
  readonly counts: HealthCounts = {
    folders: 0,
    envelopes: 0,
    bytes: 0,
    opens: 0,
    alone: 0,
    links: 0,
    verified: 0,
    verifiedBytes: 0,
    problems: {},
  };
  readonly someLinks: string[] = [];

  link(path: string): void {
    this.counts.links += 1;
    if (this.someLinks.length < LINKS_SHOWN) this.someLinks.push(path);
  }

  /** An envelope that was read. `length`: bytes of its body, if there is one. */
  envelope({ problem, alone }: HealthFile, length: number): void {
    this.counts.envelopes += 1;
    this.counts.bytes += length;
    if (alone !== undefined) this.counts.alone += 1;
    if (problem === undefined) this.counts.opens += 1;
    else this.problem(problem);
  }

  problem(problem: HealthProblem): void {
    const { problems } = this.counts;
    problems[problem] = (problems[problem] ?? 0) + 1;
  }
}
