import { describe, expect, it, vi } from 'vitest';
import { Closing } from './closing.ts';

function setUp(busy: boolean) {
  const answers: PromiseWithResolvers<boolean>[] = [];
  const options = {
    isBusy: vi.fn(() => busy),
    ask: vi.fn(async () => {
      const answer = Promise.withResolvers<boolean>();
      answers.push(answer);
      return await answer.promise;
    }),
    quit: vi.fn(),
    onError: vi.fn(),
  };
  const closing = new Closing(options);
  const close = (): boolean => {
    const event = { preventDefault: vi.fn() };
    closing.onClose(event);
    return event.preventDefault.mock.calls.length === 0;
  };
  const answer = async (stop: boolean): Promise<void> => {
    answers.at(-1)?.resolve(stop);
    await vi.waitFor(() => expect(options.ask.mock.settledResults.at(-1)?.type).toBe('fulfilled'));
    await Promise.resolve();
  };
  return { options, close, answer };
}

describe('Closing', () => {
  it('closes at once when nothing is running', () => {
    const { options, close } = setUp(false);
    expect(close()).toBe(true);
    expect(options.ask).not.toHaveBeenCalled();
  });

  it('asks once while work is running, however often one tries', async () => {
    const { options, close, answer } = setUp(true);
    expect(close()).toBe(false);
    expect(close()).toBe(false);
    expect(options.ask).toHaveBeenCalledTimes(1);
    await answer(false);
    expect(options.quit).not.toHaveBeenCalled();
  });

  it('asks again after “keep working”', async () => {
    const { options, close, answer } = setUp(true);
    close();
    await answer(false);
    expect(close()).toBe(false);
    expect(options.ask).toHaveBeenCalledTimes(2);
  });

  it('quits after “stop and close”, and then lets the window close though work is still ending', async () => {
    const { options, close, answer } = setUp(true);
    close();
    await answer(true);
    expect(options.quit).toHaveBeenCalledTimes(1);
    expect(close()).toBe(true);
  });

  it('keeps the window when it could not ask', async () => {
    const { options, close } = setUp(true);
    options.ask.mockRejectedValueOnce(new Error('no dialog'));
    expect(close()).toBe(false);
    await vi.waitFor(() => expect(options.onError).toHaveBeenCalledWith(new Error('no dialog')));
    expect(options.quit).not.toHaveBeenCalled();
    expect(close()).toBe(false);
    expect(options.ask).toHaveBeenCalledTimes(2);
  });
});
