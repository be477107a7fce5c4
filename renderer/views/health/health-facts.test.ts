import { describe, expect, it } from 'vitest';
import { healthProblems, keyAnswers, type HealthSummary, type KeyHealth } from '../../../shared/health.ts';
import { createFormat } from '../../text/format.ts';
import { languages } from '../../text/language.ts';
import { texts } from '../../text/text.ts';
import { callsFact, gravityOf, keyFacts, keyName, keyReasons, summaryFacts } from './health-facts.ts';

const text = texts.en.health;
const format = createFormat('en');
const explain = () => ({ what: 'It is so.', next: 'Do this.' });

const key = (more: Partial<KeyHealth> = {}): KeyHealth => ({
  index: 0,
  provider: 'aws-kms',
  key: 'arn:…',
  files: 3,
  opens: 3,
  alone: 0,
  answers: { opens: 3 },
  assumed: 0,
  ...more,
});

const summary: HealthSummary = {
  folders: 2,
  envelopes: 3,
  bytes: 1_200_000,
  opens: 3,
  alone: 1,
  links: 1,
  verified: 0,
  verifiedBytes: 0,
  problems: {},
  keys: [],
  calls: {},
  someLinks: [],
  cancelled: false,
  seconds: 4,
};

describe('the whole', () => {
  it('is told in numbers, without those that are nothing', () => {
    expect(summaryFacts(summary, text, format).join(' · ')).toBe(
      '2 folders · 1.2 MB of sealed files · 1 hangs on a single key · 1 link not followed · in 4 seconds',
    );
    expect(callsFact(summary, text, format)).toBeUndefined();
    expect(callsFact({ ...summary, calls: { DescribeKey: 2, Decrypt: 3 } }, text, format)).toBe(
      'AWS KMS was called 5 times: 2 × state of a key and 3 × may it be opened',
    );
  });
});

describe('a key', () => {
  it('goes by its name here, else by itself, else by its kind', () => {
    expect(keyName(key({ name: 'alias/a' }), text)).toBe('alias/a');
    expect(keyName(key(), text)).toBe('arn:…');
    expect(keyName(key({ key: '' }), text)).toBe('AWS KMS key');
    expect(keyName(key({ key: '', provider: '' }), text)).toBe('Further keys');
  });

  it('says what it opens, and what hangs on it', () => {
    expect(keyFacts(key({ opens: 2, alone: 2, assumed: 1 }), text, format)).toEqual([
      'opens 2 of 3 envelopes now',
      '2 hang on it alone',
      'it would open 1 more, but something else is wrong there',
      '1 was not tried; they count like the others of this key',
    ]);
  });

  it('says why it does not open, with the day on which it will be deleted, the worst first', () => {
    const error = { code: 'kms-offline', message: '', details: {} } as const;
    const until = '2026-12-03T16:20:00.000Z';
    const reasons = keyReasons(
      key({ answers: { unasked: 1, deleting: 2 }, until, error }),
      text,
      format,
      explain,
    );
    expect(reasons.map(({ what }) => what)).toEqual([
      expect.stringContaining(`2: it will be deleted on ${format.time(until)}`),
      '1: it could not be asked. It is so. Do this.',
    ]);
  });

  it('is as grave as what hangs on it', () => {
    expect(gravityOf(key())).toBe('good');
    expect(gravityOf(key({ until: '2026-12-03T16:20:00.000Z' }))).toBe('warning');
    expect(gravityOf(key({ opens: 0, alone: 3, answers: { deleting: 3 } }))).toBe('bad');
    expect(gravityOf(key({ opens: 0, answers: { locked: 3 } }))).toBe('warning');
    expect(gravityOf(key({ opens: 1, alone: 0, answers: { gone: 2, opens: 1 } }))).toBe('warning');
  });
});

describe.each(languages)('in %s', (language) => {
  it('every answer and every problem has words', () => {
    const { health } = texts[language];
    const own = createFormat(language);
    for (const answer of keyAnswers) {
      if (answer === 'opens') continue;
      const [reason] = keyReasons(key({ answers: { [answer]: 2 } }), health, own, explain);
      expect(reason?.what).toMatch(/^2.*[.。]/u);
    }
    for (const problem of healthProblems) expect(health.problem[problem].next).toMatch(/[.。]$/u);
  });
});
