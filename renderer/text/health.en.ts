import type { HealthProblem, KeyAnswer } from '../../shared/health.ts';
import { counted } from './counted.ts';

const envelopes = (count: number, number: string): string => counted(count, number, 'envelope', 'envelopes');
const files = (count: number, number: string): string => counted(count, number, 'file', 'files');
const fromACopy = 'Get the pair again from where it came from, or from a backup.';
const permissions = 'Change the permissions, or have the owner look; then look again.';

export const healthEn = {
  title: 'Health',
  what: 'Choose folders or a drive, and read key by key which envelopes open now, which will not, and which hang on a single key. Nothing is changed.',
  limit:
    'Of a sealed file only the first bytes and the length are looked at. A KMS key is asked once, and by a dry run once for each set of labels, not once for each file.',
  chooseFolder: 'Choose a folder…',
  chooseFiles: 'Choose files…',
  dropHere: 'Or drop folders here.',
  dropNow: 'Drop to look at its health',
  dropNowHint: 'Nothing is changed.',

  looking: (places: string) => `Looking at ${places}`,
  waiting: 'It waits for an answer.',
  soFar: (count: number, number: string, folders: number, folderNumber: string) =>
    `${envelopes(count, number)} in ${counted(folders, folderNumber, 'folder', 'folders')}`,
  soFarProblems: (count: number, number: string) => counted(count, number, 'problem', 'problems'),
  checked: (size: string) => `${size} checked`,

  headline: (_opens: number, opensNumber: string, all: number, number: string) =>
    all === 0 ? 'No envelope was found' : `${opensNumber} of ${envelopes(all, number)} open now`,
  cancelled: 'It was cancelled; this is what was found until then.',
  folders: (count: number, number: string) => counted(count, number, 'folder', 'folders'),
  bodies: (size: string) => `${size} of sealed files`,
  alone: (count: number, number: string) =>
    counted(count, number, 'hangs on a single key', 'hang on a single key'),
  verified: (count: number, number: string, size: string) =>
    `every byte of ${files(count, number)} was checked, ${size}`,
  links: (count: number, number: string) => counted(count, number, 'link not followed', 'links not followed'),
  calls: (count: number, number: string, named: string) =>
    `AWS KMS was called ${counted(count, number, 'time', 'times')}: ${named}`,
  callNames: {
    DescribeKey: (number: string) => `${number} × state of a key`,
    Decrypt: (number: string) => `${number} × may it be opened`,
    ListAliases: (number: string) => `${number} × name of a key`,
  } as Record<string, (number: string) => string>,
  took: (duration: string) => `in ${duration}`,
  again: 'Look again',
  deep: 'Check every byte',
  deepHint:
    'Every byte of what opens is read and checked. For AWS KMS keys that is one call for each envelope, unless another key opens it.',
  other: 'Look elsewhere…',
  export: 'Export…',
  exportJson: 'As JSON, a line for each file…',
  exportCsv: 'As a table (CSV)…',
  exported: (name: string) => `The result was written to “${name}”.`,

  keys: 'Key by key',
  otherKeys: 'Further keys',
  kinds: { local: 'local key', age: 'age key', 'aws-kms': 'AWS KMS key' } as Record<string, string>,
  place: (region: string, account: string) => `${region}, account ${account}`,
  keyOpens: (opens: number, opensNumber: string, all: number, number: string) =>
    opens === all && all === 1
      ? 'opens its one envelope now'
      : `opens ${opensNumber} of ${envelopes(all, number)} now`,
  keyAlone: (count: number, number: string) =>
    counted(count, number, 'hangs on it alone', 'hang on it alone'),
  keyElse: (count: number, number: string) =>
    `it would open ${counted(count, number, 'more', 'more')}, but something else is wrong there`,
  keyAssumed: (count: number, number: string) =>
    `${number} ${count === 1 ? 'was' : 'were'} not tried; they count like the others of this key`,
  keyEnds: (time: string) =>
    `It will open nothing any more from ${time} on. After that, what only this key opens stays sealed for ever.`,
  answers: {
    damaged: 'what was wrapped under it is damaged there. Get these envelopes again from a copy.',
    gone: 'AWS does not have it. Check the account, the region and the profile; it may have been deleted.',
    deleting: (time: string | undefined) =>
      `it will be deleted${time === undefined ? '' : ` on ${time}`}. Whoever administers it can cancel that until then (kms:CancelKeyDeletion, then kms:EnableKey). After that, what only this key opens stays sealed for ever.`,
    disabled: 'it is disabled. Whoever administers it can enable it again (kms:EnableKey).',
    unready: 'its state allows no opening now.',
    denied: 'AWS does not allow you to open with it. Ask its administrator for kms:Decrypt.',
    absent: 'it is not on this computer. Restore it from a backup, or open these where it is.',
    absentAge: 'its identity is not here. Whoever has it can open these.',
    account: 'its account is not one of yours, so it was not asked.',
    locked: 'it is locked, and nobody was asked for its passphrase.',
    unasked: 'it could not be asked.',
    unknown: 'this version does not know this kind of key. Update the program.',
  } satisfies Record<
    Exclude<KeyAnswer, 'opens'> | 'absentAge',
    string | ((time: string | undefined) => string)
  >,
  reason: (number: string, what: string) => `${number}: ${what}`,
  approve: (account: string) => `Approve account ${account}`,
  unlock: 'Ask for the passphrase',
  restoreKey: 'Restore the key…',

  problems: 'By problem',
  noProblems: 'Nothing is wrong with the files.',
  problem: {
    'envelope-altered': { title: 'Envelopes changed after they were sealed', next: fromACopy },
    'envelope-damaged': {
      title: 'Not valid envelopes',
      next: 'Get the envelope again from a copy. Nothing opens its sealed file without it.',
    },
    'body-missing': {
      title: 'Sealed file missing',
      next: 'Put the .enc file beside its envelope, or have it looked for from the list.',
    },
    'body-foreign': {
      title: 'Sealed file of another envelope',
      next: 'Put the right .enc file beside the envelope. They are told apart by content, not by name.',
    },
    'body-cut-short': {
      title: 'Sealed files cut short',
      next: `The copy or download was probably not finished. ${fromACopy}`,
    },
    'body-altered': { title: 'Sealed files altered or damaged', next: fromACopy },
    'envelope-missing': {
      title: 'Sealed files without an envelope',
      next: 'Put the .envelope file beside it, or have it looked for from the list. This computer may have kept a copy, which can be restored.',
    },
    closed: { title: 'No key opens it now', next: 'What stands in the way is told key by key.' },
    unsure: {
      title: 'May open, but a key could not be asked',
      next: 'What stands in the way is told key by key.',
    },
    'envelope-newer': { title: 'Made by a newer version', next: 'Update this program.' },
    'envelope-unreadable': { title: 'Envelopes that cannot be read', next: permissions },
    'body-unreadable': { title: 'Sealed files that cannot be read', next: permissions },
    'folder-unreadable': { title: 'Folders that are not there or cannot be read', next: permissions },
    'in-cloud': {
      title: 'Only in the cloud; not fetched',
      next: 'Have the cloud drive keep them on this computer, then look again.',
    },
  } satisfies Record<HealthProblem, { title: string; next: string }>,
  files: (count: number, number: string) => files(count, number),
  list: (title: string) => `Files: ${title}`,
  aloneTitle: (key: string) => `Hang on ${key} alone`,
  endingTitle: (key: string) => `Open now; they name ${key}`,
  closedTitle: (key: string) => `Do not open; they name ${key}`,
  listedOnly: (number: string) => `The first ${number} are listed; all are counted.`,
  findHalf: {
    envelope: (name: string) => `Look for the sealed file of ${name}`,
    body: (name: string) => `Look for the envelope of ${name}`,
  },
  showInFolder: (name: string) => `Show ${name} in its folder`,
};

export type HealthText = typeof healthEn;
