import { expect, it } from 'vitest';
import type { AccessView } from '../../shared/access-view.ts';
import { accessToTaskbar } from './access-taskbar.ts';
import { Taskbar } from './taskbar.ts';

const view: AccessView = { id: 'a', stage: 'running', work: 'rewrap', places: [], seen: 0, names: {} };
const progress = {
  state: 'waiting',
  envelopes: 10,
  changed: 3,
  already: 1,
  failed: 1,
  bytes: 0,
  doneBytes: 0,
} as const;

it('a change of who can open is shown on the taskbar while it runs, and nothing is said of files', () => {
  const shown: (number | undefined)[] = [];
  const told: unknown[] = [];
  const taskbar = new Taskbar({
    showProgress: (fraction) => shown.push(fraction),
    isInSight: () => false,
    notify: (what) => told.push(what),
  });
  const take = accessToTaskbar(taskbar.onJobs);
  take(undefined);
  take({ ...view, stage: 'planned' });
  expect(shown).toEqual([]);
  take({ ...view, progress });
  take({ ...view, progress: { ...progress, bytes: 100, doneBytes: 80 } });
  take({ ...view, stage: 'proving' });
  take({ ...view, stage: 'ended' });
  expect(shown).toEqual([0.5, 0.8, undefined]);
  expect(told).toEqual([]);
});
