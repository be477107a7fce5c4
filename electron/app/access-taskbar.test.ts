import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AccessView } from '../../shared/access-view.ts';
import { accessToTaskbar } from './access-taskbar.ts';
import { Taskbar } from './taskbar.ts';

const view: AccessView = { id: 'a', stage: 'running', work: 'rewrap', places: [], seen: 0, names: {} };
const progress = {
  state: 'running',
  envelopes: 10,
  changed: 3,
  already: 1,
  failed: 1,
  bytes: 0,
  doneBytes: 0,
} as const;

const outcome = {
  run: 'r',
  started: '',
  complete: true,
  counts: { changed: 8, already: 1, failed: 1 },
  listed: { changed: 8, already: 1, failed: 1 },
  canAskKms: false,
};
let shown: (number | undefined)[];
let told: unknown[];
let take: (view: AccessView | undefined) => void;

beforeEach(() => {
  vi.useFakeTimers();
  shown = [];
  told = [];
  const taskbar = new Taskbar({
    showProgress: (fraction) => shown.push(fraction),
    isInSight: () => false,
    notify: (what) => told.push(what),
  });
  take = accessToTaskbar(taskbar.onJobs);
});

afterEach(() => {
  vi.useRealTimers();
});

it('a change of who can open is shown on the taskbar until it is proved; a short one ends without a word', () => {
  take(undefined);
  take({ ...view, stage: 'planned' });
  expect(shown).toEqual([]);
  take({ ...view, progress });
  take({ ...view, progress: { ...progress, bytes: 100, doneBytes: 80 } });
  take({ ...view, stage: 'proving' });
  take({ ...view, stage: 'ended', outcome });
  expect(shown).toEqual([0.4, 0.8, undefined]);
  expect(told).toEqual([]);
});

it('a long one that ends out of sight says so, with what became of the envelopes', () => {
  take({ ...view, progress });
  vi.advanceTimersByTime(11_000);
  take({ ...view, stage: 'proving' });
  expect(told).toEqual([]);
  take({ ...view, stage: 'ended', outcome });
  take({ ...view, stage: 'ended', outcome });
  expect(told).toEqual([{ kind: 'ended', operation: 'rewrap', done: 8, failed: 1, broken: false }]);
});

it('one that a session broke off says so, one that the user stopped does not', () => {
  const error = { code: 'credentials-expired', message: '', details: {} } as const;
  const incomplete = { ...outcome, complete: false };
  take({ ...view, work: 'reseal', progress });
  vi.advanceTimersByTime(11_000);
  take({ ...view, work: 'reseal', stage: 'ended', outcome: incomplete, error });
  expect(told).toEqual([{ kind: 'ended', operation: 'reseal', done: 8, failed: 1, broken: true }]);
  take({ ...view, progress });
  vi.advanceTimersByTime(11_000);
  take({ ...view, stage: 'ended', outcome: incomplete });
  expect(told).toHaveLength(1);
  expect(shown.at(-1)).toBeUndefined();
});

it('that it waits for an answer is said once', () => {
  take({ ...view, progress });
  take({ ...view, progress: { ...progress, state: 'waiting' } });
  take({ ...view, progress: { ...progress, state: 'waiting' } });
  expect(told).toEqual([{ kind: 'waits', operation: 'rewrap' }]);
});
