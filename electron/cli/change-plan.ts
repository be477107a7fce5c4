/** @file The plan of a rewrap, or of sealing again, as a person reads it. */
import type { FoundKey, Impossible, KmsCalls, RewrapPlan } from '../../shared/rewrap.ts';
import type { PlannedFile } from '../rewrap/plan.ts';
import { limitEn } from '../rewrap/words-en.ts';
import { displayPath } from './display-path.ts';
import { printable } from './escape.ts';
import { explain } from './explain.ts';
import { count, formatSize } from './format.ts';
import { keyTitle } from './key-title.ts';

/** Paths that are told of those that cannot be changed for one reason; `--dry-run` tells each. */
const PATHS = 3;

const envelopes = (many: number): string => count(many, 'envelope');

function totals({ work, envelopes: all, changing, already, impossible }: RewrapPlan): string {
  const failing = impossible.reduce((sum, one) => sum + one.count, 0);
  const parts = [`${changing} would be ${work === 'rewrap' ? 'changed' : 'sealed again'}`];
  if (already > 0) parts.push(`${already} ${already === 1 ? 'is' : 'are'} as they should be`);
  if (failing > 0) parts.push(`${failing} cannot be`);
  return `${envelopes(all)}: ${parts.join(', ')}.`;
}

function keyLines(keys: readonly FoundKey[], more: number): string[] {
  if (keys.length === 0) return [];
  const lines = keys.map(({ provider, key, name, envelopes: many }) => {
    return `  ${keyTitle(provider, key, name)}, in ${envelopes(many)}`;
  });
  return [
    'They say that they open with:',
    ...lines,
    ...(more > 0 ? [`  and ${count(more, 'other key')}`] : []),
  ];
}

function callsLine(calls: KmsCalls): string {
  const parts = Object.entries(calls).flatMap(([name, many]) => (many > 0 ? [`${many} ${name}`] : []));
  return parts.length === 0 ? 'No call of a KMS is needed.' : `Calls of the KMS: ${parts.join(', ')}.`;
}

function impossibleLines({ count: many, first }: Impossible, all: boolean): string[] {
  const [sample] = first;
  if (sample === undefined) return [];
  const [what = '', ...more] = explain(sample.error);
  const told = first.slice(0, all ? first.length : PATHS);
  const rest = many - told.length;
  return [
    `  ${many} × ${what}`,
    ...more.map((line) => `      ${line}`),
    ...told.map(({ path }) => `      ${displayPath(path)}`),
    ...(rest > 0 ? [`      and ${rest} more`] : []),
  ];
}

/** What is worth a second look before a yes. */
function warnings({ lockedOut, accounts, unreadable, sharing, work }: RewrapPlan): string[] {
  return [
    ...(lockedOut > 0 ? [`Afterwards no key of this computer opens ${envelopes(lockedOut)} of these.`] : []),
    ...(accounts.length > 0
      ? [`You will be asked about AWS accounts that are not yours: ${accounts.map(printable).join(', ')}.`]
      : []),
    ...(unreadable > 0
      ? [
          `${count(unreadable, 'entry', 'entries')} of keys are damaged or of a newer version: they are ${work === 'rewrap' ? 'kept as they are' : 'not taken over'}.`,
        ]
      : []),
    ...(sharing > 0
      ? [
          work === 'rewrap'
            ? `${envelopes(sharing)} belong to the sealed file of another one here; each is changed by itself.`
            : `${envelopes(sharing)} belong to the sealed file of another one here: once that is sealed again, these open nothing.`,
        ]
      : []),
  ];
}

/**
 * The whole plan, a line each. Everything in it is printable.
 * @param takes whether keys are taken away: what that does not do is said before it is done
 */
export function planLines(plan: RewrapPlan, takes: boolean): string[] {
  const { work, inside, impossible, bytes } = plan;
  return [
    totals(plan),
    ...keyLines(plan.keys, plan.moreKeys),
    ...(plan.changing > 0 ? [callsLine(plan.calls)] : []),
    ...(bytes > 0 ? [`${formatSize(bytes)} are written anew.`] : []),
    ...(inside > 0
      ? [
          `${envelopes(inside)} by ReEncrypt: the data key stays in the KMS, so their names and labels are not verified.`,
        ]
      : []),
    ...(impossible.length > 0
      ? ['Cannot be done:', ...impossible.flatMap((one) => impossibleLines(one, false))]
      : []),
    ...warnings(plan),
    ...(takes ? [limitEn[work]] : []),
  ];
}

/** What would become of one envelope. */
export function plannedLine(
  { path, name, how, add, remove, error }: PlannedFile,
  titleOf: (key: string) => string,
): string {
  const where = displayPath(path);
  if (error !== undefined) return `cannot ${where}: ${explain(error.toRecord())[0] ?? error.code}`;
  if (how === 'nothing') return `as it should be: ${where}`;
  const parts = [
    ...add.map((key) => `+ ${titleOf(key)}`),
    ...remove.map((key) => `- ${titleOf(key)}`),
    ...(name === undefined ? [] : [`says it holds “${printable(name)}” (not verified)`]),
    ...(how === 'inside' ? ['by ReEncrypt'] : []),
  ];
  return `${where}: ${parts.join(', ')}`;
}

/** The same for programs. */
export function plannedRecord({ error, ...file }: PlannedFile): object {
  return { state: 'planned', ...file, ...(error === undefined ? {} : { error: error.toRecord() }) };
}
