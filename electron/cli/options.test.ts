import { describe, expect, it } from 'vitest';
import { collectLabel, collisionOf, parseAccount, wholeNumber } from './options.ts';

describe('options', () => {
  it.each(['', 'project', '=apollo'])('refuses the label %j', (text) => {
    expect(() => collectLabel(text)).toThrow('key=value');
  });

  it('reads labels, with = in the value, and refuses one twice', () => {
    const labels = collectLabel('sum=1+1=2', collectLabel('project=apollo'));
    expect(labels).toEqual({ project: 'apollo', sum: '1+1=2' });
    expect(() => collectLabel('sum=', labels)).toThrow('twice');
  });

  it('keeps a label named __proto__ for the engine to refuse', () => {
    expect(Object.keys(collectLabel('__proto__=x'))).toEqual(['__proto__']);
  });

  it.each(['', '123', 'aws:12345678901', 'gcp:111122223333', 'aws:111122223333 '])(
    'refuses the account %j',
    (text) => {
      expect(() => parseAccount(text)).toThrow('PARTITION:NUMBER');
    },
  );

  it('reads accounts', () => {
    expect(parseAccount('aws-us-gov:111122223333')).toEqual({
      partition: 'aws-us-gov',
      account: '111122223333',
    });
    expect(parseAccount('111122223333').partition).toBe('aws');
  });

  it.each(['', '-1', '89', '2561', '9e1', '0x60', '100.5'])('refuses %j days', (text) => {
    expect(() => wholeNumber(90, 2560)(text)).toThrow('from 90 to 2560');
  });

  it('reads numbers', () => {
    expect(wholeNumber(90, 2560)('365')).toBe(365);
  });

  it('replaces only by a word on the command line', () => {
    const by = (settings: 'keep-both' | 'replace' | 'skip') =>
      [{}, { keepBoth: true }, { replace: true }, { skip: true }].map((options) =>
        collisionOf(options, { collision: settings }),
      );
    expect(by('keep-both')).toEqual(['keep-both', 'keep-both', 'replace', 'skip']);
    expect(by('replace')).toEqual(['keep-both', 'keep-both', 'replace', 'skip']);
    expect(by('skip')).toEqual(['skip', 'keep-both', 'replace', 'skip']);
  });
});
