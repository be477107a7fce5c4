/** @file Sentences for what goes wrong with keys and passphrases. */
import type { ErrorCode } from '../../shared/errors.ts';
import type { Facts, Sentence, SentenceOf } from './facts.ts';

/** What is locked: a key under a passphrase, one in the system's key store, or a backup. */
function keyLocked(facts: Facts): Sentence {
  const key = `The key${facts.if('name', ' “%”') || facts.if('key', ' “%”')}`;
  if (facts.text('protection') === 'os') {
    return {
      what: `${key} is protected by the system’s key store${facts.if('keyStore', ' (%)')}, which did not open it.`,
      next: 'Only the desktop app reaches that store: open or seal there, or protect the key there by a passphrase.',
    };
  }
  if (facts.text('newFile') !== undefined) {
    return {
      what: `The file ${facts.quoted('newFile', 'of the backup')} needs a passphrase of its own, and none was given.`,
      next: 'Give it on a terminal, by --new-passphrase-file, or in the variable ENVELOPE_NEW_PASSPHRASE.',
    };
  }
  const what = facts.text('file') === undefined ? key : `The file ${facts.quoted('file', 'of the backup')}`;
  return {
    what: `${what} needs its passphrase, and none was given.`,
    next: 'Give it on a terminal, by --passphrase-file, or in the variable ENVELOPE_PASSPHRASE.',
  };
}

export const keySentences = {
  // The reasons of the single keys are added by text.ts.
  'no-key-opens': (facts, ways) =>
    facts.text('untried') === undefined
      ? {
          what: 'None of its keys could open this envelope.',
          next: ways.besides(
            'Restore or connect one of these keys, or ask whoever sealed it to let one of yours open it.',
          ),
        }
      : {
          what: `The new key ${facts.quoted('untried', '')} cannot be tried here, so the old one was not removed for it.`,
          next: 'Add the new key, and remove the old one apart from it.',
        },
  'no-key-tried': () => ({
    what: 'None of the keys that would be left opens this here, so none was removed.',
    next: 'Keep, or add, a key that you have; or use --leave-untried.',
  }),
  'key-not-found': (facts, ways) => ({
    what: `You have no key ${facts.quoted('key', facts.quoted('name', 'of this name'))}.`,
    next: ways.after('Look at the list of “envelope keys”'),
  }),
  'key-damaged': (facts, ways) => ({
    what: `The key${facts.if('key', ' “%”')} is damaged and cannot be used${facts.if('path', ' (“%”)')}${facts.if('line', ', in line %')}.`,
    next: ways.after('Restore it from a backup with “envelope keys restore”'),
  }),
  'key-wrong': () => ({
    what: 'The key that came back is not the key of this file.',
    next: 'The envelope’s list of keys was changed or mixed up. Get the envelope again from a backup.',
  }),
  'key-locked': keyLocked,
  'passphrase-wrong': (facts) => ({
    what: `The passphrase does not open ${facts.quoted('name', 'this key')}.`,
    next: 'Try again; capital letters and the keyboard’s language count.',
  }),
  'key-exists': (facts) => ({
    what: `There already is a key ${facts.quoted('name', 'of this name')}.`,
    next: 'Choose another name.',
  }),
  'labels-invalid': (facts) => ({
    what: `These labels cannot be used${facts.if('reason', ': %')}.`,
    next: 'Up to 6 labels, written key=value; keys of letters, digits, space and _.:/=+@-, values of plain ASCII.',
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
