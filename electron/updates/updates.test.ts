import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EnvelopeError } from '../../shared/errors.ts';
import type { UpdateState } from '../../shared/updates.ts';
import { type Updater, Updates, type UpdatesOptions } from './updates.ts';

const NOW = '2026-11-26T04:00:00.000Z';

let told: UpdateState[];
let installed: number;
let updates: Updates | undefined;

beforeEach(() => {
  told = [];
  installed = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  updates?.[Symbol.dispose]();
  vi.useRealTimers();
});

const newer: Updater = {
  look: async () => await Promise.resolve('1.2.3'),
  load: async (onProgress) => {
    onProgress(0.5);
    await Promise.resolve();
  },
  install: () => void (installed += 1),
};

function make(options: Partial<UpdatesOptions> = {}): Updates {
  updates = new Updates({
    updater: async () => await Promise.resolve(newer),
    isManaged: async () => await Promise.resolve(false),
    looksByItself: async () => await Promise.resolve(true),
    isBusy: () => false,
    tell: (state) => void told.push(state),
    onError: () => {},
    now: () => new Date(NOW),
    ...options,
  });
  return updates;
}
const kinds = (): string[] => told.map(({ kind }) => kind);

describe('a newer version', () => {
  it('is found, loaded and installed, each when it is asked for', async () => {
    const own = make();
    expect(await own.state()).toEqual({ kind: 'idle' });
    await own.look();
    expect(await own.state()).toEqual({ kind: 'found', version: '1.2.3' });
    await own.load();
    expect(told).toEqual([
      { kind: 'looking' },
      { kind: 'found', version: '1.2.3' },
      { kind: 'loading', version: '1.2.3', fraction: 0 },
      { kind: 'loading', version: '1.2.3', fraction: 0.5 },
      { kind: 'ready', version: '1.2.3' },
    ]);
    expect(installed).toBe(0);
    own.install();
    expect(installed).toBe(1);
  });

  it('is not there: when that was seen is told', async () => {
    const own = make({
      updater: async () =>
        await Promise.resolve({ ...newer, look: async () => await Promise.resolve(undefined) }),
    });
    await own.look();
    expect(await own.state()).toEqual({ kind: 'newest', looked: NOW });
    await own.load();
    own.install();
    expect(installed).toBe(0);
  });

  it('is never installed in the middle of work, and stays ready', async () => {
    let busy = true;
    const own = make({ isBusy: () => busy });
    await own.look();
    await own.load();
    expect(() => own.install()).toThrow(expect.objectContaining({ code: 'update-busy' }));
    expect(await own.state()).toEqual({ kind: 'ready', version: '1.2.3' });
    busy = false;
    own.install();
    expect(installed).toBe(1);
  });

  it('is looked for once at a time', async () => {
    const look = vi.fn<Updater['look']>(newer.look);
    const own = make({ updater: async () => await Promise.resolve({ ...newer, look }) });
    await Promise.all([own.look(), own.look()]);
    expect(look).toHaveBeenCalledTimes(1);
  });
});

describe('a failure', () => {
  it('keeps its code, and what failed can be tried again', async () => {
    const look = vi
      .fn<Updater['look']>(newer.look)
      .mockRejectedValueOnce(new EnvelopeError('update-untrusted', 'refused'))
      .mockRejectedValueOnce(new Error('ENOTFOUND updates.example'));
    const own = make({ updater: async () => await Promise.resolve({ ...newer, look }) });
    await own.look();
    expect(await own.state()).toMatchObject({ kind: 'failed', error: { code: 'update-untrusted' } });
    await own.look();
    const state = await own.state();
    expect(state).toMatchObject({ kind: 'failed', error: { code: 'update-failed' } });
    expect(JSON.stringify(state)).not.toContain('ENOTFOUND');
    await own.look();
    expect(await own.state()).toEqual({ kind: 'found', version: '1.2.3' });
  });

  it('while loading leaves nothing to install', async () => {
    const load = async () => await Promise.reject(new Error('sha512 checksum mismatch'));
    const own = make({ updater: async () => await Promise.resolve({ ...newer, load }) });
    await own.look();
    await own.load();
    expect(await own.state()).toMatchObject({ kind: 'failed', error: { code: 'update-failed' } });
    own.install();
    expect(installed).toBe(0);
  });
});

describe('where nothing is looked for', () => {
  it.each(['no-feed', 'package'] as const)('says why: %s', async (why) => {
    const own = make({ updater: async () => await Promise.resolve(why) });
    await own.look();
    await own.load();
    expect(await own.state()).toEqual({ kind: 'off', why });
    expect(told).toEqual([]);
  });

  it('an administrator has said so: nothing is even set up', async () => {
    const updater = vi.fn<UpdatesOptions['updater']>(async () => await Promise.resolve(newer));
    const own = make({ updater, isManaged: async () => await Promise.resolve(true) });
    await own.look();
    await vi.advanceTimersByTimeAsync(90_000);
    expect(await own.state()).toEqual({ kind: 'off', why: 'managed' });
    expect(updater).not.toHaveBeenCalled();
  });
});

describe('by itself', () => {
  it('looks a minute after the start, then once a day, and loads nothing', async () => {
    const look = vi.fn<Updater['look']>(newer.look).mockResolvedValue(undefined);
    make({ updater: async () => await Promise.resolve({ ...newer, look }) });
    await vi.advanceTimersByTimeAsync(59_000);
    expect(look).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(look).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(24 * 60 * 60 * 1000);
    expect(look).toHaveBeenCalledTimes(2);
    expect(kinds()).toEqual(['looking', 'newest', 'looking', 'newest']);
  });

  it('does not where it is not wanted, or has been ended', async () => {
    const look = vi.fn<Updater['look']>(newer.look);
    const updater = async () => await Promise.resolve({ ...newer, look });
    make({ updater, looksByItself: async () => await Promise.resolve(false) });
    await vi.advanceTimersByTimeAsync(90_000);
    make({ updater })[Symbol.dispose]();
    await vi.advanceTimersByTimeAsync(90_000);
    expect(look).not.toHaveBeenCalled();
  });
});
