/** @file What is said of a look at health: facts of the whole, and sentences about one key. */
import { type HealthSummary, type KeyAnswer, keyAnswers, type KeyHealth } from '../../../shared/health.ts';
import type { HealthText } from '../../text/health.en.ts';
import type { Format } from '../../text/format.ts';
import { printable } from '../../text/printable.ts';

/** Numbers of the whole, each with its words. */
export function summaryFacts(summary: HealthSummary, text: HealthText, format: Format): string[] {
  const { folders, bytes, alone, links, verified, verifiedBytes, seconds } = summary;
  const { number } = format;
  return [
    text.folders(folders, number(folders)),
    text.bodies(format.size(bytes)),
    ...(alone > 0 ? [text.alone(alone, number(alone))] : []),
    ...(verified > 0 ? [text.verified(verified, number(verified), format.size(verifiedBytes))] : []),
    ...(links > 0 ? [text.links(links, number(links))] : []),
    text.took(format.duration(seconds)),
  ];
}

/** How often a KMS was called, and for what; undefined if it was not. */
export function callsFact({ calls }: HealthSummary, text: HealthText, format: Format): string | undefined {
  const all = Object.values(calls).reduce((sum, one) => sum + one, 0);
  if (all === 0) return undefined;
  const named = Object.entries(calls).map(([action, many]) => {
    const number = format.number(many);
    return text.callNames[action]?.(number) ?? `${number} × ${action}`;
  });
  return text.calls(all, format.number(all), format.list(named));
}

/** A key by the name this computer has for it, else by itself. */
export function keyName({ provider, key, name }: KeyHealth, text: HealthText): string {
  if (name !== undefined) return printable(name);
  if (key !== '') return printable(key);
  return provider === '' ? text.otherKeys : (text.kinds[provider] ?? printable(provider));
}

/** What it opens, and what hangs on it. */
export function keyFacts(health: KeyHealth, text: HealthText, format: Format): string[] {
  const { files, opens, alone, answers, assumed } = health;
  const { number } = format;
  const more = (answers.opens ?? 0) - opens;
  return [
    text.keyOpens(opens, number(opens), files, number(files)),
    ...(alone > 0 ? [text.keyAlone(alone, number(alone))] : []),
    ...(more > 0 ? [text.keyElse(more, number(more))] : []),
    ...(assumed > 0 ? [text.keyAssumed(assumed, number(assumed))] : []),
  ];
}

export type Reason = { answer: Exclude<KeyAnswer, 'opens'>; what: string };

/** Why it does not open, the worst first. `explain`: the sentence of the error it gave, where that says more. */
export function keyReasons(
  health: KeyHealth,
  text: HealthText,
  format: Format,
  explain: (error: NonNullable<KeyHealth['error']>) => { what: string; next: string },
): Reason[] {
  return keyAnswers.flatMap((answer) => {
    const many = health.answers[answer] ?? 0;
    if (answer === 'opens' || many === 0) return [];
    return [
      { answer, what: text.reason(format.number(many), reasonOf(answer, health, text, format, explain)) },
    ];
  });
}

function reasonOf(
  answer: Reason['answer'],
  { provider, until, error }: KeyHealth,
  text: HealthText,
  format: Format,
  explain: (error: NonNullable<KeyHealth['error']>) => { what: string; next: string },
): string {
  if (answer === 'deleting') return text.answers.deleting(until && format.time(until));
  const plain = answer === 'absent' && provider === 'age' ? text.answers.absentAge : text.answers[answer];
  const says = error !== undefined && (answer === 'unasked' || answer === 'unready' || answer === 'account');
  if (!says) return plain;
  const { what, next } = explain(error);
  return `${plain} ${what} ${next}`;
}

/** How grave what a key says is. */
export function gravityOf({ answers, alone, opens, files, until }: KeyHealth): 'bad' | 'warning' | 'good' {
  const lost = (answers.gone ?? 0) + (answers.deleting ?? 0) + (answers.damaged ?? 0);
  if (lost > 0 && (alone > 0 || opens === 0)) return 'bad';
  return opens === files && until === undefined ? 'good' : 'warning';
}
