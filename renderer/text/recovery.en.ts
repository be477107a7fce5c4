import { counted } from './counted.ts';

const inGroup = (group: string | undefined): string => (group === undefined ? '' : ` in group ${group}`);

/** The sentences of the recovery key: its section in Keys, its dialogs, and what is wrong with one that is typed. */
export const recoveryEn = {
  title: 'Recovery key',
  why: 'A sheet of paper that opens what you seal even if every other key is lost. It is made once, shown once, and kept nowhere but on paper.',
  formerName: (made: string) => `Recovery key of before, made on ${made}`,
  entered: 'The key you entered',
  make: 'Make a recovery key…',
  have: 'I have a sheet already…',
  enter: 'Open with a recovery key…',
  inUse: 'Every new envelope is sealed for it too, whatever keys you choose.',
  made: 'Made',
  tried: 'Last tried',
  never: 'Never',
  publicHalf: 'Public half',
  try: 'Try the sheet…',
  replace: 'Make a new one…',
  forget: 'Forget it…',
  due: 'The sheet was not tried for a year. Try it: one that can no longer be read opens nothing.',
  atRisk:
    'If this computer is lost, what it sealed stays sealed: Envelope knows of no backup of its key, and there is no recovery key.',
  quiet: 'I know',
  former: 'Recovery keys of before',
  formerLine: (made: string, ended: string) =>
    `Made on ${made}, in use until ${ended}. Its sheet still opens what was sealed then: keep it.`,
  lent: 'A recovery key was entered. It opens envelopes until you quit Envelope.',
  takeBack: 'Forget it now',
  also: (made: string) => `The recovery key made on ${made} opens them too, whatever you choose.`,
  plus: (keys: string) => `${keys} + recovery key`,
  onSheet: 'It is on your recovery sheet.',

  makeDialog: {
    title: 'Make a recovery key',
    what: 'Whoever has the sheet can open what you seal from now on, without any other key or password. Envelope keeps no copy of it.',
    steps: [
      'The sheet opens in a window of its own.',
      'Print it, or write the key down.',
      'Type its last group here. Only then is the key in use.',
    ],
    replaces: (made: string) =>
      `It takes the place of the recovery key made on ${made}. What was sealed so far stays open to the old sheet: keep it.`,
    start: 'Show the sheet',
    sheetTitle: 'Put the sheet on paper',
    shown: 'The sheet is open in a window of its own. The key is not in use yet, and nothing of it is kept.',
    print: 'Print…',
    save: 'Save as PDF…',
    show: 'Show the sheet',
    printed: 'The sheet was given to the printer.',
    saved: (file: string) =>
      `Saved: ${file}. Whoever has this file can open everything. Remove it once it is on paper.`,
    check: 'The last group on the sheet',
    checkHint: 'Number 10, four characters, as the paper has it.',
    checkEmpty: 'Type the last group on the sheet.',
    activate: 'Use this recovery key',
    activated: 'The recovery key is in use: every new envelope is sealed for it too.',
  },
  given: {
    typed: 'The key',
    hint: 'AGE-SECRET-KEY-1 and the ten groups of the sheet. Spaces, line breaks and small letters do not matter.',
    toGo: (count: number, number: string) => `${counted(count, number, 'character', 'characters')} to go.`,
    complete: 'The key is complete.',
    picture: 'Choose a picture of the code…',
    chosen: (file: string) => `The code in “${file}” is read.`,
    instead: 'Type it instead',
  },
  drillDialog: {
    title: 'Try the sheet',
    why: 'An envelope is opened with the sheet alone, to its last byte. Nothing is written.',
    newest: 'It is tried with the envelope that was sealed last.',
    chosen: (file: string) => `It is tried with “${file}”.`,
    choose: 'Choose an envelope…',
    start: 'Try it',
    opened: (name: string, size: string) => `The sheet opens it: all of “${name}” (${size}) was checked.`,
  },
  takeDialog: {
    title: 'Use a sheet that you have',
    why: 'For a recovery key that was made before or on another computer. Only its public half is kept.',
    start: 'Use it',
  },
  lendDialog: {
    title: 'Open with a recovery key',
    why: 'Envelope opens with it until you quit. It is stored nowhere.',
    start: 'Use this key',
    done: 'The recovery key is here until you quit Envelope. Open what it is for.',
  },
  forgetDialog: {
    title: 'Forget the recovery key',
    why: 'New envelopes are no longer sealed for it. What was sealed so far stays open to its sheet: keep it.',
    start: 'Forget it',
  },
  mistakes: {
    empty: 'Nothing is entered yet.',
    recipient: 'This is the public half of a key, age1…, which opens nothing.',
    otherKind: 'This is an identity of age, but of a kind that no recovery key has.',
    character: (group?: string) => `There is a character${inGroup(group)} that no recovery key has.`,
    short: (count: number, number: string, group?: string) =>
      `${counted(count, number, 'character is', 'characters are')} missing${inGroup(group)}.`,
    long: (count: number, number: string, group?: string) =>
      `${counted(count, number, 'character is', 'characters are')} too many${inGroup(group)}.`,
    wrong: (group?: string) =>
      group === undefined
        ? 'More than one character is not as on the sheet.'
        : `A character in group ${group} is not as on the sheet.`,
  },
};

export type RecoveryText = typeof recoveryEn;
