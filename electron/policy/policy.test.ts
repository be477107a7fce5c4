import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEnvelopeError } from '../../shared/errors.ts';
import { isInside } from '../files/inside.ts';
import { isOutput, outputOf, outputRoot } from './output.ts';
import { parsePolicy } from './policy.ts';

const FILE = '/work/.envelope-policy.json';

const problem = (details: object): unknown =>
  expect.objectContaining({
    code: 'policy-invalid',
    details: expect.objectContaining({ path: FILE, ...details }),
  });

describe('what a policy may say', () => {
  it.each([
    { version: 1 },
    { version: 1, keys: ['alias/team', 'local'], labels: { project: 'apollo' }, hideNames: true },
    { version: 1, output: 'beside' },
    { version: 1, output: { folder: 'sealed/2026' } },
  ])('%j', (policy) => {
    expect(parsePolicy(JSON.stringify(policy), FILE)).toEqual(policy);
  });

  it.each([
    ['{"version":1', { problem: 'json' }],
    ['[]', { problem: 'member', field: '' }],
    ['{}', { problem: 'member', member: 'version', field: 'version' }],
    ['{"version":2,"what":"ever"}', { problem: 'newer' }],
    ['{"version":1,"lables":{}}', { problem: 'unknown-member', field: 'lables' }],
    ['{"version":1,"keys":"team"}', { problem: 'member', member: 'keys', field: 'keys' }],
    ['{"version":1,"keys":[]}', { problem: 'member', member: 'keys' }],
    ['{"version":1,"keys":["a",7]}', { problem: 'member', member: 'keys', field: 'keys.1' }],
    ['{"version":1,"labels":{"aws:x":"y"}}', { problem: 'member', member: 'labels' }],
    ['{"version":1,"labels":{"a":"ä"}}', { problem: 'member', member: 'labels' }],
    ['{"version":1,"hideNames":"yes"}', { problem: 'member', member: 'hideNames' }],
    ['{"version":1,"output":"elsewhere"}', { problem: 'member', member: 'output' }],
    ['{"version":1,"output":{"folder":"a","to":"b"}}', { problem: 'member', member: 'output' }],
  ])('not %s', (text, details) => {
    expect(() => parsePolicy(text, FILE)).toThrow(problem(details));
  });
});

describe('the output of a policy', () => {
  it.each([
    '',
    '.',
    '..',
    '../elsewhere',
    'a/../../b',
    '/etc',
    'a//b',
    'a/',
    String.raw`..\elsewhere`,
    String.raw`C:\Windows`,
    'C:',
    'a:stream',
    'NUL',
    'a/con.txt',
    'trailing.',
    'trailing ',
    'new\nline',
    '\u202Eevil',
    Array.from({ length: 17 }, () => 'a').join('/'),
    'a'.repeat(256),
  ])('is not %j', (folder) => {
    const text = JSON.stringify({ version: 1, output: { folder } });
    expect(() => parsePolicy(text, FILE)).toThrow(problem({ member: 'output' }));
  });

  /** Every text at all, and those that are more likely to lead astray. */
  const component = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('..', '.', '', '~', 'a', ' ', '...', '..a', 'C:', '\\', '%2e%2e', '\0', '．．', '／'),
  );
  const folders = fc.array(component, { maxLength: 6 }).map((parts) => parts.join('/'));
  const below = fc.array(fc.constantFrom('a', 'b', '..c', 'd e'), { maxLength: 4 });

  for (const [name, system, root] of [
    ['here', path, path.resolve('/work/project')],
    ['on Windows', path.win32, 'C:\\work\\project'],
  ] as const) {
    it(`never leaves the policy’s folder, ${name}`, () => {
      let accepted = 0;
      fc.assert(
        fc.property(folders, (folder) => {
          try {
            parsePolicy(JSON.stringify({ version: 1, output: { folder } }), FILE);
          } catch (error) {
            if (!isEnvelopeError(error, 'policy-invalid')) throw error;
            return;
          }
          accepted += 1;
          const to = system.join(root, ...folder.split('/'));
          expect(isInside(root, to, system)).toBe(true);
          expect(system.relative(root, to)).not.toBe('');
        }),
        { numRuns: 2_000 },
      );
      expect(accepted).toBeGreaterThan(50);
    });
  }

  it('is the same place below it as the original has below the policy', () => {
    const found = {
      path: FILE,
      folder: '/work',
      policy: { version: 1, output: { folder: 'out/x' } },
    } as const;
    fc.assert(
      fc.property(below, (names) => {
        const folder = path.join('/work', ...names);
        const to = outputOf(found, folder) ?? '';
        expect(path.relative(outputRoot(found) ?? '', to)).toBe(path.relative('/work', folder));
        expect(isInside('/work', to)).toBe(true);
        expect(isOutput(found, to)).toBe(true);
      }),
    );
    // A folder sealed as a whole lies above its own policy; what lies in the output stays there.
    expect(outputOf(found, '/')).toBe('/work/out/x');
    expect(outputOf(found, '/work/out/x/a')).toBeUndefined();
    expect(outputOf({ ...found, policy: { version: 1, output: 'beside' } }, '/work/a')).toBeUndefined();
  });
});
