import { describe, expect, it } from 'vitest';
import { BatchReport, type Deed } from './batch-report.ts';
import { Screen } from './screen.ts';

const deed: Deed<{ to: string }> = {
  operation: 'seal',
  done: 'sealed',
  line: ({ to }) => ` → ${to}`,
  record: ({ to }, { path }) => ({ path, to }),
  goOn: 'Go on with --skip.',
};

function report(json: boolean, quiet = false) {
  const lines = { out: [] as string[], err: [] as string[] };
  const out = { write: (text: string) => lines.out.push(text) };
  const err = { write: (text: string) => lines.err.push(text) };
  return { ...lines, report: new BatchReport(new Screen({ out, err }, { quiet }), deed, json) };
}

const item = (index: number, path: string) => ({ index, path, size: 10 });
const failed = { code: 'source-missing', message: 'no', details: { path: 'b\u001b' } } as const;

function run(batch: BatchReport<{ to: string }>): void {
  batch.onEvent({ type: 'total', files: 4, bytes: 40 });
  batch.onEvent({ type: 'started', item: item(0, 'a') });
  batch.onEvent({
    type: 'ended',
    item: item(0, 'a'),
    outcome: { state: 'done', value: { to: 'a.envelope' } },
  });
  batch.onEvent({ type: 'ended', item: item(1, 'b\u001b'), outcome: { state: 'failed', error: failed } });
  batch.onEvent({ type: 'ended', item: item(2, 'c'), outcome: { state: 'skipped', name: 'c' } });
  batch.onEvent({ type: 'left-out', what: { path: 'link', why: 'link' } });
  const cancelled = { code: 'cancelled', message: '', details: {} } as const;
  batch.onEvent({ type: 'ended', item: item(3, 'd'), outcome: { state: 'failed', error: cancelled } });
  batch.finish({ done: 1, skipped: 1, failed: 2, bytes: 10, cancelled: true });
}

describe('BatchReport', () => {
  it('prints results for people, and what failed with what to do', () => {
    const { out, err, report: batch } = report(false);
    run(batch);
    expect(out).toEqual(['sealed a → a.envelope\n']);
    expect(err).toEqual([
      'failed b\\u001b: There is no file “b\\u001b”.\n',
      '  Check the name and the folder.\n',
      'skipped c: the name of its result is taken.\n',
      'left out link: a link, which is not sealed.\n',
      'Cancelled; 1 done, 1 not done. Nothing unfinished was left under a final name.\n',
      'Go on with --skip.\n',
    ]);
    expect(batch.failures).toEqual(['source-missing', 'cancelled']);
  });

  it('prints one JSON line for each result, and no other', () => {
    const { out, report: batch } = report(true);
    run(batch);
    expect(out.map((line) => JSON.parse(line) as unknown)).toEqual([
      { state: 'done', path: 'a', to: 'a.envelope' },
      { state: 'failed', path: 'b\u001b', error: failed },
      { state: 'skipped', path: 'c', name: 'c' },
      { state: 'left-out', path: 'link', why: 'link' },
      { state: 'failed', path: 'd', error: { code: 'cancelled', message: '', details: {} } },
    ]);
  });

  it('sums up what was not cancelled', () => {
    const { err, report: batch } = report(false);
    batch.onEvent({ type: 'left-out', what: { path: 'a.enc', why: 'sealed' } });
    batch.finish({ done: 1, skipped: 1, failed: 1, bytes: 10, cancelled: false });
    expect(err.at(-1)).toBe('1 file sealed, 1 skipped, 1 failed, 1 left out; 10 bytes in 1 second.\n');
  });

  it('counts as not done what a cancel kept from being begun', () => {
    const { err, report: batch } = report(false);
    batch.onEvent({ type: 'total', files: 9, bytes: 90 });
    batch.onEvent({ type: 'left-out', what: { path: 'a.enc', why: 'sealed' } });
    batch.finish({ done: 2, skipped: 1, failed: 0, bytes: 20, cancelled: true });
    expect(err[1]).toContain('2 done, 5 not done');
  });

  it('says that the program stopped, where nobody cancelled', () => {
    const { err, report: batch } = report(false);
    batch.onEvent({ type: 'total', files: 9, bytes: 90 });
    batch.finish({ done: 2, skipped: 0, failed: 0, bytes: 20, cancelled: true }, true);
    expect(err[0]).toContain('Stopped; 2 done, 7 not done.');
    expect(err[1]).toBe('Go on with --skip.\n');
  });

  it('--quiet says only what failed', () => {
    const { out, err, report: batch } = report(false, true);
    run(batch);
    expect([out, err[0]]).toEqual([[], 'failed b\\u001b: There is no file “b\\u001b”.\n']);
    const records = report(true, true);
    run(records.report);
    expect(records.out).toHaveLength(5);
  });
});
