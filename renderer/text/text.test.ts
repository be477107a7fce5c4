import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/errors.ts';
import { noteCodes } from '../../shared/notes.ts';
import { Facts } from './facts.ts';
import { createFormat } from './format.ts';
import { languages } from './language.ts';
import { texts } from './text.ts';
import { inLanguage } from './useLanguage.tsx';

/** Every detail that any sentence looks at. */
const members = [
  'path name needed free errno setting reason body expected length offset key region action stem',
  'belongs namesake wanted copy here there kind group by made ended current state deletion endpoint hostname profile serial account',
  'requestId keys untried',
].flatMap((line) => line.split(' '));

const end = { en: /[.)]$/u, 'zh-CN': /[。）]$/u };

describe.each(languages)('errors in %s', (language) => {
  it('a pair that is half replaced is told as that', () => {
    const { explain, text } = inLanguage(language);
    const whole = explain({ code: 'disk-full', details: {} });
    const half = explain({ code: 'disk-full', details: { unfinished: true } });
    expect(half.what.startsWith(whole.what)).toBe(true);
    expect(half.what.endsWith(text.common.halfDone)).toBe(true);
    expect(half.next).toBe(whole.next);
  });

  const sentence = (code: (typeof errorCodes)[number], details: Readonly<Record<string, unknown>>) =>
    texts[language].errors[code](new Facts(details, createFormat(language)));

  it.each(errorCodes)('%s says what happened and what to do', (code) => {
    const { what, next } = sentence(code, {});
    for (const text of [what, next]) {
      expect(text).toMatch(end[language]);
      expect(text).not.toMatch(/undefined|null|NaN|%|!|！|\boops\b| {2}|\(\)|（）|“”/iu);
      expect(text.length).toBeLessThan(240);
    }
    expect(what).not.toBe(next);
  });

  it.each(errorCodes)('%s has words for sparse and for hostile details', (code) => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null), fc.constant({}));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...members), value), (details) => {
        const { what, next } = sentence(code, details);
        expect(what + next).not.toMatch(/[\0-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
        const given = Object.values(details).map(String).join('\n');
        if (!/undefined|null|NaN|object/.test(given)) {
          expect(what + next).not.toMatch(/\bundefined\b|\bnull\b|\bNaN\b|\[object/);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('says sizes as people do', () => {
    const { what } = sentence('disk-full', { needed: 4_200_000_000, free: 1_000_000_000 });
    expect(what).toContain('4.2 GB');
    expect(what).toContain('1.0 GB');
  });
});

/** Every sentence of a dictionary; a function is called with numbers, texts and formats that fit. */
function sentences(value: unknown, where: string): [string, string][] {
  if (typeof value === 'string') return [[where, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => sentences(inner, `${where}.${name}`));
}

describe.each(languages)('notes in %s', (language) => {
  it.each(noteCodes)('%s is a sentence, with and without what it is about', (code) => {
    const error = { code: 'source-changed' as const, message: '', details: {} };
    for (const note of [{ code }, { code, path: 'a/b', name: 'a:b', error }]) {
      const said = texts[language].notes[code](note);
      expect(said).toMatch(end[language]);
      expect(said).not.toMatch(/undefined|!|！/);
    }
  });
});

describe('dictionaries', () => {
  const { errors: _errors, ...rest } = texts.en;
  const { errors: _fehler, ...zhRest } = texts['zh-CN'];

  it('have no empty sentence and no exclamation', () => {
    for (const [where, text] of [...sentences(rest, 'en'), ...sentences(zhRest, 'zh')]) {
      expect(text.trim(), where).toBe(text);
      expect(text, where).not.toMatch(/^$|!|！|\boops\b|undefined/i);
    }
  });

  it('are Chinese in Chinese, but for names', () => {
    for (const [where, text] of sentences(zhRest, 'zh')) {
      if (/^[\w .…@:/-]+$/u.test(text)) expect(['Envelope', 'English', 'English…'], where).toContain(text);
    }
  });
});
