/** @file The labels as they are being edited, and the rule they follow (FORMAT.md section 2, `context`). */
import type { Labels } from '../../../shared/envelope.ts';

/** A line of the editor. The id only tells lines apart while both fields are empty. */
export type LabelLine = { id: number; label: string; value: string };

export type LabelProblem = 'many' | 'label' | 'reserved' | 'twice' | 'value';

export const MOST_LABELS = 6;
const LABEL = /^[A-Za-z0-9][A-Za-z0-9 _.:/=+@-]{0,127}$/;
const RESERVED = /^(?:aws:|aws-crypto-|envelope)/i;
const VALUE = /^[!-~](?:[ -~]{0,382}[!-~])?$/;

export const linesOf = (labels: Labels): LabelLine[] =>
  Object.entries(labels).map(([label, value], id) => ({ id, label, value }));

const isEmpty = ({ label, value }: LabelLine): boolean => label === '' && value === '';

/** What is wrong with `line` among `lines`. An empty line is not wrong: it is not there. */
export function problemOf(line: LabelLine, lines: readonly LabelLine[]): LabelProblem | undefined {
  if (isEmpty(line)) return undefined;
  if (!LABEL.test(line.label)) return 'label';
  if (RESERVED.test(line.label)) return 'reserved';
  const lower = line.label.toLowerCase();
  if (lines.some((other) => other.id !== line.id && other.label.toLowerCase() === lower)) return 'twice';
  return VALUE.test(line.value) ? undefined : 'value';
}

/** The labels that the lines say, or the first problem among them. */
export function labelsOf(lines: readonly LabelLine[]): { labels: Labels } | { problem: LabelProblem } {
  const filled = lines.filter((line) => !isEmpty(line));
  if (filled.length > MOST_LABELS) return { problem: 'many' };
  for (const line of filled) {
    const problem = problemOf(line, filled);
    if (problem !== undefined) return { problem };
  }
  return { labels: Object.fromEntries(filled.map(({ label, value }) => [label, value])) };
}
