import { describe, expect, it } from 'vitest';
import { traceOf } from './log.ts';

describe('traceOf', () => {
  it.each([
    [
      "ENOENT: no such file or directory, open '/home/me/my tax.pdf'",
      'ENOENT: no such file or directory, open …',
    ],
    ['cannot read C:\\Users\\me\\tax.pdf now', 'cannot read … now'],
    ['unexpected “report.pdf”', 'unexpected …'],
    ['the pool was disposed of', 'the pool was disposed of'],
  ])('says of %j no more than needed', (message, said) => {
    expect(traceOf(new Error(message)).split('\n')[0]).toBe(`Error: ${said}`);
  });

  it('keeps where it was thrown, without the folders', () => {
    const error = new Error('x');
    error.stack = [
      'Error: x',
      '    at answer (file:///home/me/out/main.js:10:5)',
      '    at async Grants.grant (C:\\Users\\me\\main.js:7:1)',
      '    at file:///home/me/out/main.js:1:1',
      '    at node:internal/process:3:4',
    ].join('\n');
    expect(traceOf(error)).toBe(
      [
        'Error: x',
        '    at answer (main.js:10:5)',
        '    at async Grants.grant (main.js:7:1)',
        '    at main.js:1:1',
        '    at process:3:4',
      ].join('\n'),
    );
  });

  it('says of anything else only what it is', () => {
    expect(traceOf('secret')).toBe('string');
    expect(traceOf(undefined)).toBe('undefined');
  });
});
