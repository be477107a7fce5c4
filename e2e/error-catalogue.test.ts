/**
 * @file The whole catalogue of errors, held to one table (shared/remedies.ts): each has its sentence in both languages of
 * the window and on the command line, and what mends it, or why nothing can be pressed. What the table says to press in
 * the window is what the command line says to type.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../shared/desktop.ts';
import { errorCodes, type ErrorDetails } from '../shared/errors.ts';
import { noRepairBecause, repairsOf } from '../shared/remedies.ts';
import { Facts } from '../electron/cli/facts.ts';
import { sentenceOf } from '../electron/cli/text.ts';
import { Ways } from '../electron/cli/ways.ts';
import { Facts as WindowFacts } from '../renderer/text/facts.ts';
import { createFormat } from '../renderer/text/format.ts';
import { languages } from '../renderer/text/language.ts';
import { texts } from '../renderer/text/text.ts';
import { repairLabel } from '../renderer/views/files/repair-label.ts';

const key = 'arn:aws:kms:eu-central-1:111122223333:key/1';
const copy = { created: '2026-01-01T00:00:00Z', kept: '2026-01-01T00:00:00Z', keys: [] };
const denied = { code: 'kms-access-denied', details: { action: 'Decrypt', key } };

/** Details that change what mends an error, or what is said about it. */
const samples: readonly ErrorDetails[] = [
  {},
  { path: 'a/b', body: 'a.enc', expected: 'b.enc', key, region: 'eu-central-1', action: 'Decrypt' },
  { action: 'GenerateDataKey', key: 'alias/a', connection: 'work', profile: 'work' },
  { body: 'notes.txt', length: 12, missing: 3, offset: 7, copy },
  {
    attempts: [
      { provider: 'age', key: 'age1a' },
      { provider: 'aws-kms', key, error: denied },
    ],
  },
  { attempts: [{ provider: 'local', key: 'local:a', error: { code: 'key-not-found', details: {} } }], copy },
  { needed: 9_400, free: 6_200, errno: 'EEXIST' },
  { errno: 'EDQUOT' },
  { errno: 'EISDIR', inPlace: 'yes', startUrl: 'https://a.awsapps.com/start' },
  { errno: 'ENOTDIR', reason: 'not UTF-8', name: 'ConflictException' },
  { name: 'AlreadyExistsException', kind: 'short', group: 3, by: 1 },
];

const operations: readonly Operation[] = ['seal', 'open', 'verify'];
const cases = errorCodes.flatMap((code) =>
  operations.flatMap((operation) => samples.map((details) => ({ code, operation, details }))),
);

describe.each(errorCodes)('%s', (code) => {
  const own = cases.filter((one) => one.code === code);

  it('has something to press, or a reason why there is nothing', () => {
    for (const { operation, details } of own) {
      const repairs = repairsOf({ code, details }, operation);
      const because = noRepairBecause({ code, details }, operation);
      expect(repairs.length > 0, JSON.stringify({ operation, details })).toBe(because === undefined);
      // Nothing is offered twice.
      expect(new Set(repairs.map((repair) => JSON.stringify(repair))).size).toBe(repairs.length);
    }
  });

  it.each(languages)('says in %s what happened and what to do, and what each button does', (language) => {
    const text = texts[language];
    const format = createFormat(language);
    for (const { operation, details } of own) {
      const { what, next } = text.errors[code](new WindowFacts(details, format));
      expect(what).not.toBe('');
      expect(next).not.toBe('');
      const labels = repairsOf({ code, details }, operation).map((repair) =>
        repairLabel(repair, { text, format }),
      );
      expect(labels).not.toContain('');
      expect(labels.every((label) => typeof label === 'string')).toBe(true);
      // Two buttons that say the same could not be told apart.
      expect(new Set(labels).size).toBe(labels.length);
    }
  });

  it('says on the command line what the window offers to press', () => {
    for (const { operation, details } of own) {
      const { what, next } = sentenceOf({ code, details }, operation);
      expect(what).not.toBe('');
      expect(next).toMatch(/^\S.*[.)]$/u);
      expect(next).not.toMatch(/\.\.|, or \.|undefined/);
      for (const way of new Ways(repairsOf({ code, details }, operation), new Facts(details)).phrases) {
        expect(next.toLowerCase(), `${operation} ${JSON.stringify(details)}`).toContain(way.toLowerCase());
      }
    }
  });
});

it('what a person is told to type is there to be typed', () => {
  const folder = path.join(import.meta.dirname, '..', 'electron', 'cli');
  const commands = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(?:commands[/\\].*|options)\.ts$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
  const said = new Set(cases.map((one) => sentenceOf(one, one.operation).next));
  const options = new Set([...said].flatMap((next) => next.match(/--[a-z][a-z-]*[a-z]/g) ?? []));
  options.delete('--help');
  expect(options.size).toBeGreaterThan(10);
  for (const option of options) expect(commands, option).toContain(option);
  // Nor is a person at a terminal told to press what only the window has.
  for (const next of said) expect(next).not.toMatch(/\b(?:click|press|button|in Settings)\b/i);
});
