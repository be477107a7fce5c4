/** @file A change of who can open, acted: an archive whose old key gives way to a new one. */
import {
  type AccessLeft,
  type AccessOutcome,
  type AccessState,
  type AccessView,
} from '../../shared/access-view.ts';
import type { Routes } from '../../shared/contract.ts';
import type { AccessResult, RewrapPlan } from '../../shared/rewrap.ts';
import type { Events } from './events.ts';

const old = 'arn:aws:kms:eu-central-1:111122223333:key/2f1c7a3e-0b6d-4a53-9a55-0d1c5b0b6a11';
const fresh = 'arn:aws:kms:eu-central-1:111122223333:key/d5ba87f6-c852-452a-8acf-2ddad6e1fc6e';
const names = { [old]: 'alias/old', [fresh]: 'alias/contracts' };
const TICK_MS = 150;

const counts = { failed: 3, changed: 806, already: 49 };

const fileAt = (state: AccessState, index: number): AccessResult => ({
  path: `/Volumes/Archive/Contracts/${2019 + (index % 8)}/Contract ${index + 1}.pdf.envelope`,
  name: `Contract ${index + 1}.pdf`,
  state,
  ...(state === 'changed' ? { added: [fresh], removed: [old] } : {}),
  ...(state === 'failed'
    ? { error: { code: 'kms-key-disabled', message: '', details: { key: old, state: 'Disabled' } } }
    : {}),
});

const view: AccessView = {
  id: 'change',
  stage: 'choosing',
  work: 'rewrap',
  places: ['Contracts'],
  seen: 0,
  names,
  found: {
    envelopes: 858,
    keys: [
      { provider: 'aws-kms', key: old, name: 'alias/old', envelopes: 809 },
      { provider: 'local', key: 'local:AAAAAAAAAAAAAAAAAAAAAA', name: 'Office', envelopes: 49 },
    ],
    moreKeys: 0,
    unreadable: 0,
    impossible: [],
  },
};

const plan: RewrapPlan = {
  work: 'rewrap',
  envelopes: 858,
  changing: 806,
  already: 49,
  inside: 760,
  impossible: [],
  calls: { ReEncrypt: 760, GenerateDataKey: 0, Encrypt: 46, Decrypt: 46 },
  keys: view.found?.keys ?? [],
  moreKeys: 0,
  lockedOut: 0,
  unreadable: 0,
  accounts: [],
  sharing: 0,
  bytes: 0,
};

const outcome: AccessOutcome = {
  run: '0b6d2f1c-7a3e-4a53-9a55-0d1c5b0b6a11',
  started: '2026-11-23T16:20:00.000Z',
  complete: true,
  counts,
  listed: counts,
  canAskKms: true,
  proof: {
    at: '2026-11-23T16:24:00.000Z',
    envelopes: 858,
    keys: [old],
    named: { count: 3, first: [0, 1, 2].map((index) => fileAt('failed', index).path) },
    opens: { count: 0, first: [] },
    copies: { count: 0, first: [] },
    tried: { here: 0, kms: 0 },
    untried: 858,
    unreadable: 0,
    unread: { count: 0, first: [] },
  },
};

const left: AccessLeft = {
  run: outcome.run,
  work: 'rewrap',
  started: outcome.started,
  places: ['Contracts'],
  names,
  chosen: { add: [], remove: [], replace: [{ from: old, to: fresh }] },
  changed: 412,
  failed: 0,
  interrupted: true,
};

export function accessRoutes(params: URLSearchParams, events: Events) {
  let now: AccessView | undefined;
  let remaining = params.get('access') === 'left' ? [left] : [];
  let paused = false;
  let timer: ReturnType<typeof setInterval> | undefined;
  const tell = (next: AccessView | undefined): void => {
    now = next;
    events.tell('accessChanged', next);
  };
  const run = (): void => {
    let changed = 0;
    clearInterval(timer);
    timer = setInterval(() => {
      if (!paused) changed = Math.min(counts.changed, changed + 40);
      const over = changed === counts.changed;
      if (over) clearInterval(timer);
      const state = paused ? 'paused' : 'running';
      const progress = {
        state,
        envelopes: 858,
        changed,
        already: 49,
        failed: 3,
        bytes: 0,
        doneBytes: 0,
      } as const;
      const { found: _found, ...rest } = view;
      tell(over ? { ...rest, stage: 'ended', outcome } : { ...rest, stage: 'running', progress });
    }, TICK_MS);
  };
  return {
    lookAtAccess: () => {
      tell(view);
    },
    access: () => now,
    planAccess: ({ work }) => {
      const chosen = { add: [], remove: [], replace: [{ from: old, to: fresh }] };
      tell({ ...view, work, stage: 'planned', chosen, plan: { ...plan, work } });
    },
    startAccess: run,
    pauseAccess: (what) => {
      paused = what === 'pause';
    },
    cancelAccess: () => {
      clearInterval(timer);
      tell(now?.stage === 'planned' ? view : undefined);
    },
    accessFiles: (state, from, count) =>
      Array.from({ length: Math.min(count, counts[state] - from) }, (_, n) => fileAt(state, from + n)),
    showAccessFile: () => {},
    grantAccessFile: () => ({ grants: [], refused: [] }),
    proveAccess: () => {},
    saveAccessReport: ({ as }) => `who-can-open.${as === 'json' ? 'json' : 'txt'}`,
    accessLeft: () => remaining,
    resumeAccess: run,
    forgetAccess: () => (remaining = []),
  } satisfies Partial<Routes>;
}
