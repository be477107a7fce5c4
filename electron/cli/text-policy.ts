/** @file Sentences for what goes wrong with the policies of folders. */
import type { ErrorCode } from '../../shared/errors.ts';
import { isPolicyMember, type PolicyMember } from '../../shared/policy.ts';
import type { Facts, Sentence, SentenceOf } from './facts.ts';

/** What a member of a policy may hold. */
const allowed: Record<PolicyMember, string> = {
  version: 'the number 1',
  keys: 'a list of 1 to 16 keys: names, local, age1…, alias/…, ids or ARNs',
  labels:
    'up to 6 labels, each with a text: labels of letters, digits, space and _.:/=+@-, texts of plain ASCII',
  hideNames: 'true or false',
  output: '"beside" or {"folder": "NAME"}, a folder below that of the policy, without “..”',
};

const members = 'the members version, keys, labels, hideNames and output';

const problems: Readonly<Record<string, string>> = {
  json: 'it is not JSON',
  newer: 'it is for a newer version of this program',
  link: 'it is a link, and none is followed here',
  special: 'it is not an ordinary file',
  large: 'it is larger than 64 KB',
  unreadable: 'it cannot be read',
  outside: 'its output leads out of its folder',
};

function problemOf(facts: Facts): string {
  const problem = facts.text('problem') ?? '';
  if (problem === 'unknown-member')
    return `there is no “${facts.text('field') ?? ''}”; allowed are ${members}`;
  if (problem !== 'member') return problems[problem] ?? 'it is not valid';
  const member = facts.text('member');
  if (!isPolicyMember(member)) return `it must be an object with ${members}`;
  return `${facts.quoted('field', `“${member}”`)} must be ${allowed[member]}`;
}

const conflicts: Readonly<Record<string, (facts: Facts) => Sentence>> = {
  label: (facts) => ({
    what: `The policy ${facts.quoted('path', 'of the folder')} wants the label ${facts.quoted('label', 'given')} to be ${facts.quoted('value', 'something else')}.`,
    next: 'Leave the label out, or give it this value.',
  }),
  names: (facts) => ({
    what: `The policy ${facts.quoted('path', 'of the folder')} hides the names of files.`,
    next: 'Leave out --no-hide-names.',
  }),
  archive: (facts) => ({
    what: `In the folder there is another policy, ${facts.quoted('path', 'further down')}, and one pair can obey only one.`,
    next: 'Seal the folder file by file, without --archive.',
  }),
};

export const policySentences = {
  'policy-invalid': (facts) => ({
    what: `The policy ${facts.quoted('path', 'of the folder')} cannot be used: ${problemOf(facts)}. Nothing is sealed there until that is mended.`,
    next: 'Correct the file, or ask whoever keeps it; “envelope policy FOLDER” checks it. --no-policy seals without it.',
  }),
  'policy-conflict': (facts) =>
    conflicts[facts.text('conflict') ?? '']?.(facts) ?? {
      what: `The policy ${facts.quoted('path', 'of the folder')} excludes what was chosen.`,
      next: 'Choose otherwise, or seal without the policy by --no-policy.',
    },
  'policy-key-missing': (facts) => ({
    what: `The policy ${facts.quoted('path', 'of the folder')} names the key ${facts.quoted('key', 'of another computer')}, and you have none of that name.`,
    next: 'Give one of your keys that name with “envelope keys rename”, or ask whoever keeps the policy for its id.',
  }),
  'policy-key-unknown': (facts) => ({
    what: `The policy ${facts.quoted('path', 'of the folder')} lets keys open these files that are not yours: ${facts.text('key') ?? 'others'}. Nobody agreed, so nothing was sealed.`,
    next: 'If you expect that, agree on a terminal, or add --trust-policy. --no-policy seals without the policy.',
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
