import { counted } from './counted.ts';

export const keysEn = {
  title: 'Keys',
  tabs: {
    list: 'Keys',
    health: 'Health',
    access: 'Who can open',
  },
  newKey: 'New key…',
  restore: 'Restore from a backup…',
  createKms: 'Create a KMS key…',
  more: (name: string) => `More for ${name}`,
  asDefault: 'Default',
  asDefaultOf: (name: string) => `${name} seals by default`,
  defaultHint: 'Default keys seal whatever you drop, unless you choose others. Any one of them opens it.',
  defaultNone: 'No key is the default, so “This computer” seals.',
  rename: 'Rename…',
  protect: 'Change protection…',
  backUp: 'Back up…',
  nameIs: 'Name',
  nameHint: 'Only you see it. It does not stand in envelopes.',
  nameEmpty: 'Give the key a name of 1 to 100 characters.',
  save: 'Save',

  local: 'On this computer',
  localEmpty: 'There is no key here yet. “This computer” is made by itself when you first seal something.',
  damaged: 'This key cannot be read.',
  protections: {
    os: (store: string | undefined) =>
      store === undefined
        ? 'Kept by the key store of the system, which is out of reach: it cannot be used now.'
        : `Kept by ${store}. Whoever is signed in as you can use it; a copied disk is of no use.`,
    passphrase: 'Protected by a passphrase, asked for once each time Envelope runs.',
    file: 'Protected by the permissions of its file only. Whoever can read your files, or a copy of them, can use it.',
  },
  readableByOthers: 'Not protected: other users of this computer can read its file.',
  recipient: 'It belongs to somebody else: you can seal for them, and only they open it.',

  cloudEmptyTitle: 'Cloud keys',
  cloudEmpty:
    'A KMS key lives in AWS and never leaves it; AWS decides who may use it, and logs each use. Connect your AWS account to seal with one.',
  connect: 'Connect to AWS…',
  asking: (connection: string) => `Asking ${connection} for its keys…`,
  askAgain: 'Ask again',
  connectionEmpty:
    'There are no keys with an alias in this region. If yours are in another, change the region of the connection in Settings. Or create one with “Create a KMS key…” above.',
  states: {
    Enabled: 'Enabled',
    Disabled: 'Disabled',
    PendingDeletion: 'Will be deleted',
    PendingImport: 'Waits for its key material',
    PendingReplicaDeletion: 'Will be deleted after its replicas',
    Creating: 'Being created',
    Updating: 'Being updated',
    Unavailable: 'Not available',
  } as Record<string, string>,
  region: (region: string) => `region ${region}`,
  account: (account: string) => `account ${account}`,
  multiRegion: 'multi-Region',
  rotates: 'rotates by itself',
  rotatesNot: 'does not rotate',
  rotationUnknown: 'rotation not known',
  uses: {
    both: 'Can seal and open, by its state. Whether you may, the KMS has not been asked.',
    seal: 'Can seal, but not open.',
    open: 'Can open, but not seal.',
    none: 'Can neither seal nor open in this state.',
  },
  ask: 'Ask the KMS',
  askOf: (name: string) => `Ask the KMS whether you may use ${name}`,
  /** Answers to dry runs. */
  rights: {
    both: 'AWS KMS says that you may seal and open with it. Nothing was sealed or opened to ask.',
    seal: 'AWS KMS says that you may seal with it, but not open.',
    open: 'AWS KMS says that you may open with it, but not seal.',
    none: 'AWS KMS says that you may neither seal nor open with it.',
    unsaid: 'AWS KMS has not said whether you may.',
  },
  deletion: (time: string) =>
    `It will be deleted on ${time}. After that, what only this key opens stays sealed for ever. Whoever administers it can cancel the deletion in the AWS console.`,
  count: (count: number, number: string) => counted(count, number, 'key', 'keys'),

  dialogs: {
    new: 'New key',
    newWhy: 'A key that lives on this computer. It seals without a network, and costs nothing.',
    create: 'Create the key',
    rename: (name: string) => `Rename “${name}”`,
    protect: (name: string) => `Protect “${name}”`,
    protectWhy: 'What lies between the key and whoever sits at this computer or copies its disk.',
    protection: 'Protection',
    os: 'Key store of the system',
    osHint: (store: string) => `${store} keeps it. You are asked nothing while you are signed in.`,
    osMissing: 'Not offered: this system has no key store that really protects what is in it.',
    passphrase: 'Passphrase',
    passphraseHint:
      'Asked for once each time Envelope runs. If you forget it, only a backup brings the key back.',
    file: 'Permissions of its file only',
    fileHint: 'Whoever can read your files, or a copy of them, can use the key.',
    backUp: (name: string) => `Back up “${name}”`,
    backUpWhy:
      'Writes the key to a file under a passphrase. With both, what it sealed can be opened on any computer, also without this program.',
    backUpTo: 'Choose where to…',
    again: 'The same again',
    different: 'The two are not the same.',
    missing: 'Enter a passphrase.',
    strength: {
      weak: 'Weak: it can be guessed. Whoever has the file can try as often as they like.',
      fair: 'Fair: it withstands guessing for a while, if it holds no words that belong to you.',
      strong: 'Strong, unless it is known from somewhere: a saying, a song, another password.',
    },
    advice: 'Five random words, or 16 random characters, are good. Keep it apart from the file.',
    backedUp: (file: string) =>
      `The backup was written and read back: ${file}. Keep it away from this computer.`,
    restore: 'Restore a key',
    restoreWhy: 'Takes the key of a backup back in. Enter the passphrase the backup was made with.',
    restoreFrom: 'Choose the backup…',
    restored: (name: string) => `“${name}” is here again.`,
    protected: (name: string) => `The protection of “${name}” was changed.`,
    kms: 'Create a KMS key',
    kmsCost:
      'A KMS key costs about 1 US dollar a month for as long as it exists, and a little for each use. Its first two rotations add about as much each, and so does each replica in another region.',
    kmsPrices: 'Prices of AWS KMS',
    kmsConnection: 'Connection',
    kmsAlias: 'Alias',
    kmsAliasHint: 'Its name in AWS, for example payroll.',
    kmsDescription: 'Description',
    kmsDescriptionHint:
      'For whoever reads the list of keys in AWS. Anyone with access to the account can read it.',
    kmsMultiRegion: 'Multi-Region key',
    kmsMultiRegionHint: 'It can be replicated to other regions. This cannot be changed later.',
    kmsRotation: 'Rotate by itself',
    kmsRotationHint: 'AWS makes new key material; what is sealed already stays readable.',
    kmsRotationDays: 'Days between rotations',
    kmsAgree: 'I want this key, and my AWS account pays for it from now on.',
    kmsAgreeFirst: 'The key is created only after you agree.',
    kmsCreated: (alias: string) => `${alias} was created.`,
    problems: {
      'alias-empty': 'Give the key an alias.',
      'alias-form': 'An alias has 1 to 250 letters, digits, / _ and -.',
      'alias-aws': 'Aliases that begin with aws/ belong to AWS.',
      'description-long': 'At most 2,048 characters.',
      'rotation-days': 'A whole number from 90 to 2560.',
    },
  },
};

export type KeysText = typeof keysEn;
