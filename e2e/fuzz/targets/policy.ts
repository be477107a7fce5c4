/** @file The policy of a folder, which whoever may write there has written. */
import { isDeepStrictEqual } from 'node:util';
import path from 'node:path';
import { parsePolicy } from '../../../electron/policy/policy.ts';
import { isEnvelopeError } from '../../../shared/errors.ts';
import { must, type Target } from '../target.ts';

function run(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString();
  let policy;
  try {
    policy = parsePolicy(text, '/there/.envelope-policy.json');
  } catch (error) {
    if (isEnvelopeError(error, 'policy-invalid')) return false;
    throw error;
  }
  must(isDeepStrictEqual(policy, JSON.parse(text)), 'all of it is understood');
  if (typeof policy.output === 'object') {
    for (const system of [path.posix, path.win32]) {
      const to = system.join(`${system.sep}there`, policy.output.folder);
      must(to.startsWith(`${system.sep}there${system.sep}`), 'its output is below it');
    }
  }
  return true;
}

const policies = [
  { version: 1 },
  {
    version: 1,
    keys: ['local', 'alias/finance', 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'],
  },
  { version: 1, labels: { project: 'apollo' }, hideNames: true, output: 'beside' },
  { version: 1, output: { folder: 'sealed/here' } },
];

export const policy: Target = {
  name: 'policy',
  watched: ['/electron/policy/', '/envelope/names.ts', '/envelope/context.ts', '/files/stem.ts'],
  seeds: () => policies.map((one) => Buffer.from(JSON.stringify(one))),
  words: [
    '..',
    '/',
    '\\\\',
    'C:',
    'NUL',
    '"folder"',
    '"keys"',
    '"labels"',
    '"version"',
    '{}',
    '[]',
    ',',
    '2',
    '"__proto__"',
  ],
  run,
};
