import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Granted } from '../../shared/desktop.ts';
import { Arrivals } from './arrivals.ts';

let delivered: Granted[];
let errors: unknown[];
let arrivals: Arrivals;

const grantAll = async (paths: readonly string[]): Promise<Granted> => ({
  grants: paths.filter((name) => name !== 'gone').map((name) => ({ id: name, name, kind: 'file', size: 1 })),
  refused: paths
    .filter((name) => name === 'gone')
    .map((name) => ({ name, error: { code: 'source-missing', message: '', details: {} } })),
});
const names = ({ grants, refused }: Granted): string[] => [...grants, ...refused].map(({ name }) => name);

beforeEach(() => {
  vi.useFakeTimers();
  delivered = [];
  errors = [];
  arrivals = new Arrivals({
    grant: grantAll,
    deliver: (granted) => delivered.push(granted),
    onError: (error) => errors.push(error),
  });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('Arrivals', () => {
  it('keeps what comes before the page, and gives it out once', async () => {
    arrivals.add(['a', 'gone']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(delivered).toEqual([]);
    expect(names(arrivals.take())).toEqual(['a', 'gone']);
    expect(names(arrivals.take())).toEqual([]);
  });

  it('has a file once, though it was opened twice', async () => {
    arrivals.add(['a', 'b']);
    arrivals.add(['a']);
    await vi.advanceTimersByTimeAsync(1000);
    arrivals.add(['b']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(names(arrivals.take())).toEqual(['a', 'b']);
    arrivals.add(['a']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(delivered.map(names)).toEqual([['a']]);
  });

  it('makes one batch of what comes close together', async () => {
    arrivals.take();
    for (const name of ['a', 'b', 'c']) {
      arrivals.add([name]);
      await vi.advanceTimersByTimeAsync(150);
    }
    expect(delivered).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    arrivals.add(['d']);
    await vi.advanceTimersByTimeAsync(200);
    expect(delivered.map(names)).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('is not lost if the page asks while it is still being collected', async () => {
    arrivals.add(['a']);
    expect(names(arrivals.take())).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(delivered.map(names)).toEqual([['a']]);
  });

  it('waits again when the page is gone', async () => {
    arrivals.take();
    arrivals.pageGone();
    arrivals.add(['a']);
    await vi.advanceTimersByTimeAsync(200);
    expect(delivered).toEqual([]);
    expect(names(arrivals.take())).toEqual(['a']);
  });

  it('does nothing for nothing', async () => {
    arrivals.take();
    arrivals.add([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(delivered).toEqual([]);
  });

  it('reports a bug', async () => {
    const failing = new Arrivals({
      grant: async () => await Promise.reject(new Error('bug')),
      deliver: (granted) => delivered.push(granted),
      onError: (error) => errors.push(error),
    });
    failing.add(['a']);
    await vi.advanceTimersByTimeAsync(200);
    expect(errors).toEqual([new Error('bug')]);
  });
});
