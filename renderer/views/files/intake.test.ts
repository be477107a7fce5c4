import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../../shared/contract.ts';
import type { Grant, Granted, Plan } from '../../../shared/desktop.ts';
import { defaultSettings } from '../../../shared/settings.ts';
import { provideClient } from '../../client.ts';
import { createDouble } from '../../double/double.ts';
import { notices } from '../../store/notices.ts';
import { settings } from '../../store/settings.ts';
import { chosen } from './choices.ts';
import { endIntake, intake, startParts, takeIn } from './intake.ts';

const grant = (name: string, kind: Grant['kind'] = 'file'): Grant => ({ id: name, name, kind, size: 1 });
const granted = (...grants: Grant[]): Granted => ({ grants, refused: [] });

/** The double, with what it was asked to start and the plan it answers. */
function watched(plan: Partial<Plan> = {}) {
  const started: Parameters<Client['start']>[0][] = [];
  const double = createDouble(new URLSearchParams('double=empty'));
  provideClient({
    ...double,
    plan: async ({ operation, grants }) =>
      await Promise.resolve({
        ok: true as const,
        value: {
          operation,
          files: grants.length,
          bytes: 1,
          space: { folder: '/', needed: 1, free: 2, enough: true },
          taken: { count: 0, first: [] },
          ...plan,
        },
      }),
    start: async (request) => {
      started.push(request);
      return await Promise.resolve({ ok: true as const, value: 'b' });
    },
  });
  return started;
}

describe('takeIn', () => {
  beforeEach(() => {
    endIntake();
    notices.set([]);
    chosen.set({});
    settings.set({ settings: defaultSettings, secrets: {}, keyStore: { kind: 'none' }, policies: [] });
  });

  it('starts a small drop at once, with the choices of the line', async () => {
    const started = watched();
    chosen.set({ keys: ['local:a'], to: { grant: 'folder', name: 'Sealed' } });
    await takeIn(granted(grant('a.txt')), 'when-large');
    expect(started).toEqual([
      {
        operation: 'seal',
        grants: ['a.txt'],
        choices: {
          keys: ['local:a'],
          labels: {},
          hideNames: false,
          archive: false,
          to: 'folder',
          collision: 'keep-both',
          binOriginals: false,
          again: false,
          chosen: ['keys'],
        },
      },
    ]);
    expect(intake.get().kind).toBe('none');
  });

  it('shows what a folder’s policy says before it starts, however small the drop', async () => {
    const policies = [{ path: '/p', files: 1, bytes: 1, keys: [], labels: {}, hideNames: true }];
    const started = watched({ policies });
    await takeIn(granted(grant('a.txt')), 'when-large');
    expect(started).toEqual([]);
    expect(intake.get()).toMatchObject({ kind: 'plan', parts: [{ plan: { policies } }] });
  });

  it('shows the card of one envelope and starts nothing', async () => {
    const started = watched();
    await takeIn(granted(grant('a.envelope', 'envelope')), 'when-large');
    expect(intake.get().kind).toBe('card');
    expect(started).toEqual([]);
  });

  it('does both with a mixed drop, and says so', async () => {
    const started = watched();
    await takeIn(granted(grant('a.txt'), grant('b.envelope', 'envelope')), 'when-large');
    expect(started.map(({ operation }) => operation)).toEqual(['seal', 'open']);
    expect(notices.get()).toHaveLength(1);
  });

  it('asks before it opens what the system handed over', async () => {
    const started = watched();
    await takeIn(granted(grant('a.envelope', 'envelope'), grant('b.envelope', 'envelope')), 'always');
    expect(intake.get().kind).toBe('plan');
    expect(started).toEqual([]);
  });

  it('asks about names that are taken, and does with all of them what was chosen', async () => {
    const started = watched({ taken: { count: 1, first: ['a'] } });
    await takeIn(granted(grant('a.txt')), 'when-large');
    const now = intake.get();
    expect(now.kind).toBe('plan');
    if (now.kind === 'plan') await startParts(now.parts, 'replace');
    expect(started.map(({ choices }) => 'collision' in choices && choices.collision)).toEqual(['replace']);
    expect(intake.get().kind).toBe('none');
  });

  it('lets what comes later join the plan that waits', async () => {
    const started = watched({ taken: { count: 1, first: ['a'] } });
    await Promise.all([
      takeIn(granted(grant('a.txt')), 'when-large'),
      takeIn(granted(grant('b.txt')), 'when-large'),
    ]);
    const now = intake.get();
    expect(now.kind === 'plan' && now.parts.map((part) => part.request.grants)).toEqual([['a.txt', 'b.txt']]);
    expect(started).toEqual([]);
  });

  it('makes one plan of what the system hands over in one go, though some of it comes late', async () => {
    const started = watched();
    for (const name of ['a', 'b', 'c']) {
      await takeIn(granted(grant(`${name}.envelope`, 'envelope')), 'always');
    }
    const now = intake.get();
    expect(now.kind === 'plan' && now.parts.map((part) => part.request.grants)).toEqual([
      ['a.envelope', 'b.envelope', 'c.envelope'],
    ]);
    expect(started).toEqual([]);
  });

  it('shows another card for the same file opened twice, for one that is dropped, and for one much later', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    watched();
    const hand = async (name: string) => await takeIn(granted(grant(name, 'envelope')), 'always');
    const shown = (): string | false => {
      const now = intake.get();
      return now.kind === 'card' && now.grant.name;
    };
    await hand('a.envelope');
    await hand('a.envelope');
    expect(shown()).toBe('a.envelope');
    await takeIn(granted(grant('b.envelope', 'envelope')), 'when-large');
    expect(shown()).toBe('b.envelope');
    await hand('c.envelope');
    vi.advanceTimersByTime(2_000);
    await hand('d.envelope');
    expect(shown()).toBe('d.envelope');
    vi.useRealTimers();
  });

  it('says once what was refused, and goes on with the rest', async () => {
    const started = watched();
    const error = { code: 'source-missing' as const, message: '', details: {} };
    const refused = ['x', 'y'].map((name) => ({ name, error }));
    await takeIn({ grants: [grant('a.txt')], refused }, 'when-large');
    expect(notices.get()).toHaveLength(1);
    expect(started).toHaveLength(1);
  });

  it('keeps an open card when nothing could be taken in', async () => {
    watched();
    await takeIn(granted(grant('a.envelope', 'envelope')), 'when-large');
    await takeIn(granted(), 'when-large');
    expect(intake.get().kind).toBe('card');
  });
});
