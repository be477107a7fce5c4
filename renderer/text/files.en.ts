import { batchEn } from './files-batch.en.ts';
import { counted } from './counted.ts';
import type { Operation, RowState } from '../../shared/desktop.ts';
import type { Collision } from '../../shared/settings.ts';

const files = (count: number, number: string): string => counted(count, number, 'file', 'files');

export const filesEn = {
  title: 'Files',

  dropTitle: 'Drop files or folders here to seal them',
  dropHint: 'Envelopes you drop are opened. Your files stay on this computer, whichever key you choose.',
  dropMore: 'Drop files anywhere in this window',
  dropNow: 'Let go to take them in',
  dropNowHint: 'Files and folders are sealed, envelopes are opened.',
  chooseFiles: 'Choose files…',
  chooseFolder: 'Choose a folder…',
  steps: {
    seal: 'Seal',
    sealHint: 'A file becomes an encrypted file and a small envelope that says which keys open it.',
    keep: 'Keep or send',
    keepHint: 'Store the pair anywhere. Without a key nobody can read what the file holds.',
    open: 'Open',
    openHint: 'Drop or double-click the envelope, and the file is back as it was.',
  },
  elevated:
    'Envelope runs as administrator, and Windows gives such a window no files from Explorer. Use the buttons, or start it as usual.',

  refusedText: 'Text was dropped, not a file. Save it as a file first, then drop that.',
  refusedNothing: 'There was no file in what was dropped.',
  refusedPlaceless: (name: string) =>
    `“${name}” has no place on this computer: it comes from a page or a mail program. Save it first, then drop or choose the saved file.`,
  refusedMore: (count: number, number: string) =>
    `${counted(count, number, 'item', 'items')} could not be taken in.`,
  refusedOne: (name: string, why: string) => `“${name}” was not taken in. ${why}`,
  mixed: (sealed: number, sealedNumber: string, opened: number, openedNumber: string) =>
    `${files(sealed, sealedNumber)} to seal and ${counted(opened, openedNumber, 'envelope', 'envelopes')} to open: both are being done.`,

  choices: 'How files are sealed',
  sealedWith: 'Sealed with',
  searchKeys: 'Search keys',
  keysLocal: 'On this computer',
  keysWaiting: (connection: string) => `Asking ${connection} for its keys…`,
  keysNone: 'No key fits.',
  keysFirst: 'Made when you first seal something',
  keyCannotSeal: 'Cannot seal',
  keysMore: (count: number) => `+${count}`,
  manageKeys: 'Manage keys…',
  defaultKeys: 'Default keys',

  labels: 'Labels',
  labelsNone: 'None',
  labelsWarning:
    'Labels can be read by anyone who has the envelope, and cloud services log them. Put nothing secret in them.',
  label: 'Label',
  labelValue: 'Value',
  labelNumber: (number: number) => `Label ${number}`,
  labelValueNumber: (number: number) => `Value of label ${number}`,
  labelAdd: 'Add a label',
  labelRemove: (label: string) => `Remove the label ${label}`,
  labelProblems: {
    many: 'There can be no more than 6 labels.',
    label: 'A label is 1 to 128 letters, digits, spaces and _.:/=+@- and begins with a letter or digit.',
    reserved: 'Labels that begin with aws:, aws-crypto- or envelope are reserved.',
    twice: 'Two labels differ only in capital letters, or not at all.',
    value: 'A value is 1 to 384 plain characters (ASCII), without a space at either end.',
  },

  names: 'Names',
  namesShown: 'Readable',
  namesHidden: 'Hidden',
  hideNames: 'Hide file names',
  hideNamesHint: 'The envelope gets a random name, and the real one can be read only with a key.',

  place: 'Results',
  placeBeside: 'Beside the originals',
  placeChoose: 'Another folder…',
  placeChosen: (folder: string) => `In “${folder}”`,

  originals: 'Originals',
  originalsKeep: 'Keep',
  originalsBin: 'Move to the bin',
  originalsKeepHint: 'They stay where they are.',
  originalsBinHint: 'Only after the sealed file was read back and verified.',

  folders: 'Folders',
  foldersTree: 'File by file',
  foldersArchive: 'As one',
  foldersTreeHint: 'Every file in it becomes a pair of its own, in a folder of the same shape.',
  foldersArchiveHint: 'The whole folder becomes one pair; its names and structure are hidden inside.',

  plan: {
    title: {
      seal: 'Ready to seal',
      open: 'Ready to open',
      verify: 'Ready to verify',
    } satisfies Record<Operation, string>,
    both: 'Ready to seal and open',
    counting: 'Counting files…',
    files: 'Files',
    size: 'Size',
    room: 'Room',
    roomEnough: (free: string, folder: string) => `Enough: ${free} free in ${folder}`,
    roomShort: (missing: string, folder: string) => `${missing} more is needed in ${folder}`,
    roomAdvice: 'Free some space, or choose a folder on another disk, before you start.',
    taken: (count: number, number: string) =>
      `${counted(count, number, 'name is', 'names are')} taken already`,
    takenMore: (number: string) => `and ${number} more`,
    collision: (count: number): string => (count === 1 ? 'What becomes of it' : 'For all of them'),
    collisions: {
      'keep-both': 'Keep both',
      replace: 'Replace',
      skip: 'Skip',
    } satisfies Record<Collision, string>,
    collisionHints: {
      'keep-both': 'The new ones get a number after their name.',
      replace: 'What is there now is replaced, each one only when the new one is complete.',
      skip: 'What is there stays; these files are left alone.',
    } satisfies Record<Collision, string>,
    start: {
      seal: (count: number, number: string) => `Seal ${files(count, number)}`,
      open: (count: number, number: string) => `Open ${files(count, number)}`,
      verify: (count: number, number: string) => `Verify ${files(count, number)}`,
    } satisfies Record<Operation, (count: number, number: string) => string>,
    startBoth: 'Start both',
    nothing: 'There is no file in it.',
  },

  list: 'Work and history',
  clear: 'Clear history',
  clearTitle: 'Clear the history?',
  clearHint: 'Finished rows go from this list. No file is touched.',
  doing: {
    seal: 'Sealing',
    open: 'Opening',
    verify: 'Verifying',
  } satisfies Record<Operation, string>,
  done: { seal: 'Sealed', open: 'Opened', verify: 'Verified' } satisfies Record<Operation, string>,
  states: {
    waiting: 'Waiting',
    running: 'Running',
    done: 'Done',
    skipped: 'Skipped: its name is taken',
    failed: 'Failed',
    cancelled: 'Cancelled',
  } satisfies Record<RowState, string>,
  finishing: 'Finishing…',
  progressOf: (name: string) => `Progress of ${name}`,
  ofBytes: (done: string, all: string) => `${done} of ${all}`,
  inFolder: (folder: string) => `in ${folder}`,
  asInFolder: (name: string, folder: string) => `as “${name}” in ${folder}`,
  openedFrom: (envelope: string) => `from ${envelope}`,
  binned: 'Original moved to the bin',
  notesCount: (count: number) => counted(count, String(count), 'note', 'notes'),
  cancelRow: (name: string) => `Cancel ${name}`,
  showInFolder: 'Show in folder',
  openFile: 'Open file',
  verify: 'Verify',
  forRow: (what: string, name: string) => `${what}: ${name}`,

  batch: batchEn,

  repair: {
    retry: 'Try again',
    chooseKey: 'Choose another key',
    chooseFolder: 'Choose another folder…',
    locate: 'Look for it around',
    restoreEnvelope: 'Restore the envelope…',
    findBody: 'Find the missing file…',
    findCopy: 'Use another copy…',
    freeSpace: 'Free space and retry',
    freeThisSpace: (size: string) => `Free ${size} and retry`,
    signIn: 'Sign in again',
    showPolicy: 'Show the policy to add',
    keys: 'Go to Keys',
    settings: 'Go to Settings',
  },
  chooseKeyTitle: 'Seal it with other keys',
  chooseKeyDo: 'Seal with these keys',
  policyTitle: 'What an administrator must add',
  signInTitle: 'Sign in again',
  signInProfile: 'In a terminal, sign in to the profile. Use the line that fits it:',
  signInPlain: 'Sign in to AWS as you usually do, or choose other credentials in Settings.',
  signInDone: 'I have signed in: try again',
  signInHelp: 'How to sign in to AWS',

  details: 'Details',
  detailsOf: (name: string) => `Details of ${name}`,
  facts: {
    what: 'What was done',
    size: 'Size',
    started: 'Started',
    ended: 'Ended',
    place: 'Where it is',
    from: 'Opened from',
    keys: 'Keys',
    requestIds: 'KMS request ids',
    notes: 'Notes',
    original: 'Original',
    why: 'What happened',
    next: 'What to do',
    attempts: 'How each key answered',
    code: 'Error code',
    reason: 'Technical reason',
  },
  unknownKey: 'A key of an unknown kind',
  notYours: 'It is not one of your keys.',
  unknownKind: 'This version does not know this kind of key.',

  announce: {
    done: (what: string) => `Finished: ${what}.`,
    cancelled: (what: string) => `${what}.`,
    started: (what: string) => `${what}.`,
  },
};

export type FilesText = typeof filesEn;
