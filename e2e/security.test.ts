/** @file SECURITY.md says which test holds each of its sentences: each is there, and is seen to fail by `npm run breaks`. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaks } from './breaks/all.ts';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const tests = [...new Set(read('SECURITY.md').match(/(?<=`)[a-z0-9/-]+\.(?:test|spec)\.ts(?=`)/g))];
const named = tests.filter((test) => test !== 'e2e/security.test.ts');

describe('SECURITY.md', () => {
  it('names tests', () => {
    expect(named.length).toBeGreaterThan(35);
  });

  it.each(named)('%s is there, and fails when something is broken', (test) => {
    expect(existsSync(path.join(root, test))).toBe(true);
    expect(breaks.filter(({ tests }) => tests.includes(test)).map(({ what }) => what)).not.toEqual([]);
  });

  it('has a test for every line of the table', () => {
    const lines = read('SECURITY.md')
      .split('\n')
      .filter((line) => line.startsWith('| '));
    for (const line of lines.slice(2)) expect(line).toMatch(/\.(?:test|spec)\.ts`[^|]*\|$/);
  });
});

describe('what is broken', () => {
  it('is named once', () => {
    expect(new Set(breaks.map(({ what }) => what)).size).toBe(breaks.length);
  });

  it.each(breaks)('$what: stands there once, and its tests are there', ({ file, find, put, tests }) => {
    expect(read(file).split(find)).toHaveLength(2);
    expect(put).not.toBe(find);
    expect(tests.filter((test) => !existsSync(path.join(root, test)))).toEqual([]);
  });
});
