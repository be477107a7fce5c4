import { counted } from './counted.ts';

const plural = new Intl.PluralRules('en');

/** What waits for a KMS key, and what that means. */
export const waitingEn = {
  line: (count: number, number: string, keys: string) =>
    `${counted(count, number, 'file', 'files')} ${plural.select(count) === 'one' ? 'waits' : 'wait'} for ${keys}`,
  means:
    'Not sealed with it yet: until it is added, whoever has the key of this computer can open what waits.',
  now: 'Try now',
  trying: 'Trying…',
  show: 'Show',
  title: 'Files that wait for a KMS key',
  why: 'The key could not be reached when they were sealed, so the key of this computer sealed them. It is tried again while this program runs. Once a KMS key is added and has shown that it opens the file, the key of this computer leaves the envelope, unless you had chosen it.',
  copies:
    'Whoever kept a copy of the earlier envelope, and has the key of this computer, can open the file with that copy.',
  since: (time: string) => `sealed ${time}`,
  tried: (time: string) => `last tried ${time}`,
  drop: 'Wait no longer',
  dropOf: (name: string) => `Wait no longer: ${name}`,
  dropWhy:
    'A file that waits no longer stays as it is: the key of this computer opens it, and no KMS key does.',
  row: (keys: string) => `waiting for the KMS key ${keys}`,
  fact: 'Waiting for',
  notYet: (keys: string) => `${keys}: not yet in the envelope, so it does not open it`,
  card: 'Waiting for the KMS key',
  cardWhy:
    'It could not be reached when this was sealed here, and does not open it yet. This is from the record of this program, not from the envelope.',

  prompt: {
    title: 'A KMS key cannot be reached',
    hint: (key: string) =>
      `“${key}” does not answer. The files can be sealed with the key of this computer for now, and get the KMS key once it can be reached.`,
    means:
      'Until then they are not protected by the KMS: whoever has the key of this computer can open them, and elsewhere they open only with their other keys, if they have any.',
    no: 'Do not seal',
    once: 'Seal for now',
    always: 'Always do so',
  },
  setting: 'If a KMS key cannot be reached',
  settings: {
    ask: 'Ask',
    always: 'Seal with the key of this computer, and add the KMS key later',
    never: 'Do not seal',
  },
  settingHint:
    'Only for a network or a KMS that does not answer. What a KMS refuses is never sealed without it.',
};

export type WaitingText = typeof waitingEn;
