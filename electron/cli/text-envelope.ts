/** @file Sentences for what goes wrong with envelopes and bodies. */
import type { ErrorCode } from '../../shared/errors.ts';
import type { Facts, Sentence, SentenceOf } from './facts.ts';
import type { Ways } from './ways.ts';

const fromACopy = 'Get the pair again from where it came from, or from a backup.';

/** What was given is not named like a body, so it may have nothing to do with envelopes. */
function envelopeMissing(facts: Facts, ways: Ways): Sentence {
  if (facts.text('body')?.endsWith('.enc') === false) {
    return {
      what: `${facts.quoted('body', 'This file')} is not an envelope, nor the body of one beside it.`,
      next: ways.after('Name an .envelope file; or, if this is a body, put its envelope beside it'),
    };
  }
  return {
    what: `No envelope in this folder belongs to ${facts.quoted('body', 'this file')}.`,
    next: facts.has('copy') ? ways.or(fromACopy) : ways.after('Put its .envelope file beside it'),
  };
}

/** A body that is too long is seen by its length, before anything of it was read. */
function bodyAltered(facts: Facts, ways: Ways): Sentence {
  const what =
    facts.number('length') === undefined
      ? `The sealed file is altered or damaged${facts.if('offset', ' at byte %')}; nothing of it was kept.`
      : `The sealed file is altered or damaged: it has ${facts.size('length', 'another length')}, which is not what its envelope says.`;
  return { what, next: ways.besides(fromACopy) };
}

/** A wrong pair, with the names of the right ones as far as they are known. */
function bodyForeign(facts: Facts, ways: Ways): Sentence {
  const body = facts.quoted('body', 'The file beside this envelope');
  const wanted = facts.if('wanted', ' This envelope belongs to “%”.');
  const owner = facts.is('namesake')
    ? `another envelope, which is called ${facts.quoted('belongs', 'so')} too`
    : facts.quoted('belongs', 'another envelope');
  return {
    what: `${body} belongs to ${owner}.${wanted}`,
    next: ways.or('Put the right one beside it.'),
  };
}

export const envelopeSentences = {
  'envelope-invalid': (facts, ways) => ({
    what: `This is not a valid envelope${facts.if('reason', ': %')}.`,
    next: ways.or(fromACopy),
  }),
  'envelope-newer': (facts) => ({
    what: `This envelope was made by a newer version of the program${facts.if('reason', ': %')}.`,
    next: 'Update this program.',
  }),
  'envelope-altered': (_, ways) => ({
    what: 'Somebody changed this envelope after it was sealed: its key is right, but its seal does not fit.',
    next: ways.or(fromACopy),
  }),
  'envelope-missing': envelopeMissing,
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
  'body-missing': (facts, ways) => ({
    what: `The sealed file of this envelope is not beside it${facts.if('expected', ' (“%” was expected)')}.`,
    next: ways.or('Put it beside the envelope.'),
  }),
  'body-foreign': bodyForeign,
  'pair-apart': (facts) => ({
    what: `The sealed file ${facts.quoted('body', 'of this envelope')} has not the name and folder of its envelope, so the two cannot be replaced together.`,
    next: 'Put both into one folder under one name, then try again.',
  }),
  'body-cut-short': (facts, ways) => ({
    what: `The sealed file is cut short: it has ${facts.size('length', 'fewer bytes')}${
      facts.number('missing') === undefined ? '' : `, and ${facts.size('missing', 'some')} are missing`
    }.`,
    next: ways.besides(`The copy or download was probably not finished. ${fromACopy}`),
  }),
  'body-altered': bodyAltered,
  'archive-invalid': (facts) => ({
    what: `The folder in this file breaks a rule of the format${facts.if('reason', ': %')}.`,
    next: 'It was not made by this program. Ask whoever sealed it.',
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
