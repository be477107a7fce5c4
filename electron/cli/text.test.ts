import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/errors.ts';
import { explain } from './explain.ts';
import { sentenceOf } from './text.ts';

/** Every detail that any sentence looks at. */
const members = [
  'path name needed free errno setting reason body expected length offset key region action',
  'state deletion endpoint hostname profile serial account partition requestId attempts',
].flatMap((line) => line.split(' '));

describe('sentences', () => {
  it.each(errorCodes)('%s says what happened and what to do', (code) => {
    const { what, next } = sentenceOf({ code, details: {} });
    for (const sentence of [what, next]) {
      expect(sentence).toMatch(/^\S.*[.)]$/u);
      expect(sentence).not.toMatch(/undefined|null|NaN|%|!|\boops\b| {2}|\(\)|“”/u);
      expect(sentence.length).toBeLessThan(240);
    }
    expect(what).not.toBe(next);
  });

  it.each(errorCodes)('%s has words for sparse and for hostile details', (code) => {
    const value = fc.oneof(
      fc.constant(undefined),
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.constant(null),
    );
    const details = fc.dictionary(fc.constantFrom(...members), value);
    fc.assert(
      fc.property(details, (details) => {
        const lines = explain({ code, details });
        const text = lines.join('\n').replaceAll('\\u', '');
        for (const line of lines) expect(line).not.toMatch(/[\0-\u001f\u007f-\u009f\u202a-\u202e]/u);
        const given = Object.values(details).map(String).join('\n');
        if (!/undefined|null|NaN/.test(given)) expect(text).not.toMatch(/\bundefined\b|\bnull\b|\bNaN\b/);
      }),
      { numRuns: 50 },
    );
  });

  it('no-key-opens says how each key failed', () => {
    const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1';
    const attempts = [
      {
        provider: 'local',
        key: 'local:a',
        name: 'This computer',
        error: { code: 'passphrase-wrong', details: {} },
      },
      { provider: 'aws-kms', key: arn, error: { code: 'kms-access-denied', details: { action: 'Decrypt' } } },
      { provider: 'age', key: 'age1\u001b[2J' },
      { provider: 'tpm', key: '' },
      null,
    ];
    const lines = explain({ code: 'no-key-opens', details: { attempts } });
    expect(lines.slice(1, -1)).toEqual([
      '- local key “This computer”: The passphrase does not open this key.',
      '  Try again; capital letters and the keyboard’s language count.',
      `- AWS KMS key ${arn}: AWS does not allow you to use the KMS key for Decrypt.`,
      '  Ask its administrator for kms:Decrypt; check also that this is the right account and profile.',
      '- age key age1\\u001b[2J: not one of your keys.',
      '- key of the unknown kind “tpm”: not one of your keys.',
      '- key of the unknown kind “unknown”: not one of your keys.',
    ]);
  });

  it('says sizes as people do', () => {
    const { what } = sentenceOf({
      code: 'disk-full',
      details: { needed: 4_200_000_000, free: 1_000_000_000 },
    });
    expect(what).toContain('4.2 GB is needed, 1.0 GB is free');
  });
});
