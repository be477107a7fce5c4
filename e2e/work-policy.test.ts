/** @file The policies of folders in the work behind the window: planned, asked about, sealed, cancelled, tried again. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { granted, TestHome, type TestRun, toSeal } from '../electron/app/services.fixture.ts';
import { STRANGER } from './strangers.ts';

let home: TestHome;
let run: TestRun;
let folder: string;
beforeEach(async () => {
  home = await TestHome.create();
  run = await home.run();
  folder = path.join(home.folder, 'files');
  await mkdir(folder);
  await policy({ version: 1, keys: [STRANGER, 'local'], labels: { project: 'apollo' } });
  for (let index = 0; index < 40; index += 1) await writeFile(path.join(folder, `${index}.txt`), 'x');
  run.desktop.answer = undefined;
});
afterEach(async () => {
  await run[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const file = (): string => path.join(folder, '.envelope-policy.json');
async function policy(content: object): Promise<void> {
  await writeFile(file(), JSON.stringify(content));
}
const request = async (more = {}) => toSeal(await granted(run.desktop, folder), more);
const sealed = async (): Promise<number> =>
  (await readdir(folder)).filter((name) => name.endsWith('.envelope')).length;

describe('a planted key', () => {
  it('is shown in the plan, and asked about once for all files; a no seals nothing', async () => {
    const { routes } = run.work;
    expect(await routes.plan(await request())).toMatchObject({
      files: 40,
      policies: [{ path: file(), files: 40, keys: [{ state: 'asked' }, { state: 'yours' }] }],
    });
    run.desktop.answer = ({ id }) => void routes.answerPrompt(id, undefined);
    const batch = await routes.start(await request());
    expect(await run.desktop.ended(batch)).toMatchObject({ failedFiles: 40 });
    expect(run.desktop.asked).toEqual([
      { id: expect.any(String) as string, kind: 'policy-keys', policy: file(), keys: [STRANGER] },
    ]);
    expect(run.desktop.rowsOf(batch)[0]?.error?.code).toBe('policy-key-unknown');
    expect(await sealed()).toBe(0);
  });

  it('once: for this batch; always: for this policy as it is, until it is taken back', async () => {
    const { routes } = run.work;
    const answers = ['once', 'always'];
    run.desktop.answer = ({ id }) => void routes.answerPrompt(id, answers.shift());
    for (const [index, asked] of [1, 2, 2].entries()) {
      const batch = await routes.start(await request({ collision: 'replace' }));
      expect([index, await run.desktop.ended(batch)]).toMatchObject([
        index,
        { doneFiles: 40, failedFiles: 0 },
      ]);
      expect(run.desktop.asked).toHaveLength(asked);
      expect(run.desktop.rowsOf(batch)[0]?.keys).toHaveLength(2);
    }
    // The page hears of it without having asked.
    const heard = run.desktop.sent.filter(({ name }) => name === 'settingsChanged').at(-1);
    expect(heard?.payload).toMatchObject({ policies: [{ path: file() }] });
    const { policies } = await routes.settings();
    expect(policies).toMatchObject([{ path: file(), keys: [STRANGER] }]);
    expect((await routes.forgetPolicy(policies[0]?.id ?? '')).policies).toEqual([]);
    run.desktop.answer = ({ id }) => void routes.answerPrompt(id, undefined);
    await run.desktop.ended(await routes.start(await request({ collision: 'replace' })));
    expect(run.desktop.asked).toHaveLength(3);
  });

  it('is asked about no more once the batch is cancelled', async () => {
    const { routes } = run.work;
    const batch = await routes.start(await request());
    await run.desktop.until(() => run.desktop.prompt?.kind === 'policy-keys');
    await routes.cancelBatch(batch);
    expect(await run.desktop.ended(batch)).toMatchObject({ state: 'cancelled', failedFiles: 0 });
    await run.desktop.until(() => run.desktop.prompt === undefined);
    expect(await sealed()).toBe(0);
  });

  it('that gets into the policy after the plan was shown is asked about all the same', async () => {
    const { routes } = run.work;
    await policy({ version: 1, keys: ['local'] });
    expect(await routes.plan(await request())).toMatchObject({ policies: [{ keys: [{ state: 'yours' }] }] });
    await policy({ version: 1, keys: ['local', STRANGER] });
    run.desktop.answer = ({ id }) => void routes.answerPrompt(id, undefined);
    expect(await run.desktop.ended(await routes.start(await request()))).toMatchObject({ failedFiles: 40 });
  });
});

describe('a policy that is not right', () => {
  it('fails its files, and is read anew when they are tried again', async () => {
    const { routes } = run.work;
    await policy({ version: 1, keys: 'local' });
    expect(await routes.plan(await request())).toMatchObject({
      policies: [{ files: 40, error: { code: 'policy-invalid', details: { member: 'keys' } } }],
    });
    const batch = await routes.start(await request());
    expect(await run.desktop.ended(batch)).toMatchObject({ failedFiles: 40 });
    await policy({ version: 1, keys: ['local'], output: { folder: 'sealed' } });
    const again = await routes.retry(run.desktop.rowsOf(batch).map(({ id }) => id));
    expect(await run.desktop.ended(again)).toMatchObject({ doneFiles: 40, failedFiles: 0 });
    expect(await sealed()).toBe(0);
    expect(await readdir(path.join(folder, 'sealed'))).toHaveLength(80);
  });

  it('excludes a label that was chosen, and not one that only stands in the settings', async () => {
    const { routes } = run.work;
    await policy({ version: 1, labels: { project: 'apollo' } });
    const labels = { project: 'gemini' };
    const plan = await routes.plan(await request({ labels, chosen: ['labels'] }));
    expect(plan.policies).toMatchObject([{ error: { code: 'policy-conflict' } }]);
    const standing = await routes.plan(await request({ labels, chosen: [] }));
    expect(standing.policies?.[0]?.error).toBeUndefined();
  });
});
