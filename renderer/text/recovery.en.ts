import { counted } from './counted.ts';

const inGroup = (group: string | undefined): string => (group === undefined ? '' : ` in group ${group}`);

/** The sentences of the recovery key: its section in Keys, its dialogs, and what is wrong with one that is typed. */
export const recoveryEn = {
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
