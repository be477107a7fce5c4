/** @file Programs that do the same work in turns, so that whatever else the machine does meets all of them. */
import { columns, medianOf } from './numbers.ts';
import { measure, type ProgramOptions } from './program.ts';

export type Contestant = {
  name: string;
  command: string;
  args: readonly string[];
  options?: ProgramOptions;
  /** Before and after each run, not timed: takes away what it makes, so that nobody's run is short of memory. */
  reset?: () => void;
  /** After the first run, not timed. @throws Error unless what it made is right */
  check?: () => void;
};

export type Contest = {
  name: string;
  /** The first is what the others are compared with. */
  contestants: readonly Contestant[];
  /** What a run works on: tells the speed. */
  work: { count: number; unit: 'MB' | 'files' } | undefined;
};

export type Result = { name: string; seconds: number[]; median: number; peakBytes: number };
export type ContestResult = Pick<Contest, 'name' | 'work'> & { results: Result[] };

async function runOnce({ command, args, options, reset, check }: Contestant, { checked = false } = {}) {
  reset?.();
  const measured = await measure(command, args, options);
  if (checked) check?.();
  reset?.();
  return measured;
}

/** One run of each to warm up, whose results are checked, then `rounds` that count. */
export async function hold({ name, work, contestants }: Contest, rounds: number): Promise<ContestResult> {
  for (const contestant of contestants) await runOnce(contestant, { checked: true });
  const results = contestants.map(({ name }): Result => ({ name, seconds: [], median: 0, peakBytes: 0 }));
  for (let round = 0; round < rounds; round++) {
    for (const [index, contestant] of contestants.entries()) {
      const { seconds, peakBytes } = await runOnce(contestant);
      const result = results[index];
      result?.seconds.push(seconds);
      if (result !== undefined) result.peakBytes = Math.max(result.peakBytes, peakBytes);
    }
  }
  return { name, work, results: results.map((result) => ({ ...result, median: medianOf(result.seconds) })) };
}

/** The results as lines of text: medians, times the first, and how often ours is faster. */
export function table({ name, work, results }: ContestResult): string[] {
  const [first] = results;
  const ours = results.find((result) => result.name.startsWith('envelope'));
  if (first === undefined || ours === undefined) throw new Error(`${name}: nobody to compare`);
  const rows = results.map(({ name, median, peakBytes }) => [
    `  ${name}`,
    median.toFixed(3),
    (median / first.median).toFixed(2),
    (median / ours.median).toFixed(2),
    work === undefined ? '' : `${(work.count / median).toFixed(0)} ${work.unit}/s`,
    peakBytes === 0 ? '?' : (peakBytes / 1e6).toFixed(0),
  ]);
  const head = [name, 'seconds', `× ${first.name}`, '× envelope', 'speed', 'peak MB'];
  return columns([head, ...rows]);
}
