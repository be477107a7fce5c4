/** @file A look at health behind the window, against the KMS stand-in: sessions that end, strangers, no network. */
import { describe, expect, it } from 'vitest';
import { granted, toSeal } from '../electron/app/services.fixture.ts';
import type { HealthView } from '../shared/health-view.ts';
import { connect, freshFiles, useKmsWork } from './work-fixture.ts';

const work = useKmsWork();

async function sealedFolder(count: number): Promise<string> {
  await connect(work);
  const folder = await freshFiles(work, count);
  const request = toSeal(await granted(work.desktop, folder), { keys: [work.key], binOriginals: true });
  await work.desktop.ended(await work.routes.start(request));
  work.kms.calls.length = 0;
  return folder;
}

async function begin(folder: string): Promise<string> {
  const grants = await granted(work.desktop, folder);
  return await work.routes.startHealth({ grants, deep: false, unlock: false });
}

async function ended(id: string): Promise<HealthView> {
  const over = ['ended', 'cancelled', 'failed'];
  await work.desktop.until(() => work.desktop.health?.id === id && over.includes(work.desktop.health.state));
  return work.desktop.health as HealthView;
}

describe('a session that ends in the middle', () => {
  it('pauses the look, is asked about once, and it goes on', async () => {
    const folder = await sealedFolder(40);
    work.kms.faults.add({ kind: 'expired' });
    const id = await begin(folder);
    await work.desktop.until(() => work.desktop.health?.state === 'waiting');
    expect(work.desktop.prompt).toMatchObject({ kind: 'session', connection: 'work' });
    work.kms.faults.clear();
    await work.routes.answerPrompt(work.desktop.prompt?.id ?? '', 'retry');
    expect((await ended(id)).result?.summary).toMatchObject({ envelopes: 40, opens: 40 });
    expect(work.desktop.asked).toHaveLength(1);
  });

  it('that nobody renews is told of the key, after one question', async () => {
    const folder = await sealedFolder(3);
    work.kms.faults.add({ kind: 'expired' });
    work.desktop.answer = ({ id }) => void work.routes.answerPrompt(id, undefined);
    const { result } = await ended(await begin(folder));
    expect(result?.summary).toMatchObject({ opens: 0, problems: { unsure: 3 } });
    expect(result?.summary.keys).toMatchObject([{ error: { code: 'credentials-expired' } }]);
    expect(work.desktop.asked).toHaveLength(1);
  });

  it('withdraws its question with the look that is cancelled', async () => {
    const folder = await sealedFolder(3);
    work.kms.faults.add({ kind: 'expired' });
    const id = await begin(folder);
    await work.desktop.until(() => work.desktop.prompt?.kind === 'session');
    await work.routes.cancelHealth();
    expect(await ended(id)).toMatchObject({ state: 'cancelled' });
    await work.desktop.until(() => work.desktop.prompt === undefined);
  });
});

describe("a stranger's account", () => {
  it('is not called, until the user approves it', async () => {
    const folder = await sealedFolder(3);
    const { settings } = await work.routes.settings();
    for (const account of settings.accounts) await work.routes.forgetAccount(account);
    work.kms.calls.length = 0;
    const { result } = await ended(await begin(folder));
    expect(work.kms.calls).toEqual([]);
    expect(work.desktop.asked).toEqual([]);
    expect(result?.summary.keys).toMatchObject([{ answers: { account: 3 }, account: '111122223333' }]);
    await work.routes.approveHealthKey(work.key);
    expect((await ended(await begin(folder))).result?.summary.opens).toBe(3);
    expect(work.kms.actions.slice(0, 2)).toEqual(['DescribeKey', 'Decrypt']);
  });
});
