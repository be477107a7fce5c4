/** @file The report of a run, from its record, as text for people and as JSON for programs. Streamed: it may be long. */
import type { AccessProof, AccessResult } from '../../shared/rewrap.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import { readRecord } from './record.ts';
import type { RecordHead } from './record-line.ts';
import type { Counts, ReportWords } from './words.ts';

/** `failures`: the last word on each envelope that failed in the end. */
export type ReportSummary = {
  head: RecordHead;
  complete: boolean;
  counts: Counts;
  proof: AccessProof | undefined;
  failures: ReadonlyMap<string, AccessResult>;
};

/** @throws EnvelopeError of the disk; `io-failed` of what is no record */
export async function summaryOf(file: string): Promise<ReportSummary> {
  let head: RecordHead | undefined;
  let proof: AccessProof | undefined;
  let complete = false;
  const counts = { changed: 0, already: 0 };
  const failures = new Map<string, AccessResult>();
  for await (const line of readRecord(file)) {
    if ('head' in line) ({ head } = line);
    else if ('proof' in line) ({ proof } = line);
    else if ('ended' in line) ({ complete } = line.ended);
    else if ('result' in line) {
      const { path, state } = line.result;
      if (state === 'failed') failures.set(path, line.result);
      else {
        counts[state] += 1;
        failures.delete(path);
      }
    }
  }
  if (head === undefined) {
    throw new EnvelopeError('io-failed', 'a record without its beginning', { path: file });
  }
  return { head, complete, counts: { ...counts, failed: failures.size }, proof, failures };
}

/** What became of each envelope, failures first. Errors as {@link summaryOf}. */
export async function* resultsOf(
  file: string,
  failures: ReportSummary['failures'],
): AsyncGenerator<AccessResult, void, undefined> {
  yield* failures.values();
  for await (const line of readRecord(file)) {
    if ('result' in line && line.result.state !== 'failed') yield line.result;
  }
}

/** The format of {@link reportJson}, for programs that read it. */
export const REPORT_FORMAT = 'envelope/access-report/1';

/** One JSON object, its files one a line. @throws EnvelopeError of the disk */
export async function* reportJson(file: string): AsyncGenerator<string, void, undefined> {
  const { head, complete, counts, proof, failures } = await summaryOf(file);
  const { version: _, reportTo: __, ...run } = head;
  const above = JSON.stringify({ report: REPORT_FORMAT, ...run, complete, counts, proof: proof ?? null });
  yield `${above.slice(0, -1)},"files":[`;
  let separator = '\n';
  for await (const result of resultsOf(file, failures)) {
    yield separator + JSON.stringify(result);
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** For people: failures first. @throws EnvelopeError of the disk */
export async function* reportText(
  file: string,
  words: ReportWords,
  nameOf: (key: string) => string,
): AsyncGenerator<string, void, undefined> {
  const { head, complete, counts, proof, failures } = await summaryOf(file);
  const above = [
    words.title[head.work],
    '',
    words.started(head.started),
    ...(complete ? [] : [words.incomplete]),
    ...words.choice(head, nameOf).map((line) => `  ${line}`),
    ...head.paths.map((path) => `  ${words.printable(path)}`),
    '',
    words.counts(counts),
    ...(proof === undefined
      ? []
      : ['', words.proofTitle, ...words.proof(proof, nameOf).map((line) => `  ${line}`)]),
    '',
    words.limit[head.work],
  ];
  yield `${above.join('\n')}\n`;
  for (const state of ['failed', 'changed', 'already'] as const) {
    if (counts[state] === 0) continue;
    yield `\n${words.sections[state]} (${counts[state]})\n`;
    for await (const result of resultsOf(file, failures)) {
      if (result.state !== state) continue;
      const more = [
        ...(result.error === undefined ? [] : words.explain(result.error)),
        ...words.line(result, nameOf),
      ];
      yield [`  ${words.printable(result.path)}`, ...more.map((line) => `    ${line}`)].join('\n') + '\n';
    }
  }
}
