import { describe, expect, it } from 'vitest';
import { orCancelled } from './or-cancelled.ts';

describe('orCancelled', () => {
  it('does not begin what is cancelled already', async () => {
    let begun = false;
    const work = (): Promise<void> => {
      begun = true;
      return Promise.resolve();
    };
    await expect(orCancelled(work, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(begun).toBe(false);
  });

  it('does not wait for work that ignores the signal, and discards what comes too late', async () => {
    const controller = new AbortController();
    const late = Promise.withResolvers<string>();
    const discarded: string[] = [];
    const waiting = orCancelled(
      () => late.promise,
      controller.signal,
      (result) => {
        discarded.push(result);
      },
    );
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    late.resolve('late');
    await new Promise(setImmediate);
    expect(discarded).toEqual(['late']);
  });

  it('either returns a result or discards it, whenever the signal comes', async () => {
    for (let ticks = 0; ticks < 12; ticks++) {
      const controller = new AbortController();
      const discarded: string[] = [];
      const waiting = orCancelled(
        async () => {
          await Promise.resolve();
          return 'result';
        },
        controller.signal,
        (result) => {
          discarded.push(result);
        },
      ).catch(() => 'cancelled');
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      controller.abort();
      const outcome = await waiting;
      await new Promise(setImmediate);
      expect(discarded).toEqual(outcome === 'cancelled' ? ['result'] : []);
    }
  });

  it('passes results and errors on', async () => {
    const { signal } = new AbortController();
    await expect(orCancelled(() => Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(orCancelled(() => Promise.reject(new Error('x')), signal)).rejects.toThrow('x');
    await expect(orCancelled(() => Promise.resolve(1), undefined)).resolves.toBe(1);
  });
});
