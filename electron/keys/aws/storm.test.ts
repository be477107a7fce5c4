import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EnvelopeError } from '../../../shared/errors.ts';
import { Storm } from './storm.ts';

const callMs = 100;
const silentMs = 50;
const call = { action: 'Decrypt', key: 'k', region: 'eu-central-1' };
const busy = () => Promise.reject(new EnvelopeError('kms-unavailable', 'busy'));
const well = () => Promise.resolve('answer');
const stormy = { code: 'kms-unavailable', details: { storm: true } };

let storm: Storm;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  storm = new Storm({ callMs, silentMs });
});
afterEach(() => {
  vi.useRealTimers();
});

const later = (ms: number): void => {
  vi.advanceTimersByTime(ms);
};

/** Refused again and again for two limits of a call. */
async function refusedForLong(): Promise<void> {
  for (let n = 0; n < 3; n += 1) {
    await expect(storm.pass(call, busy, {})).rejects.toThrow('busy');
    later(callMs);
  }
}

/** A call that is answered when the test says so. */
function held() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return {
    ask: vi.fn<() => Promise<string>>(() => promise),
    resolve,
    fail: () => reject(new EnvelopeError('kms-unavailable', 'busy')),
  };
}

describe('a service that refuses everything for two limits of a call', () => {
  beforeEach(refusedForLong);

  it('is tried by one call, and the others share that it fails', async () => {
    const trial = held();
    const first = storm.pass(call, trial.ask, {});
    const ask = vi.fn<() => Promise<string>>(well);
    const others = Promise.allSettled(
      Array.from({ length: 30 }, async () => await storm.pass(call, ask, {})),
    );
    trial.fail();
    await expect(first).rejects.toThrow('busy');
    for (const other of await others) expect(other).toMatchObject({ status: 'rejected', reason: stormy });
    expect(ask).not.toHaveBeenCalled();
  });

  it('is asked by all again once the one call was answered', async () => {
    const trial = held();
    const first = storm.pass(call, trial.ask, {});
    const others = Promise.all(Array.from({ length: 30 }, async () => await storm.pass(call, well, {})));
    trial.resolve('first');
    expect(await first).toBe('first');
    expect(await others).toEqual(Array.from({ length: 30 }, () => 'answer'));
  });

  it('is left in peace for a while after a trial that failed, then tried again', async () => {
    await expect(storm.pass(call, busy, {})).rejects.toThrow('busy');
    const ask = vi.fn<() => Promise<string>>(well);
    await expect(storm.pass(call, ask, {})).rejects.toMatchObject(stormy);
    expect(ask).not.toHaveBeenCalled();
    later(silentMs);
    expect(await storm.pass(call, ask, {})).toBe('answer');
  });

  it('is tried by another call where the one was cancelled', async () => {
    const trial = held();
    const abort = new AbortController();
    const first = storm.pass(call, trial.ask, { abortSignal: abort.signal });
    const second = storm.pass(call, well, {});
    abort.abort();
    trial.fail();
    await expect(first).rejects.toThrow('busy');
    expect(await second).toBe('answer');
  });

  it('is not waited for by who is cancelled', async () => {
    const trial = held();
    const first = storm.pass(call, trial.ask, {});
    const abort = new AbortController();
    const second = storm.pass(call, well, { abortSignal: abort.signal });
    abort.abort();
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
    trial.resolve('first');
    await first;
  });

  it('refuses no other key and no other region', async () => {
    expect(await storm.pass({ ...call, key: 'other' }, well, {})).toBe('answer');
    expect(await storm.pass({ ...call, region: 'eu-west-1' }, well, {})).toBe('answer');
  });

  it.each([['an hour', 3_600_000]])('is asked as ever %s later', async (_, ms) => {
    later(ms);
    const asks = [vi.fn<() => Promise<string>>(well), vi.fn<() => Promise<string>>(well)];
    await Promise.all(asks.map(async (ask) => await storm.pass(call, ask, {})));
    for (const ask of asks) expect(ask).toHaveBeenCalled();
  });
});

it.each([
  ['an answer', well],
  ['a refusal of another kind', () => Promise.reject(new EnvelopeError('kms-access-denied', 'denied'))],
])('%s between shows that it answers', async (_, between) => {
  await refusedForLong();
  await storm.pass(call, between, {}).catch(() => {});
  await expect(storm.pass(call, busy, {})).rejects.toThrow('busy');
  expect(await storm.pass(call, well, {})).toBe('answer');
});
