import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCodes, type ErrorCode, type ErrorDetails } from '../../shared/errors.ts';
import { explain } from './explain.ts';
import { sentenceOf } from './text.ts';

/** Every detail that any sentence looks at. */
const members = [
  'path name needed free errno setting reason body expected length offset key region action',
  'kind group by made ended current state deletion endpoint hostname profile serial account partition requestId attempts',
  'protection keyStore file newFile missing stem belongs namesake wanted copy here there',
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
      '  Ask the administrator of the key for kms:Decrypt. Check also that this is the right account and profile.',
      '- age key age1\\u001b[2J: not one of your keys.',
      '- key of the unknown kind “tpm”: not one of your keys.',
      '- key of the unknown kind “unknown”: not one of your keys.',
    ]);
  });

  it('a pair that is half replaced is told as that', () => {
    const whole = explain({ code: 'disk-full', details: {} });
    const [what, half, next] = explain({ code: 'disk-full', details: { unfinished: true } });
    expect([what, next]).toEqual(whole);
    expect(half).toContain('the next command finishes it, or clears it up');
  });

  it('says sizes as people do', () => {
    const { what } = sentenceOf({
      code: 'disk-full',
      details: { needed: 4_200_000_000, free: 1_000_000_000 },
    });
    expect(what).toContain('4.2 GB is needed, 1.0 GB is free');
  });

  const what = (code: ErrorCode, details: ErrorDetails): string => sentenceOf({ code, details }).what;
  const hidden = '/out/.0b5e3c1a-6c1f-4f5e-9a57-2f0d3c1b7a11.enc.partial';
  it.each<[string, ErrorCode, ErrorDetails, string]>([
    ['no figures it has not', 'disk-full', {}, 'There is not enough room on the disk.'],
    [
      'the folder of a temporary, which is none of the user’s names',
      'target-missing',
      { path: hidden },
      'The folder “/out” does not exist.',
    ],
    ['the same', 'target-unwritable', { path: hidden }, 'You are not allowed to write to “/out”.'],
    [
      'that a folder cannot be below a file',
      'target-missing',
      { path: 'a/b', errno: 'ENOTDIR' },
      'There can be no folder “a/b”: something above it is a file.',
    ],
    [
      'that a file stands where a folder is needed',
      'name-taken',
      { path: 'a', errno: 'EEXIST' },
      '“a” is a file, and a folder is needed there.',
    ],
    [
      'that a folder has the name',
      'name-taken',
      { path: 'a', errno: 'EISDIR' },
      'A folder has the name “a”.',
    ],
    [
      'what a plain file is not',
      'envelope-missing',
      { body: 'tax.txt' },
      '“tax.txt” is not an envelope, nor the body of one beside it.',
    ],
    [
      'whose envelope is missing',
      'envelope-missing',
      { body: 'tax.enc' },
      'No envelope in this folder belongs to “tax.enc”.',
    ],
    [
      'a wrong length, of which nothing was to be kept',
      'body-altered',
      { length: 1234 },
      'The sealed file is altered or damaged: it has 1.2 kB, which is not what its envelope says.',
    ],
    [
      'which passphrase a backup lacks',
      'key-locked',
      { newFile: 'b' },
      'The file “b” needs a passphrase of its own, and none was given.',
    ],
    [
      'that a key needs the system’s key store',
      'key-locked',
      { name: 'k', protection: 'os' },
      'The key “k” is protected by the system’s key store, which did not open it.',
    ],
  ])('says %s', (_, code, details, sentence) => {
    expect(what(code, details)).toBe(sentence);
  });
});
