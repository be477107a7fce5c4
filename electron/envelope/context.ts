/** @file Labels and the encryption context (FORMAT.md section 2, `context`, and EC of section 4). */
import type { EncryptionContext, Header, Labels } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';

const MAX_LABELS = 6;
const LABEL = /^[A-Za-z0-9][A-Za-z0-9 _.:/=+@-]{0,127}$/;
const RESERVED = /^(?:aws:|aws-crypto-|envelope)/i;
const VALUE = /^[ -~]{1,384}$/;

/** What is wrong with labels. `label` is missing where there are too many. */
export type LabelProblem = { reason: string; label?: string };

/** The first rule of section 2 that `labels` break, if any. */
export function labelProblem(labels: Labels): LabelProblem | undefined {
  const entries = Object.entries(labels);
  if (entries.length > MAX_LABELS) return { reason: `there are more than ${String(MAX_LABELS)} labels` };
  const seen = new Set<string>();
  for (const [label, value] of entries) {
    const reason = problemOf(label, value) ?? (seen.has(label.toLowerCase()) ? TWICE : undefined);
    if (reason !== undefined) return { reason, label };
    seen.add(label.toLowerCase());
  }
  return undefined;
}

const TWICE = 'two labels differ only in upper and lower case';

function problemOf(label: string, value: string): string | undefined {
  if (!LABEL.test(label)) {
    return 'a label is 1 to 128 letters, digits, spaces and _.:/=+@- and begins with a letter or digit';
  }
  if (RESERVED.test(label)) return 'labels beginning with aws:, aws-crypto- or envelope are reserved';
  if (!VALUE.test(value)) return 'the value of a label is 1 to 384 printable ASCII characters';
  if (value.startsWith(' ') || value.endsWith(' ')) return 'the value of a label begins or ends with a space';
  return undefined;
}

/**
 * Checks the user's labels before they are sealed.
 * @throws EnvelopeError `labels-invalid` with `details.reason` and, unless there are too many, `details.label`
 */
export function checkLabels(labels: Labels): void {
  const problem = labelProblem(labels);
  if (problem !== undefined) throw new EnvelopeError('labels-invalid', problem.reason, problem);
}

/** EC: what every KMS call and the `local` wrap are bound to. No label can be called `envelope-id`. */
export function encryptionContext({ id, context }: Pick<Header, 'id' | 'context'>): EncryptionContext {
  return { ...context, 'envelope-id': id };
}
