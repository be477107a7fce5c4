import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Prompt } from './prompt.ts';

const free = (): Disposable => ({ [Symbol.dispose]() {} });

function conversation() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const abort = new AbortController();
  const interrupt = (): void => {
    abort.abort();
  };
  const prompt = new Prompt({ input, output }, abort.signal, interrupt, free);
  const shown = (): string => String(output.read() ?? '');
  return { input, prompt, shown, abort };
}

describe('Prompt', () => {
  it('has no answer at the end of input', async () => {
    const ended = conversation();
    const answer = ended.prompt.ask('Name? ');
    ended.input.end();
    expect(await answer).toBeUndefined();

    const declined = conversation();
    const confirmed = declined.prompt.confirm('Create it?');
    declined.input.write('\u0004');
    expect(await confirmed).toBe(false);
  });

  it('is cancelled by Ctrl-C and by the signal', async () => {
    const interrupted = conversation();
    const secret = interrupted.prompt.askHidden('Passphrase: ');
    interrupted.input.write('abc\u0003');
    await expect(secret).rejects.toMatchObject({ code: 'cancelled' });

    const aborted = conversation();
    const never = aborted.prompt.ask('Name? ');
    aborted.abort.abort();
    await expect(never).rejects.toMatchObject({ code: 'cancelled' });
    await expect(aborted.prompt.ask('Again? ')).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('shows nothing of a secret', async () => {
    const { input, prompt, shown } = conversation();
    const secret = prompt.askHidden('Passphrase: ');
    input.write('correct horse\n');
    expect(await secret).toBe('correct horse');
    expect(shown()).toBe('Passphrase: \n');
  });

  it('asks one question at a time', async () => {
    const { input, prompt } = conversation();
    const first = prompt.askHidden('One: ');
    const second = prompt.askHidden('Two: ');
    input.write('1\n');
    expect(await first).toBe('1');
    input.write('2\n');
    expect(await second).toBe('2');
  });

  it('takes only a plain yes for a yes', async () => {
    for (const [typed, answer] of [
      ['y', true],
      ['YES', true],
      ['', false],
      ['yonder', false],
    ] as const) {
      const { input, prompt } = conversation();
      const confirmed = prompt.confirm('Create it?');
      input.write(`${typed}\n`);
      expect(await confirmed).toBe(answer);
    }
  });
});
