import { beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../shared/desktop.ts';
import { Taskbar } from './taskbar.ts';
import type { Told } from './told.ts';

let progress: (number | undefined)[];
let notices: Told[];
let inSight: boolean;
let taskbar: Taskbar;

beforeEach(() => {
  progress = [];
  notices = [];
  inSight = false;
  taskbar = new Taskbar({
    showProgress: (fraction) => progress.push(fraction),
    isInSight: () => inSight,
    notify: (told) => notices.push(told),
  });
});

const running: Batch = {
  id: 'a',
  operation: 'seal',
  state: 'running',
  files: 4,
  bytes: 100,
  doneFiles: 0,
  failedFiles: 0,
  skippedFiles: 0,
  doneBytes: 0,
  speed: 0,
  started: '2026-11-23T10:00:00.000Z',
  leftOut: 0,
};
const tell = (...batches: Batch[]): void => taskbar.onJobs({ batches, gone: [] });
const ended = (seconds: number, more: Partial<Batch> = {}): Batch => ({
  ...running,
  state: 'ended',
  doneFiles: 3,
  failedFiles: 1,
  ended: new Date(Date.parse(running.started) + seconds * 1000).toISOString(),
  ...more,
});

describe('progress', () => {
  it('is that of all batches at work, and ends with them', () => {
    tell({ ...running, doneBytes: 50 });
    tell({ ...running, id: 'b', bytes: 300, state: 'waiting' });
    tell(ended(1));
    tell(ended(1, { id: 'b', state: 'cancelled' }));
    expect(progress).toEqual([0.5, 50 / 400, 0, undefined]);
  });

  it('counts files while all are empty, and says nothing of batches that are gone', () => {
    tell({ ...running, bytes: 0, doneFiles: 1 });
    tell({ ...running, bytes: 0, files: 0 });
    taskbar.onJobs({ batches: [], gone: ['a'] });
    expect(progress).toEqual([0.25, 0, undefined]);
  });

  it('never exceeds 1', () => {
    tell({ ...running, doneBytes: 101 });
    expect(progress).toEqual([1]);
  });
});

describe('notification', () => {
  it('tells of long work that ended out of sight', () => {
    tell(running);
    tell(ended(11));
    expect(notices).toEqual([{ kind: 'ended', operation: 'seal', done: 3, failed: 1, broken: false }]);
    tell(ended(11));
    expect(notices).toHaveLength(1);
  });

  it('tells nothing of short work, cancelled work, or work in sight', () => {
    tell(running);
    tell(ended(10));
    tell(running);
    tell(ended(60, { state: 'cancelled' }));
    tell(running);
    inSight = true;
    tell(ended(60));
    expect(notices).toEqual([]);
  });

  it('tells once of work that waits for an answer out of sight', () => {
    tell(running);
    tell({ ...running, state: 'waiting' });
    tell({ ...running, state: 'waiting', doneFiles: 1 });
    expect(notices).toEqual([{ kind: 'waits', operation: 'seal' }]);
    tell(running);
    inSight = true;
    tell({ ...running, state: 'waiting' });
    expect(notices).toHaveLength(1);
  });

  it('tells nothing of history', () => {
    tell(ended(60));
    expect(notices).toEqual([]);
  });
});
