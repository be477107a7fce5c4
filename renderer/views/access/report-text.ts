/** @file The report of a change of who can open in the words of the page: for people, failures first. */
import {
  ACCESS_PAGE,
  type AccessOutcome,
  type AccessState,
  accessStates,
  type AccessView,
} from '../../../shared/access-view.ts';
import type { AccessResult } from '../../../shared/rewrap.ts';
import { client, orNotice } from '../../client.ts';
import { printable } from '../../text/printable.ts';
import type { InLanguage } from '../../text/useLanguage.tsx';
import { changeLines, fileFacts, proofLines } from './access-facts.ts';
import type { TitleOf } from './key-title.ts';

export type ReportWords = Pick<InLanguage, 'text' | 'format' | 'explain' | 'noted'> & { titleOf: TitleOf };

/** All of it. Undefined if the results cannot be had; the reason was said. */
export async function reportText(
  view: AccessView,
  outcome: AccessOutcome,
  words: ReportWords,
): Promise<string | undefined> {
  const lines = aboveLines(view, outcome, words);
  for (const state of accessStates) {
    const { format, text } = words;
    if (outcome.counts[state] === 0) continue;
    const number = format.number(outcome.counts[state]);
    lines.push('', text.access.filter(text.access.filters[state], number));
    for (let from = 0; from < outcome.listed[state]; from += ACCESS_PAGE) {
      const files = await orNotice(client().accessFiles(state, from, ACCESS_PAGE));
      if (files === undefined) return undefined;
      for (const file of files) lines.push(...fileLines(file, words));
    }
    lines.push(...unlistedLines(outcome, state, words));
  }
  return `${lines.join('\n')}\n`;
}

/** What stands above the envelopes: what was chosen, how it ended, what was proved and what was not. */
export function aboveLines(view: AccessView, outcome: AccessOutcome, words: ReportWords): string[] {
  const { text, format, titleOf } = words;
  const { access } = text;
  const { changed, already, failed } = outcome.counts;
  const { number } = format;
  const proof = outcome.proof === undefined ? [] : proofLines(outcome.proof, titleOf, access, format);
  return [
    access.reportTitle[view.work],
    '',
    access.reportBegun(format.time(outcome.started)),
    ...(outcome.complete ? [] : [access.incomplete]),
    ...changeLines(view, titleOf, access, format).map(indented),
    ...view.places.map(printable).map(indented),
    '',
    access.reportCounts(number(changed), number(already), number(failed)),
    ...(proof.length === 0 ? [] : ['', access.proof]),
    ...proof.flatMap(({ what, first }) => [indented(what), ...first.map(printable).map(twice)]),
    '',
    access.limits[view.work],
  ];
}

/** One envelope: its path, and below it what became of it. */
export function fileLines(file: AccessResult, words: ReportWords): string[] {
  const { explain, text, titleOf } = words;
  const said = file.error === undefined ? undefined : explain(file.error);
  return [
    indented(printable(file.path)),
    ...(said === undefined ? [] : [twice(said.what), twice(said.next)]),
    ...(file.name === undefined ? [] : [twice(text.access.reportHolds(printable(file.name)))]),
    ...fileFacts(file, titleOf, words).map(twice),
  ];
}

function unlistedLines({ counts, listed }: AccessOutcome, state: AccessState, words: ReportWords): string[] {
  const more = counts[state] - listed[state];
  return more > 0 ? [indented(words.text.access.unlisted(more, words.format.number(more)))] : [];
}

const indented = (line: string): string => `  ${line}`;
const twice = (line: string): string => `    ${line}`;
