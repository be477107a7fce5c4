import type { AccessProof, AccessResult, AccessWork } from '../../shared/rewrap.ts';
import type { RecordHead } from './record-line.ts';
import type { Counts, Printing, ReportWords } from './words.ts';

type NameOf = (key: string) => string;

const envelopes = (count: number): string => (count === 1 ? '1 envelope' : `${count} envelopes`);
const entries = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`);

/** Said wherever it is offered and wherever it was done (FORMAT.md section 4, Rewrap). */
export const limitEn: Record<AccessWork, string> = {
  rewrap:
    'This changes who can open the envelopes from now on. Whoever kept an old copy of an envelope, and may still use a removed key, can open the sealed file with it all the same. Only sealing again with a new data key ends that.',
  reseal:
    'Copies of the old sealed file, with a copy of its old envelope, still open with the old keys. What was sealed again does not.',
};

function choice({ work, choice: { add, remove, replace } }: RecordHead, nameOf: NameOf): string[] {
  if (work === 'reseal') return add.map(({ key }) => `sealed with ${nameOf(key)}`);
  return [
    ...add.map(({ key }) => `added ${nameOf(key)}`),
    ...remove.map((key) => `removed ${nameOf(key)}`),
    ...replace.map(({ from, to }) => `replaced ${nameOf(from)} by ${nameOf(to.key)}`),
  ];
}

const counts = ({ changed, already, failed }: Counts): string =>
  `${changed} changed, ${already} as they should be already, ${failed} failed.`;

/** Each sentence says what was looked at, and no more. */
function proof(found: AccessProof, nameOf: NameOf, printable: (text: string) => string): string[] {
  const { named, opens, copies, tried, untried, unreadable, unread } = found;
  const keys = found.keys.map(nameOf).join(', ');
  const some = (what: AccessProof['named']): string =>
    what.first.map((path) => `\n    ${printable(path)}`).join('');
  return [
    `${envelopes(found.envelopes)} read again after the change, for ${keys}.`,
    named.count === 0
      ? 'None of them names a removed key any more.'
      : `${envelopes(named.count)} still name a removed key:${some(named)}`,
    opens.count === 0
      ? triedText(tried)
      : `${envelopes(opens.count)} can still be opened with a removed key, under another name:${some(opens)}`,
    ...(untried === 0
      ? []
      : [`${entries(untried)} could not be tried with a removed key, so only their names are known.`]),
    ...(unreadable === 0
      ? []
      : [`${entries(unreadable)} cannot be read by this version; nothing can be said of them.`]),
    ...(copies.count === 0
      ? []
      : [
          `Old copies lie beside them, which a removed key still opens, ${copies.count} in all:${some(copies)}`,
        ]),
    ...(unread.count === 0 ? [] : [`Could not be read, ${unread.count} in all:${some(unread)}`]),
  ];
}

function triedText({ here, kms }: AccessProof['tried']): string {
  if (here + kms === 0) return 'No removed key was tried on the entries that are left.';
  const how = [
    ...(here > 0 ? [`${entries(here)} tried with a removed key of this computer`] : []),
    ...(kms > 0 ? [`${entries(kms)} by a dry run of the KMS`] : []),
  ];
  return `No removed key opens an entry that is left: ${how.join(', ')}.`;
}

function line(
  { added = [], removed = [], verified, name, requestIds = [], notes = [] }: AccessResult,
  nameOf: NameOf,
  note: Printing['note'],
) {
  return [
    ...(name === undefined ? [] : [`holds “${name}”${verified === true ? '' : ' (not verified)'}`]),
    ...(added.length === 0 ? [] : [`added: ${added.map(nameOf).join(', ')}`]),
    ...(removed.length === 0 ? [] : [`removed: ${removed.map(nameOf).join(', ')}`]),
    ...(requestIds.length === 0 ? [] : [`KMS request ${requestIds.join(', ')}`]),
    ...notes.map(note),
  ];
}

/** With the sentences of errors, and the escapes, of whoever prints them. */
export function reportWordsEn({ explain, note, printable }: Printing): ReportWords {
  return {
    title: {
      rewrap: 'Who can open: report of a change',
      reseal: 'Sealed again with a new data key: report',
    },
    started: (time) => `Begun ${time}.`,
    incomplete: 'It was stopped before it had gone through everything.',
    choice,
    counts,
    proof: (found, nameOf) => proof(found, nameOf, printable),
    proofTitle: 'What was found afterwards',
    limit: limitEn,
    sections: { failed: 'Failed', changed: 'Changed', already: 'As they should be already' },
    line: (result, nameOf) => line(result, nameOf, note).map(printable),
    explain,
    note,
    printable,
  };
}
