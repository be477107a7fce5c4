import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Prompts } from '../jobs/prompts.ts';
import { newNote } from '../waiting/note.ts';
import { WaitingList } from '../waiting/waiting-list.ts';
import { makeKmsEngine, type KmsEngine } from '../envelope/rewrap.fixture.ts';
import type { Home } from './home.ts';
import { WaitingWork } from './waiting-work.ts';

let engine: KmsEngine;
let list: WaitingList;
let busy = false;

beforeEach(async () => {
  engine = await makeKmsEngine();
  list = new WaitingList(`${engine.folder}/waiting`);
  busy = false;
});

afterEach(async () => {
  await engine[Symbol.asyncDispose]();
});

/** As much of a home as is needed. */
function homeOf(prompts: Prompts): Home {
  return {
    waiting: list,
    prompts,
    names: async () => await Promise.resolve((key: string) => key),
    sessions: { renewals: 0 },
    connections: { renew: async () => await Promise.resolve(false) },
  } as unknown as Home;
}

function begin(delays: readonly number[], prompts = new Prompts()) {
  const tried: string[] = [];
  const work = new WaitingWork({
    engine,
    home: homeOf(prompts),
    isBusy: () => busy,
    tell: () => {},
    onTried: async ({ state }) => await Promise.resolve(void tried.push(state)),
    onError: (error) => {
      throw error;
    },
    delays,
  });
  return { work, tried };
}

const note = () =>
  newNote('0f6c2a7e-6f0e-4a53-9a55-0d1c5b0b6a11', `${engine.folder}/gone.envelope`, [
    { provider: 'aws-kms', key: 'alias/team' },
  ]);

describe('in the background', () => {
  it('every file is tried again and again, ever more seldom, and not while a batch is worked on', async () => {
    await list.put(note());
    busy = true;
    const { work, tried } = begin([20, 40, 60_000]);
    await sleep(150);
    expect(tried).toEqual([]);
    busy = false;
    await vi.waitFor(() => expect(tried).toHaveLength(2));
    await sleep(200);
    expect(tried).toEqual(['waits', 'waits']);
    work.soon();
    await vi.waitFor(() => expect(tried.length).toBeGreaterThan(2));
    await work[Symbol.asyncDispose]();
  });

  it('nobody is asked anything', async () => {
    const prompts = new Prompts();
    const answer = await prompts.quietly(
      async () => await prompts.ask({ kind: 'mfa', serial: 's', again: false }, () => true),
    );
    expect(answer).toBeUndefined();
    expect(prompts.open).toBeUndefined();
    // And it counts as no answer to anybody else.
    const asked = prompts.ask({ kind: 'mfa', serial: 's', again: false }, () => true);
    prompts.answer(prompts.open?.id ?? '', '123456');
    expect(await asked).toBe('123456');
  });

  it('nothing is tried once the program ends', async () => {
    await list.put(note());
    const { work, tried } = begin([10]);
    await work[Symbol.asyncDispose]();
    const count = tried.length;
    await sleep(60);
    expect(tried).toHaveLength(count);
  });
});
