/** @file English sentences for what goes wrong with the policies of folders. */
import type { ErrorCode } from '../../shared/errors.ts';
import { isPolicyMember, type PolicyMember } from '../../shared/policy.ts';
import type { Facts, Sentence, SentenceOf } from './facts.ts';

/** What a member of a policy may hold. */
const allowed: Record<PolicyMember, string> = {
  version: 'the number 1',
  keys: 'a list of 1 to 16 keys: names, local, age1…, alias/…, ids or ARNs',
  labels: 'up to 6 labels, each with a text of plain ASCII',
  hideNames: 'true or false',
  output: '"beside" or {"folder": "NAME"}, a folder below that of the policy, without “..”',
};

const members = 'version, keys, labels, hideNames and output';

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

/** A policy is found by its whole path: all of them have the same name. */
const file = (facts: Facts): string => `The folder’s policy${facts.if('path', ' “%”')}`;

const conflicts: Readonly<Record<string, (facts: Facts) => Sentence>> = {
  label: (facts) => ({
    what: `${file(facts)} wants the label ${facts.quoted('label', 'given')} to be ${facts.quoted('value', 'something else')}.`,
    next: 'Remove the label from your choices, or give it this value.',
  }),
  names: (facts) => ({
    what: `${file(facts)} hides the names of files.`,
    next: 'Choose hidden names, then try again.',
  }),
  archive: (facts) => ({
    what: `In the folder there is another policy${facts.if('path', ', “%”')}, and one pair can obey only one.`,
    next: 'Seal the folder file by file.',
  }),
};

export const policyErrorsEn = {
  'policy-invalid': (facts) => ({
    what: `${file(facts)} cannot be used: ${problemOf(facts)}. Nothing is sealed there until that is mended.`,
    next: 'Correct the file, or ask whoever keeps it, then try again.',
  }),
  'policy-conflict': (facts) =>
    conflicts[facts.text('conflict') ?? '']?.(facts) ?? {
      what: `${file(facts)} excludes what was chosen.`,
      next: 'Choose otherwise, then try again.',
    },
  'policy-key-missing': (facts) => ({
    what: `${file(facts)} names the key ${facts.quoted('key', 'of another computer')}, and you have none of that name.`,
    next: 'Give one of your keys that name, or ask whoever keeps the policy for the key’s id.',
  }),
  'policy-key-unknown': (facts) => ({
    what: `${file(facts)} lets keys open these files that are not yours${facts.if('key', ': %')}. You did not agree, so nothing was sealed.`,
    next: 'If you expect that, try again and agree.',
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
