import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { throttle } from './throttle.ts';

describe('throttle', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('hands the first over at once and what follows together', () => {
    const seen: number[][] = [];
    const push = throttle<number>((changes) => seen.push(changes), 100);
    push(1);
    push(2);
    push(3);
    expect(seen).toEqual([[1]]);
    vi.advanceTimersByTime(99);
    expect(seen).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual([[1], [2, 3]]);
  });

  it('is at rest when nothing comes, and then quick again', () => {
    const seen: number[][] = [];
    const push = throttle<number>((changes) => seen.push(changes), 100);
    push(1);
    vi.advanceTimersByTime(1000);
    expect(vi.getTimerCount()).toBe(0);
    push(2);
    expect(seen).toEqual([[1], [2]]);
  });

  it('tells at most ten times a second whatever comes', () => {
    let calls = 0;
    let changes = 0;
    const push = throttle<number>((some) => {
      calls += 1;
      changes += some.length;
    }, 100);
    for (let ms = 0; ms < 1000; ms++) {
      push(ms);
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(100);
    expect(calls).toBeLessThanOrEqual(11);
    expect(changes).toBe(1000);
  });
});
