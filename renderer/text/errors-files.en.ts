/** @file English sentences for what goes wrong with envelopes, bodies, files and the program itself. */
import type { ErrorCode } from '../../shared/errors.ts';
import type { SentenceOf } from './facts.ts';

const kept = 'This computer keeps a copy of the envelope, which can be restored.';
const fromACopy = 'Get the pair again from where it came from, or from a backup.';

const managedProblems: Readonly<Record<string, string>> = {
  owner: 'its owner is not the administrator',
  writable: 'others than the administrator can change it',
  link: 'it is a link',
  special: 'it is not an ordinary file',
  large: 'it is larger than 64 KB',
  unreadable: 'it cannot be read',
  json: 'it is not JSON',
};

export const fileErrorsEn = {
  'envelope-invalid': (facts) => ({
    what: `This is not a valid envelope${facts.if('reason', ': %')}.`,
    next: facts.has('copy') ? kept : fromACopy,
  }),
  'envelope-newer': (facts) => ({
    what: `This envelope was made by a newer version of the program${facts.if('reason', ': %')}.`,
    next: 'Update this program.',
  }),
  'envelope-altered': (facts) => ({
    what: 'Somebody changed this envelope after it was sealed: its key is right, but its seal does not fit.',
    next: facts.has('copy') ? kept : fromACopy,
  }),
  'envelope-missing': (facts) => ({
    what: `No envelope in this folder belongs to ${facts.quoted('body', 'this file')}.`,
    next: facts.has('copy') ? kept : 'Put its .envelope file beside it, or look for it around.',
  }),
  'last-key': () => ({
    what: 'No key would be left that opens this envelope, so none was removed.',
    next: 'Add another key first, or replace this one.',
  }),
  'too-many-keys': (facts) => ({
    what: `An envelope has at most 32 keys${facts.if('keys', ', and this would make %')}.`,
    next: 'Remove keys that are not needed any more.',
  }),
  'envelope-changed': () => ({
    what: 'Another program changed the envelope at the same time.',
    next: 'Try again.',
  }),
  'body-missing': (facts) => ({
    what: `The sealed file of this envelope is not beside it${facts.has('expected') ? `; ${facts.quoted('expected', 'another name')} was expected` : ''}.`,
    next: 'If it has another name or place, it can be found: it is recognised by its content.',
  }),
  'body-foreign': (facts) => ({
    what: `${facts.quoted('body', 'The file beside this envelope')} belongs to ${facts.is('namesake') ? `another envelope, which is called ${facts.quoted('belongs', 'so')} too` : facts.quoted('belongs', 'another envelope')}.${facts.if('wanted', ' This envelope belongs to “%”.')}`,
    next: 'Find the right one; it is recognised by its content.',
  }),
  'pair-apart': (facts) => ({
    what: `The sealed file ${facts.quoted('body', 'of this envelope')} has not the name and folder of its envelope, so the two cannot be replaced together.`,
    next: 'Put both into one folder under one name, then try again.',
  }),
  'body-cut-short': (facts) => ({
    what: `The sealed file is cut short${
      facts.size('length') === undefined ? '' : `: it ends after ${facts.size('length')}`
    }.`,
    next: `The copy or download was probably not finished. ${fromACopy}`,
  }),
  'body-altered': (facts) => ({
    what: `The sealed file is altered or damaged${facts.if('offset', ' at byte %')}. Nothing of it was kept.`,
    next: fromACopy,
  }),
  'archive-invalid': (facts) => ({
    what: `The folder in this file breaks a rule of the format${facts.if('reason', ': %')}.`,
    next: 'It was not made by this program. Ask whoever sealed it.',
  }),
  'source-missing': (facts) => ({
    what: `${facts.quoted('path', 'The file')} is not there any more.`,
    next: 'It was moved, renamed or deleted. Put it back, or choose it again where it is now.',
  }),
  'source-unreadable': (facts) => ({
    what: `You are not allowed to read ${facts.quoted('path', 'this file')}.`,
    next: 'Change its permissions, then try again.',
  }),
  'source-special': () => ({
    what: 'This is not an ordinary file: a link, device, socket or pipe cannot be sealed.',
    next: 'Choose the file itself.',
  }),
  'source-too-large': (facts) => ({
    what: `${facts.quoted('path', 'This file')} is larger than the format can hold, which is about 2,250 TB.`,
    next: 'Seal it in parts.',
  }),
  'source-changed': (facts) => ({
    what: `${facts.quoted('path', 'The file')} changed while it was being read, so nothing was written.`,
    next: 'Close the program that writes to it, then try again.',
  }),
  'source-sealed': () => ({
    what: 'This already is an envelope, or the sealed file of one.',
    next: 'Nothing needs to be done: what is sealed stays sealed.',
  }),
  'same-file': () => ({
    what: 'The result would replace the very file it is made from, which would destroy it.',
    next: 'Choose another folder for the results.',
  }),
  'name-taken': (facts) => ({
    what: `The name ${facts.quoted('path', facts.quoted('stem', 'of the result'))} is taken.`,
    next: 'Rename what is there, or choose another folder or “Keep both”.',
  }),
  'name-impossible': (facts) => ({
    what: `This system cannot hold the name ${facts.quoted('name', facts.quoted('path', 'of the result'))}.`,
    next: 'Rename the file, or choose a folder with a shorter path.',
  }),
  'disk-full': (facts) =>
    facts.text('errno') === 'EDQUOT'
      ? {
          what: 'The space that you may use on this disk (your quota) is used up.',
          next: 'Remove something of yours there, ask for a larger quota, or choose a folder on another disk.',
        }
      : {
          what:
            facts.size('needed') === undefined
              ? 'There is not enough room on the disk.'
              : `There is not enough room on the disk: ${facts.size('needed')} is needed, ${facts.size('free') ?? 'less'} is free.`,
          next: 'Free some space and try again, or choose a folder on another disk.',
        },
  'target-missing': (facts) => ({
    what: `The folder ${facts.quoted('path', 'for the results')} is not there any more.`,
    next: 'Choose another folder for the results.',
  }),
  'target-unwritable': (facts) => ({
    what: `You are not allowed to write to ${facts.quoted('path', 'the folder of the result')}.`,
    next: 'Choose another folder for the results, or change its permissions.',
  }),
  'disk-read-only': (facts) => ({
    what: `The disk of ${facts.quoted('path', 'the result')} is read-only.`,
    next: 'Choose a folder on another disk, or make this one writable.',
  }),
  'disk-gone': () => ({
    what: 'The disk is not there any more, or does not answer.',
    next: 'Plug it in, or connect the network disk again, then try again.',
  }),
  'disk-failing': (facts) => ({
    what: `The disk could not read or write what it should${facts.if('errno', '; the system says %')}.`,
    next: 'It may be failing: copy what is on it elsewhere, and check it before you use it again.',
  }),
  'file-too-large': () => ({
    what: 'The disk cannot hold so large a file; FAT32 ends at 4 GB.',
    next: 'Choose a folder on another disk.',
  }),
  'file-busy': (facts) => ({
    what: `Another program holds ${facts.quoted('path', 'the file')}.`,
    next: 'Close that program, then try again.',
  }),
  'too-many-open': () => ({
    what: 'Too many files are open: the system gives this program no more.',
    next: 'Close other programs, then try again.',
  }),
  'io-failed': (facts) => ({
    what: `The disk did not do what was asked${facts.if('errno', '; the system says %')}.`,
    next: 'Check the disk and its connection, then try again.',
  }),
  'being-opened': () => ({
    what: 'Another run is opening this into the same folder.',
    next: 'Wait until it has ended, then try again.',
  }),
  'journal-untrusted': () => ({
    what: 'The notes of an earlier run may have been written by somebody else, so nothing was touched.',
    next: 'Check who may write to the folder of this program’s data.',
  }),
  'nothing-to-do': (facts) => ({
    what: `In ${facts.quoted('path', 'this folder')} there is nothing to do: no file to seal, or no envelope.`,
    next: 'Choose another folder.',
  }),
  cancelled: () => ({
    what: 'Cancelled. Nothing unfinished was left behind.',
    next: 'Start it again when you like.',
  }),
  'worker-lost': () => ({
    what: 'A part of the program stopped unexpectedly while it worked on this file.',
    next: 'Try this file again. If it happens again, this computer may be short of memory.',
  }),
  'settings-invalid': (facts) => ({
    what: `The settings cannot be used${facts.if('setting', ': “%” is not valid')}${facts.if('reason', ': %')}.`,
    next: 'Correct the setting.',
  }),
  'managed-invalid': (facts) => ({
    what: `What your administrator has set for this computer cannot be used: ${
      managedProblems[facts.text('problem') ?? ''] ?? `it is not valid${facts.if('field', ' at “%”')}`
    }${facts.if('at', ' (%)')}. Until that is mended, nothing is sealed and no KMS is called.`,
    next: 'Ask whoever administers this computer, then start the program again.',
  }),
  usage: (facts) => ({
    what: `The request was not understood${facts.if('reason', ': %')}.`,
    next: 'Choose the files again and start over.',
  }),
  bug: () => ({
    what: 'The program made a mistake of its own.',
    next: 'Try again. If it happens again, please report it.',
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
