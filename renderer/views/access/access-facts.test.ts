import { describe, expect, it } from 'vitest';
import type { AccessOutcome, AccessView } from '../../../shared/access-view.ts';
import type { AccessProof } from '../../../shared/rewrap.ts';
import { createFormat } from '../../text/format.ts';
import { languages } from '../../text/language.ts';
import { texts } from '../../text/text.ts';
import {
  callsText,
  changeLines,
  fileFacts,
  progressFacts,
  progressShare,
  proofLines,
} from './access-facts.ts';
import { aboveLines, fileLines, type ReportWords } from './report-text.ts';

const format = createFormat('en');
const text = texts.en.access;
const titleOf = (key: string): string => key.toUpperCase();
const nothing = { count: 0, first: [] };
const proof: AccessProof = {
  at: '2026-11-23T16:24:00.000Z',
  envelopes: 3,
  keys: ['a'],
  named: nothing,
  opens: nothing,
  copies: nothing,
  tried: { here: 0, kms: 0 },
  untried: 0,
  unreadable: 0,
  unread: nothing,
};
const progress = {
  state: 'running',
  envelopes: 10,
  changed: 3,
  already: 1,
  failed: 1,
  bytes: 0,
  doneBytes: 0,
} as const;

describe('what was chosen', () => {
  it('is told key by key', () => {
    const chosen = { add: ['a', 'b'], remove: ['c'], replace: [{ from: 'd', to: 'e' }] };
    expect(changeLines({ work: 'rewrap', chosen }, titleOf, text, format)).toEqual([
      'Replaced: D by E',
      'Added: A and B',
      'Removed: C',
    ]);
    expect(
      changeLines({ work: 'reseal', chosen: { ...chosen, remove: [], replace: [] } }, titleOf, text, format),
    ).toEqual(['Sealed with A and B']);
  });
});

describe('how far it is', () => {
  it('goes by envelopes, and by bytes where bodies are written', () => {
    expect(progressShare(progress)).toBe(0.5);
    expect(progressShare({ ...progress, bytes: 100, doneBytes: 20 })).toBe(0.2);
    expect(progressShare({ ...progress, envelopes: 0 })).toBe(0);
  });

  it('tells no time left while it is paused', () => {
    const words = { text: texts.en, format };
    expect(progressFacts({ ...progress, secondsLeft: 180 }, words)).toEqual([
      '5 of 10',
      '1 failed',
      'about 3 minutes left',
    ]);
    expect(progressFacts({ ...progress, state: 'paused', secondsLeft: 180 }, words)).toHaveLength(2);
  });

  it('names the calls of a KMS by kind', () => {
    const none = { ReEncrypt: 0, GenerateDataKey: 0, Encrypt: 0, Decrypt: 0 };
    expect(callsText(none, text, format)).toBe('None');
    expect(callsText({ ...none, ReEncrypt: 760, Decrypt: 1 }, text, format)).toBe(
      '760 × ReEncrypt and 1 × Decrypt',
    );
  });
});

describe('the proof', () => {
  it('says no more than was looked at', () => {
    const lines = proofLines({ ...proof, untried: 3 }, titleOf, text, format);
    expect(lines.map(({ what }) => what)).toEqual([
      '3 envelopes read again after the change, for A.',
      text.proofUnnamed,
      text.proofNotTried,
      '3 entries could not be tried with a removed key, so only their names are known.',
    ]);
    expect(lines.some(({ bad }) => bad)).toBe(false);
  });

  it('tells what is still there, with the first of it', () => {
    const some = (path: string) => ({ count: 2, first: [path] });
    const found = {
      ...proof,
      named: some('/n'),
      opens: some('/o'),
      copies: some('/c'),
      unread: some('/u'),
    };
    const bad = proofLines(found, titleOf, text, format).filter((line) => line.bad);
    expect(bad.flatMap(({ first }) => first)).toEqual(['/n', '/o', '/c', '/u']);
  });
});

describe.each(languages)('the report in %s', (language) => {
  const words: ReportWords = {
    text: texts[language],
    format: createFormat(language),
    explain: () => ({ what: 'What.', next: 'Next.' }),
    noted: () => 'Noted.',
    titleOf,
  };
  const view: AccessView = {
    id: 'v',
    stage: 'ended',
    work: 'rewrap',
    places: ['Archive\u202e'],
    seen: 0,
    chosen: { add: [], remove: ['a'], replace: [] },
    names: {},
  };
  const outcome: AccessOutcome = {
    run: 'r',
    started: '2026-11-23T16:20:00.000Z',
    complete: false,
    counts: { failed: 1, changed: 2, already: 0 },
    listed: { failed: 1, changed: 2, already: 0 },
    proof,
    canAskKms: false,
  };

  it('says what was chosen, how it ended, what was proved, and what it does not do', () => {
    const lines = aboveLines(view, outcome, words);
    const { access } = words.text;
    for (const line of [access.reportTitle.rewrap, access.incomplete, access.proof, access.limits.rewrap]) {
      expect(lines).toContain(line);
    }
    expect(lines.join('\n')).not.toMatch(/undefined|\u202e/);
  });

  it('tells of each envelope what became of it', () => {
    const error = { code: 'kms-key-disabled', message: '', details: {} } as const;
    expect(fileLines({ path: '/a\n', state: 'failed', error }, words)).toEqual([
      '  /a\ufffd',
      '    What.',
      '    Next.',
    ]);
    const facts = fileFacts(
      {
        path: '/a',
        state: 'changed',
        added: ['b'],
        verified: false,
        requestIds: ['q'],
        notes: [{ code: 'run-kept' }],
      },
      titleOf,
      words,
    );
    expect(facts).toHaveLength(4);
    expect(facts[0]).toContain('B');
  });
});
