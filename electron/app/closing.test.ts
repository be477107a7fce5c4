import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Closing } from './closing.ts';

let busy: boolean;
let questions: PromiseWithResolvers<boolean>[];
let quits: number;
let errors: unknown[];
let closing: Closing;

beforeEach(() => {
  busy = true;
  questions = [];
  quits = 0;
  errors = [];
  closing = new Closing({
    isBusy: () => busy,
    ask: async () => {
      const question = Promise.withResolvers<boolean>();
      questions.push(question);
      return await question.promise;
    },
    quit: () => quits++,
    onError: (error) => errors.push(error),
  });
});

/** Tries to close the window. @returns whether it may */
function close(): boolean {
  let may = true;
  closing.onClose({
    preventDefault: () => {
      may = false;
    },
  });
  return may;
}

/** Answers the question that is open, and waits until that was taken in. */
async function answer(stop: boolean): Promise<void> {
  questions.at(-1)?.resolve(stop);
  await new Promise(setImmediate);
}

describe('Closing', () => {
  it('closes at once when nothing is running', () => {
    busy = false;
    expect(close()).toBe(true);
    expect(questions).toEqual([]);
  });

  it('asks once while work is running, however often one tries', async () => {
    expect([close(), close()]).toEqual([false, false]);
    expect(questions).toHaveLength(1);
    await answer(false);
    expect(quits).toBe(0);
  });

  it('asks again after “keep working”', async () => {
    close();
    await answer(false);
    expect(close()).toBe(false);
    expect(questions).toHaveLength(2);
  });

  it('quits after “stop and close”, and then lets the window close though work is still ending', async () => {
    close();
    await answer(true);
    expect(quits).toBe(1);
    expect(close()).toBe(true);
  });

  it('keeps the window when it could not ask', async () => {
    close();
    questions[0]?.reject(new Error('no dialog'));
    await vi.waitFor(() => expect(errors).toEqual([new Error('no dialog')]));
    expect(quits).toBe(0);
    expect(close()).toBe(false);
    expect(questions).toHaveLength(2);
  });
});
