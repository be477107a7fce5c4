/**
 * @file Guided by what ran: an input that makes a block run which none before it did is kept, and changed further. So
 * a few thousand tries come as deep as blind ones never would.
 */
import { oneOf, type Random } from '../attack/bytes.ts';
import { Coverage } from './coverage.ts';
import { mutate } from './mutate.ts';
import type { Target } from './target.ts';

export type Finding = { input: Uint8Array; error: unknown };

export type FuzzResult = {
  /** How many inputs were tried, those of the corpus counted. */
  tried: number;
  accepted: number;
  /** Blocks of the watched files that ran. */
  blocks: number;
  /** Inputs that are not in the corpus and made a new block run. */
  kept: readonly Uint8Array[];
  /** At most {@link MOST_FINDINGS}. */
  findings: readonly Finding[];
};

/** Coverage is asked after so many: asking costs far more than a run. */
const AT_A_TIME = 16;
const MOST_FINDINGS = 10;

/** One after the other: seeds and corpus, then `runs` changes of what was kept. The same `random` finds the same. */
export function fuzz(
  target: Target,
  corpus: readonly Uint8Array[],
  runs: number,
  random: Random,
): FuzzResult {
  using coverage = new Coverage(target.watched);
  const fuzzing = new Fuzzing(target, coverage);
  const known = [...target.seeds(), ...corpus];
  for (const input of known) fuzzing.tryAll([input]);
  const pool = [...known];
  for (let tried = 0; tried < runs && fuzzing.findings.length < MOST_FINDINGS; tried += AT_A_TIME) {
    const inputs = Array.from({ length: Math.min(AT_A_TIME, runs - tried) }, () =>
      mutate(oneOf(random, pool), random, oneOf(random, pool), target.words),
    );
    pool.push(...fuzzing.tryAll(inputs));
  }
  const { tried, accepted, seen, findings } = fuzzing;
  return { tried, accepted, blocks: seen.size, kept: pool.slice(known.length), findings };
}

class Fuzzing {
  tried = 0;
  accepted = 0;
  readonly seen = new Set<string>();
  readonly findings: Finding[] = [];
  readonly #target: Target;
  readonly #coverage: Coverage;

  constructor(target: Target, coverage: Coverage) {
    this.#target = target;
    this.#coverage = coverage;
  }

  /** @returns those that made a new block run */
  tryAll(inputs: readonly Uint8Array[]): Uint8Array[] {
    for (const input of inputs) this.#try(input);
    if (!this.#hasNew()) return [];
    // Which of them it was: those that bring nothing new after the others are not kept.
    return inputs.filter((input) => {
      this.#run(input);
      return this.#addNew();
    });
  }

  #try(input: Uint8Array): void {
    this.tried += 1;
    try {
      if (this.#target.run(input)) this.accepted += 1;
    } catch (error) {
      this.findings.push({ input, error });
    }
  }

  #run(input: Uint8Array): void {
    try {
      this.#target.run(input);
    } catch {
      // Told the first time.
    }
  }

  #hasNew(): boolean {
    return this.#coverage.take().difference(this.seen).size > 0;
  }

  #addNew(): boolean {
    const fresh = this.#coverage.take().difference(this.seen);
    for (const block of fresh) this.seen.add(block);
    return fresh.size > 0;
  }
}
