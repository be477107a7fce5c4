/** @file Sentences for what goes wrong with files, jobs and the program itself. */
import type { ErrorCode } from '../../shared/errors.ts';
import type { Facts, Sentence, SentenceOf } from './facts.ts';
import type { Ways } from './ways.ts';

/** A temporary’s name below its folder. */
const hiddenTemporary = /[/\\]\.[0-9a-f-]{36}[^/\\]*\.partial$/;

/** The folder that a target is about: a temporary is none of the user's names, so its folder is meant. */
const folderOf = (facts: Facts, otherwise: string): string => {
  const path = facts.text('path');
  return path === undefined ? otherwise : `“${path.replace(hiddenTemporary, '') || '/'}”`;
};

function nameTaken(facts: Facts, ways: Ways): Sentence {
  if (facts.text('errno') === 'EISDIR') {
    return {
      what: `A folder has the name ${facts.quoted('path', 'of the result')}.`,
      next: ways.after('Move it away'),
    };
  }
  if (facts.text('errno') === 'EEXIST') {
    return {
      what: `${facts.quoted('path', 'What has the name of the folder')} is a file, and a folder is needed there.`,
      next: ways.after('Move it away'),
    };
  }
  return {
    what: `The name ${facts.quoted('path', facts.quoted('stem', 'of the result'))} is taken.`,
    next: ways.after('Use --keep-both, --replace or --skip'),
  };
}

function diskFull(facts: Facts, ways: Ways): Sentence {
  if (facts.text('errno') === 'EDQUOT') {
    return {
      what: 'The space that you may use on this disk (your quota) is used up.',
      next: ways.or('Remove something of yours there, or ask for a larger quota.'),
    };
  }
  const known = facts.number('needed') !== undefined && facts.number('free') !== undefined;
  const room = `: ${facts.size('needed', 'more')} is needed, ${facts.size('free', 'less')} is free`;
  return {
    what: `There is not enough room on the disk${known ? room : ''}.`,
    next: ways.or('Free some space.'),
  };
}

function nameImpossible(facts: Facts, ways: Ways): Sentence {
  if (facts.text('reason') === 'not UTF-8') {
    return {
      what: `The name of the folder ${facts.quoted('path', 'of the file')} is not UTF-8, so nothing can be put into it.`,
      next: ways.or('Rename that folder.'),
    };
  }
  return {
    what: `This system cannot hold the name ${facts.quoted('name', facts.quoted('path', 'of the result'))}.`,
    next: ways.after('Rename the file'),
  };
}

function targetMissing(facts: Facts, ways: Ways): Sentence {
  const folder = folderOf(facts, 'for the result');
  if (facts.text('errno') === 'ENOTDIR') {
    return {
      what: `There can be no folder ${folder}: something above it is a file.`,
      next: ways.or('Move that file away.'),
    };
  }
  return { what: `The folder ${folder} does not exist.`, next: ways.after('Make it') };
}

const managedProblems: Readonly<Record<string, string>> = {
  owner: 'does not belong to the administrator (root)',
  writable: 'can be changed by others than the administrator',
  link: 'is a link',
  special: 'is not an ordinary file',
  large: 'is larger than 64 KB',
  unreadable: 'cannot be read',
  json: 'is not JSON',
};

/** An administrator's file that cannot be believed must not look like one that is not there. */
function managedInvalid(facts: Facts): Sentence {
  const file = facts.quoted('path', 'of your administrator');
  const problem =
    managedProblems[facts.text('problem') ?? ''] ?? `is not valid${facts.if('field', ' at “%”')}`;
  return {
    what: `The administrator’s settings ${file} are not used: ${facts.quoted('at', 'the file')} ${problem}. Until that is mended, nothing is sealed and no KMS is called.`,
    next: 'Ask whoever administers this computer. README, “On managed computers”, says what the file must be like.',
  };
}

export const fileSentences = {
  'source-missing': (facts) => ({
    what: `There is no file ${facts.quoted('path', 'of this name')}.`,
    next: 'Check the name and the folder.',
  }),
  'source-unreadable': (facts) => ({
    what: `You are not allowed to read ${facts.quoted('path', 'this file')}.`,
    next: 'Change its permissions, or run this as its owner.',
  }),
  'source-special': () => ({
    what: 'This is not an ordinary file: a folder, link, device, socket or pipe cannot be used here.',
    next: 'Name the file itself.',
  }),
  'source-too-large': (facts) => ({
    what: `${facts.quoted('path', 'This file')} is larger than the format can hold, which is about 2,250 TB.`,
    next: 'Seal it in parts.',
  }),
  'source-changed': (facts) => ({
    what: `${facts.quoted('path', 'The file')} changed while it was being read, so nothing was written.`,
    next: 'Try again when no program writes to it.',
  }),
  'source-sealed': () => ({
    what: 'This already is an envelope or a sealed body.',
    next: 'Use --again to seal it a second time.',
  }),
  'same-file': (_, ways) => ({
    what: 'Input and output are the same file, which would destroy it.',
    next: ways.or('Name another file.'),
  }),
  'name-taken': nameTaken,
  'name-impossible': nameImpossible,
  'disk-full': diskFull,
  'target-missing': targetMissing,
  'target-unwritable': (facts, ways) => ({
    what: `You are not allowed to write to ${folderOf(facts, 'the folder of the result')}.`,
    next: ways.after('Change its permissions'),
  }),
  'disk-read-only': (facts, ways) => ({
    what: `The disk of ${folderOf(facts, 'the result')} is read-only.`,
    next: ways.after('Make the disk writable (a switch on the card, how it is mounted)'),
  }),
  'disk-gone': (facts) => ({
    what: `The disk${facts.if('path', ' of “%”')} is not there any more, or does not answer${facts.if('errno', ' (the system says %)')}.`,
    next: 'Plug it in, or connect the network disk again, then run the command again.',
  }),
  'disk-failing': (facts, ways) => ({
    what: `The disk could not read or write what it should${facts.if('path', ' at “%”')}${facts.if('errno', ' (the system says %)')}.`,
    next: ways.besides(
      'It may be failing: copy what is on it elsewhere, and check it before you use it again.',
    ),
  }),
  'file-too-large': (facts, ways) => ({
    what: `The disk of ${folderOf(facts, 'the result')} cannot hold so large a file; FAT32 ends at 4 GB.`,
    next: ways.or('Use a disk with another file system.'),
  }),
  'file-busy': (facts) => ({
    what: `Another program holds ${facts.quoted('path', 'the file')}${facts.if('errno', ' (the system says %)')}.`,
    next: 'Close that program, then run the command again.',
  }),
  'too-many-open': () => ({
    what: 'Too many files are open: the system gives this program no more.',
    next: 'Close other programs, or raise the limit (ulimit -n), then run the command again.',
  }),
  'io-failed': (facts) => ({
    what: `The disk did not do what was asked${facts.if('path', ' with “%”')}${facts.if('errno', ' (the system says %)')}.`,
    next: 'Check the disk and its connection, then try again.',
  }),
  'being-opened': (facts) => ({
    what: `Another run is opening this into the same folder: ${facts.quoted('path', 'its temporary')} is there.`,
    next: 'Wait until it has ended. If no other run is under way, remove that file.',
  }),
  'journal-untrusted': (facts) => ({
    what: `${facts.quoted('path', 'A journal')} may have been written by somebody else, so nothing it names was touched.`,
    next: 'Journals must be yours, and writable by nobody else. Remove what is not.',
  }),
  'nothing-to-do': (facts) => ({
    what: `In ${facts.quoted('path', 'this folder')} there is nothing to do: no file to seal, or no envelope.`,
    next: 'Check the name of the folder.',
  }),
  cancelled: () => ({
    what: 'Cancelled; nothing unfinished was left under a final name.',
    next: 'Run the command again if it is still wanted.',
  }),
  'worker-lost': () => ({
    what: 'A part of the program stopped unexpectedly while it worked on this file.',
    next: 'Try this file again; if it happens again, the machine may be short of memory.',
  }),
  'settings-invalid': (facts) => ({
    what: `The settings cannot be used${facts.if('setting', ': “%” is not valid')}${facts.if('reason', ': %')}${facts.if('field', ' (at %)')}${facts.if('path', ', in “%”')}.`,
    next: 'Correct the setting, or remove it and set it again.',
  }),
  'managed-invalid': managedInvalid,
  usage: (facts) => ({
    what: facts.text('reason') ?? 'The command was not understood.',
    next: 'See the command’s --help.',
  }),
  bug: () => ({
    what: 'The program made a mistake of its own.',
    next: 'Try again; if it happens again, please report it.',
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
