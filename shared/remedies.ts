/**
 * @file What mends which error, by what was being done: one table for the window's buttons, the command line's hints and
 * their tests. The sentence of an error says why; this says what to press, or to type.
 */
import { attemptsOf } from './attempts.ts';
import type { Operation } from './desktop.ts';
import { refusalsIn, type RefusedBy } from './denial.ts';
import type { ErrorCode, ErrorDetails, ErrorRecord } from './errors.ts';
import { kmsMistakeOf } from './kms-mistake.ts';
import type { CopyFacts } from './locate.ts';

export type Repair =
  | { kind: 'retry' }
  /** Do it again with another key; only for sealing. */
  | { kind: 'choose-key' }
  | { kind: 'find-body' | 'find-copy' }
  /** Look for the other half around. */
  | { kind: 'locate' }
  /** Write the envelope again from the kept copy, which says what `copy` says. */
  | { kind: 'restore-envelope'; copy: CopyFacts }
  /** Put the result into another folder. */
  | { kind: 'choose-folder' }
  /** Enter the key of a sheet, for an age key is among those that did not open it. */
  | { kind: 'recovery' }
  /** @property bytes to free, if it is known how many */
  | { kind: 'free-space'; bytes?: number }
  /** @property profile of `~/.aws`, and the connection, if it is known whose session is over */
  | { kind: 'sign-in'; profile?: string; connection?: string }
  /** What an administrator must add before it works. */
  | { kind: 'show-policy'; refused: RefusedBy }
  | { kind: 'go'; place: 'keys' | 'settings' };

type RepairOf = (details: ErrorDetails, operation: Operation) => readonly Repair[];

const retry: RepairOf = () => [{ kind: 'retry' }];
const none: RepairOf = () => [];
/** Around first, then by asking. */
const findBody: RepairOf = () => [{ kind: 'locate' }, { kind: 'find-body' }];
/** The body is there, but not as it was: another copy of it may be whole. */
const findCopy: RepairOf = () => [{ kind: 'find-copy' }];
/** Where a copy of the envelope is kept, which is not what is wrong: that; else `otherwise`. */
const orRestore =
  (otherwise: RepairOf): RepairOf =>
  (details, operation) =>
    isCopy(details['copy'])
      ? [{ kind: 'restore-envelope', copy: details['copy'] }]
      : otherwise(details, operation);
/** Where an age key is among those that did not open it, the key of a sheet may; then `otherwise`. */
const orEnterKey =
  (otherwise: RepairOf): RepairOf =>
  (details, operation) => [
    ...(attemptsOf(details).some(({ provider }) => provider === 'age')
      ? [{ kind: 'recovery' } as const]
      : []),
    ...otherwise(details, operation),
  ];
const findEnvelope: RepairOf = () => [{ kind: 'locate' }, { kind: 'retry' }];
const toSettings: RepairOf = () => [{ kind: 'go', place: 'settings' }];
const toKeys: RepairOf = () => [{ kind: 'go', place: 'keys' }];
/** An envelope's keys are what they are: another can only be chosen before sealing. */
const otherKey =
  (whenOpening: RepairOf): RepairOf =>
  (details, operation) =>
    operation === 'seal' ? [{ kind: 'choose-key' }] : whenOpening(details, operation);
const signIn: RepairOf = ({ profile, connection }) => [
  {
    kind: 'sign-in',
    ...(typeof profile === 'string' ? { profile } : {}),
    ...(typeof connection === 'string' ? { connection } : {}),
  },
];

const freeSpace: RepairOf = ({ needed, free }) =>
  typeof needed === 'number' && typeof free === 'number' && needed > free
    ? [{ kind: 'free-space', bytes: needed - free }]
    : [{ kind: 'free-space' }];

/** Details may have crossed a file of history, so their shape is looked at. */
function isCopy(value: unknown): value is CopyFacts {
  if (typeof value !== 'object' || value === null) return false;
  const { created, kept, keys, content } = { created: '', kept: '', keys: [], content: undefined, ...value };
  const isContent = content === undefined || (typeof content === 'object' && content !== null);
  return typeof created === 'string' && typeof kept === 'string' && Array.isArray(keys) && isContent;
}

/** Verifying writes nothing anywhere. */
const otherFolder: RepairOf = (_, operation) => (operation === 'verify' ? [] : [{ kind: 'choose-folder' }]);
const all =
  (...some: readonly RepairOf[]): RepairOf =>
  (details, operation) =>
    some.flatMap((one) => one(details, operation));

/** What would have to be allowed is found out by asking AWS: for the first key that was refused. */
const policy =
  (code: ErrorCode): RepairOf =>
  (details) => {
    const [refused] = refusalsIn({ code, details });
    return refused === undefined ? [] : [{ kind: 'show-policy', refused }];
  };

/** What passes by itself is tried again; what another key would not do is chosen anew. */
const requestInvalid: RepairOf = (details, operation) =>
  kmsMistakeOf(details['name']) === 'at-once'
    ? [{ kind: 'retry' }]
    : otherKey(toSettings)(details, operation);

const repairs: Record<ErrorCode, RepairOf> = {
  'envelope-invalid': orRestore(none),
  'envelope-newer': none,
  'envelope-altered': orRestore(none),
  'envelope-missing': orRestore(findEnvelope),
  'last-key': none,
  'too-many-keys': none,
  'envelope-changed': retry,
  'body-missing': findBody,
  'body-foreign': findBody,
  'pair-apart': retry,
  'body-cut-short': findCopy,
  'body-altered': findCopy,
  'archive-invalid': none,
  'no-key-opens': orEnterKey(orRestore(all(policy('no-key-opens'), toKeys))),
  'no-key-tried': toKeys,
  'key-not-found': otherKey(toKeys),
  'key-damaged': otherKey(toKeys),
  'key-wrong': none,
  'key-locked': retry,
  'passphrase-wrong': retry,
  'key-exists': toKeys,
  'labels-invalid': none,
  'identity-mistyped': none,
  'picture-unreadable': none,
  'picture-no-code': none,
  'recovery-check': none,
  'recovery-missing': toKeys,
  'recovery-other': none,
  'recovery-absent': none,
  'recovery-untried': none,
  'print-failed': none,
  'account-unknown': retry,
  'account-forbidden': otherKey(none),
  'kms-access-denied': all(policy('kms-access-denied'), otherKey(none)),
  'kms-key-not-found': otherKey(toSettings),
  'kms-key-disabled': otherKey(retry),
  'kms-key-state': otherKey(retry),
  'kms-unavailable': retry,
  'kms-ciphertext-invalid': none,
  'kms-key-incorrect': none,
  'kms-key-usage': otherKey(none),
  'kms-request-invalid': requestInvalid,
  'kms-quota': retry,
  'kms-answer-wrong': toSettings,
  'kms-offline': retry,
  'kms-tls': toSettings,
  'kms-endpoint-refused': toSettings,
  'kms-region-missing': toSettings,
  'credentials-missing': signIn,
  'credentials-invalid': toSettings,
  'credentials-expired': signIn,
  'credentials-mfa': retry,
  'sign-in-denied': signIn,
  'sign-in-expired': signIn,
  'sign-in-invalid': toSettings,
  'sign-in-page': toSettings,
  'sign-in-role': toSettings,
  'clock-skewed': retry,
  'kms-unexpected': retry,
  'source-missing': retry,
  'source-unreadable': retry,
  'source-special': none,
  'source-changed': retry,
  'source-too-large': none,
  'source-sealed': none,
  'same-file': otherFolder,
  'name-taken': all(retry, otherFolder),
  'name-impossible': all(otherFolder, retry),
  'disk-full': all(freeSpace, otherFolder),
  'target-missing': all(otherFolder, retry),
  'target-unwritable': all(otherFolder, retry),
  'disk-read-only': all(otherFolder, retry),
  'disk-gone': retry,
  'disk-failing': all(retry, otherFolder),
  'file-too-large': otherFolder,
  'file-busy': retry,
  'too-many-open': retry,
  'io-failed': retry,
  'being-opened': retry,
  'journal-untrusted': none,
  'nothing-to-do': none,
  'policy-invalid': retry,
  'policy-conflict': retry,
  'policy-key-missing': () => [{ kind: 'retry' }, { kind: 'go', place: 'keys' }],
  'policy-key-unknown': retry,
  cancelled: retry,
  'worker-lost': retry,
  'settings-invalid': toSettings,
  'managed-invalid': toSettings,
  usage: none,
  bug: retry,
};

/** The buttons for an error, the best first; none where nothing can be pressed. */
export function repairsOf({ code, details }: ErrorRecord, operation: Operation): readonly Repair[] {
  return repairs[code](details, operation);
}
