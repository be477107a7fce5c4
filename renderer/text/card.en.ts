const plural = new Intl.PluralRules('en');
const one = (count: number): boolean => plural.select(count) === 'one';

/** Arguments that are numbers come with their `said` form: the same number as the language writes it. */
export const cardEn = {
  title: 'Envelope',
  back: 'Back to the files',
  reading: 'Reading the envelope…',
  open: 'Open',
  openTo: 'Open to…',
  verify: 'Verify',
  notVerified: 'Not verified',
  notVerifiedWhy: 'This is what the envelope says of itself. It is checked when you open or verify it.',
  collision: {
    'keep-both': 'If a file of this name is there already, both are kept.',
    replace: 'If a file of this name is there already, it is replaced.',
    skip: 'If a file of this name is there already, nothing is opened.',
  },
  needsBody: 'It can be opened as soon as its file is found.',

  contents: 'What it holds',
  name: 'Name',
  hidden: 'Names are hidden',
  hiddenWhy: 'The name is sealed as well; it is known once the envelope is opened.',
  file: 'File',
  folder: 'Folder',
  size: 'Size',
  bytes: (count: number, said: string) => (one(count) ? `${said} byte` : `${said} bytes`),
  modified: 'Last changed',
  sealed: 'Sealed',
  labels: 'Labels',
  noLabels: 'None',
  labelsWhy: 'Labels can be read by anyone and stand in the logs of the KMS.',
  id: 'Envelope id',
  cipher: 'Cipher',
  cipherName: 'AES-256-GCM in segments of 1 MiB',

  body: 'The sealed file',
  bodyFound: (name: string) => `Found: ${name}`,
  bodyFoundWhy: 'Its first bytes are those this envelope names.',
  bodyChosen: (name: string) => `Chosen by you: ${name}`,
  bodyChosenWhy: 'Whether it belongs to this envelope is checked when you open it.',
  find: 'Find the missing file…',
  findOther: 'Choose another file…',

  keys: 'Who can open it',
  keyKinds: { 'aws-kms': 'AWS KMS key', local: 'Local key', age: 'age key' } as Record<string, string>,
  unknownKind: (provider: string) => `A kind this version does not know: “${provider}”`,
  says: 'Says it can be opened with',
  saysKey: (key: string) => `Says it can be opened with ${key}`,
  damagedKey: 'A damaged entry',
  inRegion: (region: string) => `region ${region}`,
  ofAccount: (account: string) => `account ${account}`,
  answers: {
    asking: 'Asking…',
    yes: 'Opens it',
    locked: 'Locked for now',
    no: 'Does not open it',
    unasked: 'Not asked',
    unknown: 'Not known',
  },
  yesWhy: {
    local: 'This key is on this computer.',
    age: 'You entered this key; it is here until you quit.',
    'aws-kms': 'The KMS says that you may (a dry run; nothing was opened).',
  } as Record<string, string>,
  lockedWhy:
    'This key is on this computer, but locked. Opening the envelope asks for its passphrase, or the key store of the system for it.',
  unknownWhy: 'A newer version of the program may know it.',
  notYours: 'You do not have this key.',
  strangersAccount: (account: string) =>
    `It belongs to the AWS account ${account}, which is not one of yours. No call went out. Before one does, you are asked.`,
  askedFirst: 'Before a call goes out, you are asked.',
  why: 'Why?',
  requestId: (id: string) => `Request id ${id}`,
  overall: {
    asking: 'Asking whether you can open it…',
    yes: (key: string) => `You can open it with “${key}”.`,
    locked: (key: string) => `You can open it with “${key}” once that is unlocked.`,
    unasked: (account: string) => `You are asked first: a key belongs to the AWS account ${account}.`,
    no: 'None of its keys opens it for you.',
    unknown: 'Whether you can open it is not known.',
  },

  picture: 'How it opens',
  diagram: {
    keys: 'Keys',
    envelope: 'In the envelope',
    dataKey: 'In memory only',
    body: 'Beside the envelope',
    wrappedKey: 'Wrapped key',
    unreadable: 'Not readable',
    unknownKind: 'Unknown kind',
    more: (count: number, said: string) => (one(count) ? `and ${said} more key` : `and ${said} more keys`),
    dataKeyName: 'Data key',
    dataKeyBytes: '32 bytes, random',
    dataKeyOnce: 'for this file alone',
    salt: 'Salt',
    segments: (count: number, said: string) =>
      one(count) ? `${said} sealed segment` : `${said} sealed segments`,
    missing: 'Not found',
    alt: (keys: string, wrapped: string, body: string) =>
      `Picture. Each key (${keys}) unwraps its wrapped key in the envelope (${wrapped}). That gives the data key of 32 bytes, which exists in memory only and opens the sealed file, ${body}.`,
  },
  explained: {
    seal: 'The file is sealed with a data key that was made for it alone.',
    wrapKms:
      'The data key lies in the envelope, wrapped: only the keys at its left can unwrap it. A KMS key never leaves the KMS, and the file never leaves this computer.',
    wrapLocal:
      'The data key lies in the envelope, wrapped: only the keys at its left can unwrap it, and they stay where they are.',
    salt: 'The salt at the beginning of the sealed file is made from the data key, so no other key fits.',
  },
};

export type CardText = typeof cardEn;
