import { describe, expect, it, vi } from 'vitest';
import { EnvelopeError, type ErrorCode } from '../../shared/errors.ts';
import { Prompts } from './prompts.ts';
import { overSession, Sessions } from './sessions.ts';

const error = (code: ErrorCode, details: object = {}): EnvelopeError =>
  new EnvelopeError(code, 'x', { ...details });
const expired = error('credentials-expired', { connection: 'work' });
const { signal } = new AbortController();

function fixture() {
  const reset: string[] = [];
  const renewed: string[] = [];
  let renews = false;

  const prompts: Prompts = new Prompts();
  const sessions = new Sessions(prompts, {
    reset: (connection) => reset.push(connection),
    renew: async (connection) => {
      renewed.push(connection);
      return await Promise.resolve(renews);
    },
    signsIn: async () => await Promise.resolve(true),
  });
  const renew = (): void => {
    renews = true;
  };
  /** Answers the question as soon as it is asked. */
  const answer = async (text: string | undefined): Promise<void> => {
    await vi.waitFor(() => expect(prompts.open).toBeDefined());
    prompts.answer(prompts.open?.id ?? 'none', text);
  };
  return { prompts, sessions, reset, renewed, renew, answer };
}

describe('what says that a session is over', () => {
  it.each([
    ['an expired one', expired],
    [
      'one whose secret is not here any more',
      error('credentials-missing', { connection: 'work', accessKeyId: 'A' }),
    ],
    [
      'a key among others',
      error('no-key-opens', { attempts: [{ provider: 'local' }, { error: expired.toRecord() }] }),
    ],
  ])('%s', (_, said) => {
    expect(overSession(said.toRecord())).toMatchObject({ connection: 'work' });
  });

  it.each([
    error('credentials-expired'),
    error('credentials-missing', { connection: 'work' }),
    error('credentials-mfa', { connection: 'work' }),
    error('credentials-mfa', { connection: 'work', refused: true }),
    error('kms-access-denied', { connection: 'work' }),
    error('no-key-opens'),
    error('no-key-opens', { attempts: [null, 1, { error: { code: 'nonsense', details: {} } }] }),
  ])('nothing else: %j', (said) => {
    expect(overSession(said.toRecord())).toBeUndefined();
  });
});

describe('sessions', () => {
  it('are renewed once for all who wait, and at once for who comes late', async () => {
    const { sessions, prompts, reset, answer } = fixture();
    const since = sessions.renewals;
    const all = Array.from({ length: 32 }, async () => await sessions.again(expired, 1, since, signal));
    await vi.waitFor(() => expect(prompts.open).toBeDefined());
    expect(prompts.open).toMatchObject({ kind: 'session', connection: 'work', signIn: true });
    await answer('retry');
    expect(await Promise.all(all)).toEqual(Array(32).fill(true));
    expect(reset).toEqual(['work']);
    expect(await sessions.again(expired, 1, since, signal)).toBe(true);
    expect(reset).toEqual(['work']);
  });

  it('are asked about again when the new one ends too, but one file is not tried for ever', async () => {
    const { sessions, prompts, reset, answer } = fixture();
    const first = sessions.again(expired, 1, sessions.renewals, signal);
    await answer('retry');
    expect(await first).toBe(true);
    const second = sessions.again(expired, 2, sessions.renewals, signal);
    await answer('retry');
    expect(await second).toBe(true);
    expect(reset).toEqual(['work', 'work']);
    expect(await sessions.again(expired, 4, sessions.renewals, signal)).toBe(false);
    expect(prompts.open).toBeUndefined();
  });

  it('are not renewed after a no, for a cancelled file, or for another reason', async () => {
    const { sessions, prompts, reset, answer } = fixture();
    const refused = sessions.again(expired, 1, 0, signal);
    await answer(undefined);
    expect(await refused).toBe(false);
    expect(await sessions.again(expired, 1, 0, signal)).toBe(false);
    prompts.forgive();
    expect(await sessions.again(expired, 1, 0, AbortSignal.abort())).toBe(false);
    expect(await sessions.again(error('disk-full'), 1, 0, signal)).toBe(false);
    expect(prompts.open).toBeUndefined();
    expect(reset).toEqual([]);
  });

  it('leave the question with the file that is cancelled', async () => {
    const { sessions, prompts } = fixture();
    const abort = new AbortController();
    const waiting = sessions.again(expired, 1, 0, abort.signal);
    await vi.waitFor(() => expect(prompts.open).toBeDefined());
    abort.abort();
    expect(await waiting).toBe(false);
    expect(prompts.open).toBeUndefined();
  });

  it('that are renewed without a person ask nobody, and once for all who wait', async () => {
    const { sessions, prompts, reset, renewed, renew, answer } = fixture();
    renew();
    const since = sessions.renewals;
    const all = Array.from({ length: 32 }, async () => await sessions.again(expired, 1, since, signal));
    expect(await Promise.all(all)).toEqual(Array(32).fill(true));
    expect(renewed).toEqual(['work']);
    expect(await sessions.again(expired, 1, since, signal)).toBe(true);
    expect(renewed).toEqual(['work']);
    expect(prompts.open).toBeUndefined();
    // What was renewed is refused as well: now it takes a person.
    const second = sessions.again(expired, 2, sessions.renewals, signal);
    await answer('retry');
    expect(await second).toBe(true);
    expect(renewed).toEqual(['work']);
    expect(reset).toEqual(['work']);
  });

  it('go on by themselves once the user has signed in, wherever that was', async () => {
    const { sessions, prompts, reset } = fixture();
    const waiting = sessions.again(expired, 1, 0, signal);
    await vi.waitFor(() => expect(prompts.open).toBeDefined());
    prompts.signedIn('other');
    expect(prompts.open).toBeDefined();
    prompts.signedIn('work');
    expect(await waiting).toBe(true);
    expect(prompts.open).toBeUndefined();
    expect(reset).toEqual(['work']);
  });
});
