import { describe, expect, it } from 'vitest';
import { type Need, Prompts, type Question } from './prompts.ts';

const key = { provider: 'local', key: 'local:a' };
const passphrase = (keyName = 'a', again = false): Question => ({
  kind: 'passphrase',
  purpose: 'unlock',
  keyName,
  again,
});
const ofKey =
  (wanted = key.key) =>
  ({ keys = [] }: Need): boolean =>
    keys.some((one) => one.key === wanted);

function watched() {
  const seen: (string | undefined)[] = [];
  const prompts: Prompts = new Prompts(() => {
    const kind = prompts.open?.id;
    if (seen.at(-1) !== kind) seen.push(kind);
  });
  const answer = (text: string | undefined): void => {
    prompts.answer(prompts.open?.id ?? 'none', text);
  };
  return { prompts, seen, answer };
}

describe('a question', () => {
  it('is asked once for twenty who wait, and all get the answer', async () => {
    const { prompts, seen, answer } = watched();
    const all = Array.from({ length: 20 }, async () => await prompts.ask(passphrase(), ofKey()));
    expect(seen).toHaveLength(1);
    answer('secret');
    expect(await Promise.all(all)).toEqual(Array(20).fill('secret'));
    expect(prompts.open).toBeUndefined();
  });

  it('waits for its turn while another is open', async () => {
    const { prompts, answer } = watched();
    const first = prompts.ask(passphrase('a'), ofKey());
    const second = prompts.ask(passphrase('b'), ofKey());
    expect(prompts.open).toMatchObject({ keyName: 'a' });
    answer('1');
    expect(prompts.open).toMatchObject({ keyName: 'b' });
    answer('2');
    expect(await Promise.all([first, second])).toEqual(['1', '2']);
  });

  it('takes no answer that was meant for another one', async () => {
    const { prompts, answer } = watched();
    const asked = prompts.ask(passphrase(), ofKey());
    const id = prompts.open?.id ?? '';
    answer('right');
    expect(() => {
      prompts.answer(id, 'late');
    }).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(await asked).toBe('right');
  });

  it('that was answered with no is not asked again until it is forgiven', async () => {
    const { prompts, seen, answer } = watched();
    const refused = prompts.ask(passphrase(), ofKey());
    answer(undefined);
    expect(await refused).toBeUndefined();
    expect(await prompts.ask(passphrase('a', true), ofKey())).toBeUndefined();
    expect(seen.filter((id) => id !== undefined)).toHaveLength(1);
    prompts.forgive();
    const again = prompts.ask(passphrase(), ofKey());
    answer('yes');
    expect(await again).toBe('yes');
  });

  it('is left by one who is cancelled, and stays for the others', async () => {
    const { prompts, answer } = watched();
    const abort = new AbortController();
    const leaving = prompts.ask(passphrase(), ofKey(), abort.signal);
    const staying = prompts.ask(passphrase(), ofKey());
    abort.abort();
    await expect(leaving).rejects.toMatchObject({ code: 'cancelled' });
    answer('x');
    expect(await staying).toBe('x');
  });
});

describe('work that needs a key', () => {
  it('makes its batch wait exactly while the question is open', async () => {
    const { prompts, answer } = watched();
    const need = (batch: string, one: { provider: string; key: string }) =>
      prompts.inBatch(batch, async () => {
        await prompts.need({ keys: [one] }, async () => {
          if (batch === 'first') await prompts.ask(passphrase(), ofKey());
          else await opened.promise;
        });
      });
    const opened = Promise.withResolvers<undefined>();
    const first = need('first', key);
    const joined = need('joined', key);
    const other = need('other', { provider: 'local', key: 'local:b' });
    expect(prompts.waiting).toEqual(new Set(['first', 'joined']));
    answer('x');
    expect(prompts.waiting).toEqual(new Set());
    opened.resolve(undefined);
    await Promise.all([first, joined, other]);
  });

  it('withdraws its question when the last who needs it is gone', async () => {
    const { prompts } = watched();
    const cancelled = Promise.withResolvers<undefined>();
    let asked: Promise<string | undefined> | undefined;
    const first = prompts.need({ keys: [key] }, async () => {
      asked = prompts.ask(passphrase(), ofKey());
      await cancelled.promise;
    });
    const second = prompts.need({ keys: [key] }, async () => await cancelled.promise);
    expect(prompts.open).toBeDefined();
    cancelled.resolve(undefined);
    await Promise.all([first, second]);
    expect(prompts.open).toBeUndefined();
    expect(await asked).toBeUndefined();
    // That was no refusal.
    const again = prompts.ask(passphrase(), ofKey());
    expect(prompts.open).toBeDefined();
    prompts.close();
    expect(await again).toBeUndefined();
  });

  it('leaves alone what somebody else has asked', async () => {
    const { prompts, answer } = watched();
    const page = prompts.ask({ kind: 'mfa', serial: 'x', again: false }, ofKey());
    await prompts.need({ keys: [key] }, async () => {});
    expect(prompts.open).toMatchObject({ kind: 'mfa' });
    answer('123456');
    expect(await page).toBe('123456');
  });
});
