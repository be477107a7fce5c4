import { counted } from './counted.ts';

const envelopes = (count: number, number: string): string => counted(count, number, 'envelope', 'envelopes');
const entries = (count: number, number: string): string => counted(count, number, 'entry', 'entries');

export const accessEn = {
  title: 'Change who can open',
  what: 'Every envelope lists the keys that open it. They can be changed without touching the sealed file: choose envelopes, or folders with them, and read who can open them now.',
  how: 'Nothing is changed before you have read a plan and said yes.',
  limits: {
    rewrap:
      'A key that is taken out no longer opens the changed envelope. Whoever kept an old copy of it, and may still use the old key, can open the file all the same. Only sealing again with a new data key ends that.',
    reseal:
      'Copies of the old sealed file, with a copy of its old envelope, still open with the old keys. What was sealed again does not.',
  },
  chooseFolder: 'Choose a folder…',
  chooseFiles: 'Choose files…',
  dropHere: 'Or drop envelopes and folders here.',
  dropNow: 'Drop to change who can open',
  dropNowHint: 'First it is only looked at.',
  other: 'Choose others…',
  again: 'Look again',

  lookingAt: (places: string) => `Looking at ${places}`,
  planning: (places: string) => `Planning for ${places}`,
  proving: (places: string) => `Checking ${places} once more`,
  running: { rewrap: 'Changing who can open', reseal: 'Sealing again' },
  seen: (count: number, number: string) => `${envelopes(count, number)} read`,
  of: (done: string, all: string) => `${done} of ${all}`,
  ofBytes: (done: string, all: string) => `${done} of ${all}`,
  failedSoFar: (_count: number, number: string) => `${number} failed`,
  paused: 'Paused: no further envelope is begun.',
  waits: 'It waits for your answer.',
  pause: 'Pause',
  goOn: 'Go on',
  stop: 'Stop',
  stopHint: 'What is done stays done. The rest can be gone on with later, also after the program was ended.',

  none: 'No envelope was found',
  nowIn: (count: number, number: string, places: string) => `${envelopes(count, number)} in ${places}`,
  nowKeys: 'These keys are named in them now. What shall become of each?',
  inEnvelopes: (count: number, number: string) => `in ${envelopes(count, number)}`,
  moreKeys: (count: number, number: string) => `and ${counted(count, number, 'other key', 'other keys')}`,
  fate: (key: string) => `What becomes of ${key}`,
  stays: 'Stays',
  goes: 'Is removed',
  replacedBy: 'Is replaced by',
  by: (key: string) => `Replaced by ${key}`,
  mode: 'What to do',
  modes: { rewrap: 'Change the keys', reseal: 'Seal again' },
  resealWhat:
    'Each file is opened and sealed again under a new data key, in its place. Nothing is written in clear. The new pair is read back and checked before it takes the place of the old one.',
  comes: 'Keys that are added',
  comesNone: 'None. Where a key is there already, nothing is added.',
  opensAfter: 'Keys that open it from now on',
  opensAfterHint: 'No key is taken over from the envelopes: the files are sealed with these.',
  addKey: 'Add a key…',
  recoveryKey: (made: string) => `Recovery key, made on ${made}`,
  otherKey: 'Another key',
  otherKeyHint: 'age1…, a key ARN or an alias',
  otherKeySecret: 'That is the secret half of a key. Give the public one: it begins with age1.',
  take: 'Add',
  takeOut: (key: string) => `Do not add ${key}`,
  showPlan: 'Show the plan',
  nothingChosen: 'Choose first what is to change.',
  contradiction: (key: string) => `“${key}” is both to come and to go.`,

  planTitle: {
    rewrap: (count: number, number: string) => `${envelopes(count, number)} would be changed`,
    reseal: (count: number, number: string) => `${envelopes(count, number)} would be sealed again`,
  },
  planNothing: 'There is nothing to do',
  facts: {
    envelopes: 'Envelopes',
    already: 'As they should be',
    impossible: 'Cannot be done',
    change: 'Change',
    calls: 'Calls of AWS KMS',
    inside: 'By ReEncrypt',
    bytes: 'Written anew',
  },
  added: (keys: string) => `Added: ${keys}`,
  removed: (keys: string) => `Removed: ${keys}`,
  replaced: (from: string, to: string) => `Replaced: ${from} by ${to}`,
  sealedWith: (keys: string) => `Sealed with ${keys}`,
  noCalls: 'None',
  calls: (number: string, action: string) => `${number} × ${action}`,
  inside: (count: number, number: string) =>
    `${envelopes(count, number)}: the data key stays in the KMS, so names and labels are not verified`,
  lockedOut: (count: number, number: string) =>
    `Afterwards no key of this computer opens ${envelopes(count, number)} of these.`,
  accounts: (accounts: string) => `You will be asked about AWS accounts that are not yours: ${accounts}.`,
  unreadable: {
    rewrap: (count: number, number: string) =>
      `${entries(count, number)} of keys ${count === 1 ? 'is' : 'are'} damaged or of a newer version, and kept as before.`,
    reseal: (count: number, number: string) =>
      `${entries(count, number)} of keys ${count === 1 ? 'is' : 'are'} damaged or of a newer version, and not taken over.`,
  },
  sharing: {
    rewrap: (count: number, number: string) =>
      `${envelopes(count, number)} belong to the sealed file of another one; each is changed by itself.`,
    reseal: (count: number, number: string) =>
      `${envelopes(count, number)} belong to the sealed file of another one: once that is sealed again, these open nothing.`,
  },
  impossibleTitle: 'What cannot be done, and why',
  unlisted: (count: number, number: string) => `and ${counted(count, number, 'other', 'others')}`,
  leaveUntried: 'Remove it there too',
  leaveUntriedHint: 'It will be removed also where none of the keys that are left can be tried here.',
  planAgain: 'Plan again',
  back: 'Back',
  start: {
    rewrap: (count: number, number: string) => `Change ${envelopes(count, number)}`,
    reseal: (count: number, number: string) => `Seal ${envelopes(count, number)} again`,
  },

  doneTitle: {
    rewrap: (count: number, number: string) => `${envelopes(count, number)} changed`,
    reseal: (count: number, number: string) => `${envelopes(count, number)} sealed again`,
  },
  alreadyCount: (_count: number, number: string) => `${number} as they should be already`,
  failedCount: (_count: number, number: string) => `${number} failed`,
  incomplete: 'It was stopped before it had gone through everything. What is done stays done.',
  rest: 'Do the rest',
  retry: 'Try the failed ones again',
  ended: 'The run did not come to its end.',

  proof: 'What was found afterwards',
  proofRead: (count: number, number: string, keys: string) =>
    `${envelopes(count, number)} read again after the change, for ${keys}.`,
  proofUnnamed: 'None of them names a removed key any more.',
  proofNamed: (count: number, number: string) =>
    `${envelopes(count, number)} still ${count === 1 ? 'names' : 'name'} a removed key:`,
  proofOpens: (count: number, number: string) =>
    `${envelopes(count, number)} can still be opened with a removed key, under another name:`,
  proofTried: (how: string) => `No removed key opens an entry that is left: ${how}.`,
  proofTriedHere: (count: number, number: string) =>
    `${entries(count, number)} tried with a removed key of this computer`,
  proofTriedKms: (count: number, number: string) => `${entries(count, number)} by a dry run of the KMS`,
  proofUntried: (count: number, number: string) =>
    `${entries(count, number)} could not be tried with a removed key, so only their names are known.`,
  proofNotTried: 'No removed key was tried on the entries that are left.',
  proofUnreadable: (count: number, number: string) =>
    `${entries(count, number)} cannot be read by this version; nothing can be said of them.`,
  proofCopies: (_count: number, number: string) =>
    `Old copies lie beside them, which a removed key still opens, ${number} in all:`,
  proofUnread: (_count: number, number: string) => `Could not be read, ${number} in all:`,
  askKms: 'Ask AWS KMS too',
  askKmsHint: 'By one dry run for each entry that is left. AWS bills and logs them like other calls.',
  resealOffer: 'What this does not do',
  reseal: 'Seal again with a new data key…',

  report: 'Envelope by envelope',
  filters: { failed: 'Failed', changed: 'Changed', already: 'Unchanged' },
  filter: (name: string, number: string) => `${name} (${number})`,
  filterBy: 'Which envelopes',
  emptyList: 'There are none.',
  list: (filter: string) => `Envelopes: ${filter}`,
  listedOnly: (number: string) => `The first ${number} are listed; all are counted.`,
  verifiedNot: 'name and labels not verified',
  kmsRequest: (ids: string) => `KMS request ${ids}`,
  showInFolder: (name: string) => `Show ${name} in its folder`,
  openCard: 'Look at the envelope',
  forFile: (action: string, name: string) => `${action}: ${name}`,
  save: 'Save the report…',
  saveJson: 'For programs (JSON)…',
  saveText: 'As readable text…',
  saved: (name: string) => `The report was written to “${name}”.`,

  left: 'Begun and not finished',
  leftWork: { rewrap: 'Change of who can open', reseal: 'Sealing again' },
  leftIn: (work: string, places: string) => `${work}: ${places}`,
  leftStarted: (time: string) => `begun ${time}`,
  leftChanged: (_count: number, number: string) => `${number} done`,
  leftInterrupted: 'interrupted before its end',
  resume: 'Go on with it',
  forget: 'Forget it',
  forgetHint: 'Forgotten, the rest stays as it is. What was done stays done.',
  leftNotice: 'A change of who can open was interrupted. “Who can open” in Keys goes on with it.',

  changeAccess: 'Change who can open…',
  changeThese: 'Change who can open these…',

  reportTitle: {
    rewrap: 'Who can open: report of a change',
    reseal: 'Sealed again with a new data key: report',
  },
  reportBegun: (time: string) => `Begun ${time}.`,
  reportCounts: (changed: string, already: string, failed: string) =>
    `${changed} changed, ${already} as they should be already, ${failed} failed.`,
  reportHolds: (name: string) => `holds “${name}”`,
};

export type AccessText = typeof accessEn;
