import { describe, expect, it } from 'vitest';
import { Claims } from './claims.ts';
import { MAX_SEGMENTS } from './sizes.ts';

describe('claims', () => {
  it('hand out every segment once, to whoever asks', () => {
    const one = new Claims(5);
    const other = new Claims(5, one.memory);
    expect([one.claim(), other.claim(), other.claim(), one.claim(), one.claim()]).toEqual([0, 1, 2, 3, 4]);
    expect([one.claim(), other.claim()]).toEqual([undefined, undefined]);
    expect([one.current, other.current]).toEqual([4, 2]);
  });

  it('count what is finished and what is left', () => {
    const claims = new Claims(3);
    claims.claim();
    claims.finish();
    claims.claim();
    expect([claims.finished, claims.unclaimed]).toEqual([1, 1]);
    claims.claim();
    claims.claim();
    claims.claim();
    expect([claims.finished, claims.unclaimed]).toEqual([1, 0]);
  });

  it('count beyond 31 bits', () => {
    const claims = new Claims(MAX_SEGMENTS);
    new Uint32Array(claims.memory)[0] = MAX_SEGMENTS - 1;
    expect(claims.claim()).toBe(MAX_SEGMENTS - 1);
    expect(claims.claim()).toBeUndefined();
    expect(claims.unclaimed).toBe(0);
  });

  it('end when closed, but let what is claimed be finished', () => {
    const claims = new Claims(3);
    claims.claim();
    claims.close();
    expect(claims.claim()).toBeUndefined();
    claims.throwIfCancelled();
  });

  it('let exactly as many workers go as were asked to', () => {
    const one = new Claims(9);
    const other = new Claims(9, one.memory);
    one.askToLeave();
    expect([other.claim(), one.claim(), one.claim()]).toEqual([undefined, 0, 1]);
  });

  it('throw when cancelled, also in a pause', () => {
    const claims = new Claims(1);
    claims.cancel();
    claims.pause(1e9);
    expect(() => claims.claim()).toThrow(expect.objectContaining({ code: 'cancelled' }));
  });
});
