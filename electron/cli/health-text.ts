/** @file Sentences about the health of envelopes. */
import type { HealthProblem, HealthSummary } from '../../shared/health.ts';
import { displayPath } from './display-path.ts';
import { count, formatDuration, formatSize } from './format.ts';

const fromACopy = 'Get the pair again from where it came from, or from a backup.';
const permissions = 'Change the permissions, or run this as the owner; then look again.';

/** `one`: before a path; `several`: before a number; `next`: what mends it. */
export const problemTexts: Record<HealthProblem, { one: string; several: string; next: string }> = {
  'envelope-altered': {
    one: 'envelope altered',
    several: 'Envelopes that somebody changed after they were sealed',
    next: fromACopy,
  },
  'envelope-damaged': {
    one: 'not a valid envelope',
    several: 'Files named like envelopes that are not valid ones',
    next: 'Get the envelope again from a copy. Its body is of no use without it.',
  },
  'body-missing': {
    one: 'body missing',
    several: 'Envelopes without their body beside them',
    next: 'Put the .enc file beside the envelope; “envelope locate FOLDER” looks for it around.',
  },
  'body-foreign': {
    one: 'body of another envelope',
    several: 'Envelopes beside which lies a body of another',
    next: 'Put the right .enc file beside the envelope; the two are told apart by content, not by name.',
  },
  'body-cut-short': {
    one: 'body cut short',
    several: 'Bodies that are cut short',
    next: `The copy or download was probably not finished. ${fromACopy}`,
  },
  'body-altered': {
    one: 'body altered',
    several: 'Bodies that are altered or damaged',
    next: fromACopy,
  },
  'envelope-missing': {
    one: 'body without an envelope',
    several: 'Bodies without an envelope beside them',
    next: 'Put the .envelope file beside the body, or restore the copy that is kept of it with “envelope locate FOLDER --restore”.',
  },
  closed: {
    one: 'does not open',
    several: 'Envelopes that no key opens now',
    next: 'What stands in the way is told key by key above.',
  },
  unsure: {
    one: 'perhaps opens',
    several: 'Envelopes that may open, but a key of them could not be asked',
    next: 'What stands in the way is told key by key above.',
  },
  'envelope-newer': {
    one: 'made by a newer version',
    several: 'Envelopes that a newer version made',
    next: 'Update this program.',
  },
  'envelope-unreadable': {
    one: 'envelope not readable',
    several: 'Envelopes that cannot be read',
    next: permissions,
  },
  'body-unreadable': { one: 'body not readable', several: 'Bodies that cannot be read', next: permissions },
  'folder-unreadable': {
    one: 'not readable',
    several: 'Folders that are not there, or cannot be read',
    next: permissions,
  },
  'in-cloud': {
    one: 'in the cloud',
    several: 'Files whose bytes are not on this computer; they were not fetched',
    next: 'Have the cloud drive keep them on this computer, then look again.',
  },
};

/** The calls that were made, by name: `AWS KMS was called 3 times: 1 DescribeKey, 2 Decrypt.` */
function callLine({ calls, verified }: HealthSummary): string[] {
  const all = Object.values(calls).reduce((sum, one) => sum + one, 0);
  if (all === 0) return [];
  const named = Object.entries(calls).map(([action, many]) => `${many} ${action}`);
  const dry = calls['Decrypt'] === undefined || verified > 0 ? '' : ' (dry run)';
  return [`AWS KMS was called ${count(all, 'time')}: ${named.join(', ')}${dry}.`];
}

function linkLine({ links, someLinks }: HealthSummary): string[] {
  if (links === 0) return [];
  const some = someLinks.map((link) => displayPath(link)).join(', ');
  return [`${count(links, 'link')} not followed: ${some}${links > someLinks.length ? ', …' : ''}.`];
}

/** How it all came out, as lines. */
export function summaryLines(summary: HealthSummary): string[] {
  const { envelopes, folders, bytes, opens, alone, problems, verified, verifiedBytes, seconds, cancelled } =
    summary;
  const unsure = problems.unsure ?? 0;
  const parts = [`${opens} open now`];
  if (unsure > 0) parts.push(`${unsure} could not be asked about`);
  const rest = envelopes - opens - unsure;
  if (rest > 0) parts.push(count(rest, 'does not', 'do not'));
  return [
    ...(cancelled ? ['Cancelled; this is what was found so far.'] : []),
    `${count(envelopes, 'envelope')} in ${count(folders, 'folder')}, ${formatSize(bytes)} of bodies: ${parts.join(', ')}.`,
    ...(alone > 0 ? [`${count(alone, 'envelope hangs', 'envelopes hang')} on one key.`] : []),
    ...(verified > 0
      ? [`Every byte of ${count(verified, 'body', 'bodies')} was checked, ${formatSize(verifiedBytes)}.`]
      : []),
    ...linkLine(summary),
    ...callLine(summary),
    `It took ${formatDuration(seconds)}.`,
  ];
}
