import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as atOnce from './at-once.ts';

let subject: typeof atOnce;
beforeEach(async () => {
  vi.resetModules();
  subject = await import('./at-once.ts');
});

/** Makes `times` calls, each of which takes `ms` milliseconds of this thread, and says how each was made. */
async function calls(kind: atOnce.CallKind, times: number, ms = 0): Promise<string> {
  let made = '';
  const atOnceCall = () => {
    const began = performance.now();
    while (performance.now() - began < ms);
    made += 'o';
  };
  const handedOver = async () => {
    made += 'h';
  };
  for (let n = 0; n < times; n++) await kind.make(atOnceCall, handedOver);
  return made;
}

describe('a call to the file system', () => {
  it('is handed over where nothing else is allowed', async () => {
    expect(subject.isAtOnceAllowed()).toBe(false);
    expect(await calls(new subject.CallKind(), 3)).toBe('hhh');
  });

  it('is made at once where that is allowed', async () => {
    subject.allowAtOnce();
    expect(subject.isAtOnceAllowed()).toBe(true);
    // Another thread may take the processor for a moment, which looks like a slow call.
    expect(await calls(new subject.CallKind(), 3)).toMatch(/^o/);
  });

  it('is handed over 32 times after a slow one, then tried again; other kinds are not', async () => {
    subject.allowAtOnce();
    const slow = new subject.CallKind();
    expect(await calls(slow, 34, 2)).toBe(`o${'h'.repeat(32)}o`);
    expect(await calls(slow, 1)).toBe('h');
    expect(await calls(new subject.CallKind(), 1)).toBe('o');
  });

  it('that fails slowly counts as slow, and gives its error', async () => {
    subject.allowAtOnce();
    const kind = new subject.CallKind();
    const failing = kind.make(
      () => {
        const began = performance.now();
        while (performance.now() - began < 2);
        throw new Error('the disk is gone');
      },
      async () => {},
    );
    await expect(failing).rejects.toThrow('the disk is gone');
    expect(await calls(kind, 1)).toBe('h');
  });

  it('made at once many times lets timers and signals have their turn', async () => {
    subject.allowAtOnce();
    const kind = new subject.CallKind();
    let isOver = false;
    const timer = sleep(1).then(() => (isOver = true));
    for (let n = 0; n < 2_000_000 && !isOver; n++) {
      await kind.make(
        () => {},
        // Only promises, as at once: so nothing but the turns that are given lets the timer run.
        async () => {},
      );
    }
    expect(isOver).toBe(true);
    await timer;
  });
});
