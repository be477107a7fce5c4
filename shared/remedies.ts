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

/** Why there is nothing to press. */
export type Because =
  /** Nothing is wrong, or there is nothing to do. */
  | 'nothing-wrong'
  /** The field, or the dialog, in which it was given is still open. */
  | 'given-here'
  /** What is in the file is what it is: it comes anew from whoever has it whole, or made otherwise. */
  | 'file-as-it-is'
  /** Somebody else must do something, or a newer version. */
  | 'done-elsewhere';

type Answer = readonly Repair[] | Because;
type RepairOf = (details: ErrorDetails, operation: Operation) => Answer;

const retry: RepairOf = () => [{ kind: 'retry' }];
const none =
  (because: Because): RepairOf =>
  () =>
    because;
const isReason = (answer: Answer): answer is Because => typeof answer === 'string';
/** All of several, one after the other; the first reason where there is none at all. */
const all =
  (...some: readonly RepairOf[]): RepairOf =>
  (details, operation) => {
    const answers = some.map((one) => one(details, operation));
    const repairs = answers.flatMap((answer) => (isReason(answer) ? [] : answer));
    return repairs.length > 0 ? repairs : (answers.find(isReason) ?? []);
  };
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
/** Where an age key is among those that did not open it, the key of a sheet may. */
const enterKey: RepairOf = (details) =>
  attemptsOf(details).some(({ provider }) => provider === 'age') ? [{ kind: 'recovery' }] : [];
/** What is in the way of one of the keys may pass, or be mended by signing in. */
const asItsKeys: RepairOf = (details, operation) => {
  const answers = attemptsOf(details).map((one) => one.code && repairs[one.code](one.details, operation));
  const mending = answers.flatMap((answer) =>
    answer === undefined || isReason(answer)
      ? []
      : answer.filter(({ kind }) => kind === 'retry' || kind === 'sign-in'),
  );
  return [...new Map(mending.map((repair) => [repair.kind, repair])).values()];
};
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

/** Verifying writes nothing anywhere, and what is replaced in its place has no other. */
const otherFolder: RepairOf = ({ inPlace }, operation) =>
  operation === 'verify' || (inPlace !== undefined && inPlace !== false)
    ? 'done-elsewhere'
    : [{ kind: 'choose-folder' }];

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
  'envelope-invalid': orRestore(none('file-as-it-is')),
  'envelope-newer': none('done-elsewhere'),
  'envelope-altered': orRestore(none('file-as-it-is')),
  'envelope-missing': orRestore(findEnvelope),
  'last-key': none('given-here'),
  'too-many-keys': none('given-here'),
  'envelope-changed': retry,
  'body-missing': findBody,
  'body-foreign': findBody,
  'pair-apart': retry,
  'body-cut-short': findCopy,
  'body-altered': findCopy,
  'archive-invalid': none('file-as-it-is'),
  'no-key-opens': all(enterKey, asItsKeys, orRestore(all(policy('no-key-opens'), toKeys))),
  'no-key-tried': toKeys,
  'key-not-found': otherKey(toKeys),
  'key-damaged': otherKey(toKeys),
  'key-wrong': none('file-as-it-is'),
  'key-locked': retry,
  'passphrase-wrong': retry,
  'key-exists': toKeys,
  'labels-invalid': none('given-here'),
  'identity-mistyped': none('given-here'),
  'picture-unreadable': none('given-here'),
  'picture-no-code': none('given-here'),
  'recovery-check': none('given-here'),
  'recovery-missing': toKeys,
  'recovery-other': none('given-here'),
  'recovery-absent': none('given-here'),
  'recovery-untried': none('given-here'),
  'print-failed': none('given-here'),
  'update-untrusted': none('done-elsewhere'),
  'update-failed': none('given-here'),
  'update-busy': none('given-here'),
  'account-unknown': retry,
  'account-forbidden': otherKey(none('done-elsewhere')),
  'kms-access-denied': all(policy('kms-access-denied'), otherKey(none('done-elsewhere'))),
  'kms-key-not-found': otherKey(toSettings),
  'kms-key-disabled': otherKey(retry),
  'kms-key-state': otherKey(retry),
  'kms-unavailable': retry,
  'kms-ciphertext-invalid': none('file-as-it-is'),
  'kms-key-incorrect': none('file-as-it-is'),
  'kms-key-usage': otherKey(none('file-as-it-is')),
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
  'source-special': none('given-here'),
  'source-changed': retry,
  'source-too-large': none('file-as-it-is'),
  'source-sealed': none('nothing-wrong'),
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
  'journal-untrusted': none('done-elsewhere'),
  'nothing-to-do': none('nothing-wrong'),
  'policy-invalid': retry,
  'policy-conflict': retry,
  'policy-key-missing': () => [{ kind: 'retry' }, { kind: 'go', place: 'keys' }],
  'policy-key-unknown': retry,
  cancelled: retry,
  'worker-lost': retry,
  'settings-invalid': toSettings,
  'managed-invalid': toSettings,
  usage: none('given-here'),
  bug: retry,
};

/** The buttons for an error, the best first; none where nothing can be pressed. */
export function repairsOf(
  { code, details }: Pick<ErrorRecord, 'code' | 'details'>,
  operation: Operation,
): readonly Repair[] {
  const answer = repairs[code](details, operation);
  return isReason(answer) ? [] : answer;
}

/** Why there is no button for an error; undefined where there is one. */
export function noRepairBecause(
  { code, details }: Pick<ErrorRecord, 'code' | 'details'>,
  operation: Operation,
): Because | undefined {
  const answer = repairs[code](details, operation);
  return isReason(answer) ? answer : undefined;
}
