/** @file The work behind the window against the KMS stand-in: questions, sessions that end, strangers' accounts. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { granted, toOpen, toSeal } from '../electron/app/services.fixture.ts';
import { connect, connectionForm, freshFiles, useKmsWork } from './work-fixture.ts';

const MFA = 'arn:aws:iam::111122223333:mfa/alice';

/** Each is taken once. */
const right = ['222222', '333333', '444444'];
const work = useKmsWork(['111111', ...right]);

describe('a session that ends in the middle', () => {
  it('is asked about once; then every file is sealed, and none of them twice', async () => {
    await connect(work);
    const folder = await freshFiles(work, 60);
    work.kms.faults.add({ kind: 'expired', action: 'GenerateDataKey', times: 1_000 });
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
    await work.desktop.until(() => work.desktop.batches.get(batch)?.state === 'waiting');
    expect(work.desktop.prompt).toMatchObject({
      kind: 'session',
      connection: 'work',
      error: { code: 'credentials-expired' },
    });
    work.kms.faults.clear();
    await work.routes.answerPrompt(work.desktop.prompt?.id ?? '', 'retry');
    expect(await work.desktop.ended(batch)).toMatchObject({ state: 'ended', doneFiles: 60, failedFiles: 0 });
    expect(work.desktop.asked).toHaveLength(1);
    expect((await readdir(folder)).filter((name) => name.endsWith('.envelope'))).toHaveLength(60);
  });

  it('that nobody mends fails the files, each with the reason, after one question', async () => {
    await connect(work);
    const folder = await freshFiles(work, 40);
    work.kms.faults.add({ kind: 'expired', action: 'GenerateDataKey' });
    work.desktop.answer = ({ id }) => void work.routes.answerPrompt(id, undefined);
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
    expect(await work.desktop.ended(batch)).toMatchObject({ failedFiles: 40 });
    expect(work.desktop.asked).toHaveLength(1);
    expect(work.desktop.rowsOf(batch)[0]).toMatchObject({ error: { code: 'credentials-expired' } });
  });

  it('is not asked about for ever', async () => {
    await connect(work);
    const folder = await freshFiles(work, 1);
    work.kms.faults.add({ kind: 'expired', action: 'GenerateDataKey' });
    work.desktop.answer = ({ id }) => void work.routes.answerPrompt(id, 'retry');
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
    expect(await work.desktop.ended(batch)).toMatchObject({ failedFiles: 1 });
    expect(work.desktop.asked.length).toBeLessThanOrEqual(4);
  });

  it('withdraws its question with the batch that is cancelled', async () => {
    await connect(work);
    const folder = await freshFiles(work, 40);
    work.kms.faults.add({ kind: 'expired', action: 'GenerateDataKey' });
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
    await work.desktop.until(() => work.desktop.prompt?.kind === 'session');
    await work.routes.cancelBatch(batch);
    expect(await work.desktop.ended(batch)).toMatchObject({ state: 'cancelled', failedFiles: 0 });
    await work.desktop.until(() => work.desktop.prompt === undefined);
  });

  it('holds opening up as well, where each file says what every key said', async () => {
    await connect(work);
    const folder = await freshFiles(work, 3);
    await work.desktop.ended(
      await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] })),
    );
    work.kms.faults.add({ kind: 'expired', action: 'Decrypt' });
    work.desktop.answer = ({ id }) => {
      // Signed in again: from here on it works.
      work.kms.faults.clear();
      void work.routes.answerPrompt(id, 'retry');
    };
    const batch = await work.routes.start(toOpen(await granted(work.desktop, folder)));
    expect(await work.desktop.ended(batch)).toMatchObject({ doneFiles: 3, failedFiles: 0 });
    expect(work.desktop.asked).toMatchObject([{ kind: 'session' }]);
    expect(work.desktop.rowsOf(batch)[0]?.requestIds).toHaveLength(1);
  });
});

const withMfa = {
  credentials: {
    kind: 'role',
    roleArn: 'arn:aws:iam::111122223333:role/sealer',
    sourceProfile: 'keys',
    mfaSerial: MFA,
  },
} as const;

describe('an MFA code', () => {
  it('is asked for once for all files, and again after a wrong one', async () => {
    await connect(work, withMfa);
    const folder = await freshFiles(work, 20);
    const codes = ['000000', '111111'];
    work.desktop.answer = ({ id }) => void work.routes.answerPrompt(id, codes.shift());
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
    expect(await work.desktop.ended(batch)).toMatchObject({ doneFiles: 20, failedFiles: 0 });
    expect(work.desktop.asked).toMatchObject([
      { kind: 'mfa', serial: MFA, again: false },
      { kind: 'mfa', serial: MFA, again: true },
    ]);
  });

  it.each([
    [
      'the list of keys',
      async () => {
        expect(await work.routes.kmsKeys('work')).not.toHaveProperty('error');
      },
    ],
    [
      'the test of a connection',
      async () => {
        await work.routes.testConnection('work', 'test', work.key);
        const steps = work.desktop.sent.filter(({ name }) => name === 'testProgress');
        expect(steps).toHaveLength(5);
        for (const { payload } of steps) expect(payload).toMatchObject({ outcome: { ok: true } });
      },
    ],
    [
      'the dry run of a card',
      async (grant: string) => {
        expect(await work.routes.canOpen(grant)).toEqual([{ index: 0, answer: 'yes' }]);
      },
    ],
  ])('that is wrong is asked for again outside of batches too: %s', async (_, act) => {
    await connect(work);
    const folder = await freshFiles(work, 1);
    const seal = toSeal(await granted(work.desktop, folder), { keys: [work.key] });
    await work.desktop.ended(await work.routes.start(seal));
    const [grant = ''] = await granted(work.desktop, path.join(folder, '0.txt.envelope'));
    await work.routes.saveConnection(connectionForm(work, withMfa), 'work');
    const codes = ['000000', right.shift()];
    work.desktop.answer = ({ id }) => void work.routes.answerPrompt(id, codes.shift());
    await act(grant);
    expect(work.desktop.asked).toMatchObject([
      { kind: 'mfa', serial: MFA, again: false },
      { kind: 'mfa', serial: MFA, again: true },
    ]);
  });

  it('that is refused is asked for by no other file', async () => {
    await connect(work, withMfa);
    const folder = await freshFiles(work, 40);
    work.desktop.answer = ({ id }) => void work.routes.answerPrompt(id, undefined);
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
    expect(await work.desktop.ended(batch)).toMatchObject({ failedFiles: 40 });
    expect(work.desktop.asked).toHaveLength(1);
    expect(work.desktop.rowsOf(batch)[0]).toMatchObject({ error: { code: 'credentials-mfa' } });
  });
});

describe("a stranger's account", () => {
  async function foreignEnvelopes(): Promise<string> {
    await connect(work);
    const folder = await freshFiles(work, 40);
    await work.desktop.ended(
      await work.routes.start(
        toSeal(await granted(work.desktop, folder), { keys: [work.key], binOriginals: true }),
      ),
    );
    await work.routes.forgetAccount('aws:111122223333');
    work.kms.calls.length = 0;
    return folder;
  }

  it('is not called before the user says so, not even for the card', async () => {
    const folder = await foreignEnvelopes();
    const [grant = ''] = await granted(work.desktop, path.join(folder, '0.txt.envelope'));
    expect(await work.routes.card(grant)).toMatchObject({
      keys: [{ account: '111122223333', region: 'eu-central-1' }],
    });
    expect(await work.routes.canOpen(grant)).toMatchObject([
      { answer: 'unasked', error: { code: 'account-unknown' } },
    ]);
    work.desktop.answer = ({ id }) => void work.routes.answerPrompt(id, undefined);
    const batch = await work.routes.start(toOpen(await granted(work.desktop, folder)));
    expect(await work.desktop.ended(batch)).toMatchObject({ failedFiles: 40 });
    expect(work.desktop.asked).toMatchObject([
      {
        kind: 'account',
        account: '111122223333',
        key: work.key,
        unfamiliar: 'account',
        endpoint: work.kms.endpoint,
      },
    ]);
    expect(work.kms.calls).toEqual([]);
  });

  it('is called for one batch only, if that was the answer', async () => {
    const folder = await foreignEnvelopes();
    work.desktop.answer = ({ id }) => void work.routes.answerPrompt(id, 'once');
    for (const asked of [1, 2]) {
      const batch = await work.routes.start(toOpen(await granted(work.desktop, folder)));
      expect(await work.desktop.ended(batch)).toMatchObject({ doneFiles: 40 });
      expect(work.desktop.asked).toHaveLength(asked);
    }
    expect((await work.routes.settings()).settings.accounts).toEqual([]);
  });

  it('is asked about once, and then opens', async () => {
    const folder = await foreignEnvelopes();
    work.desktop.answer = ({ id }) => void work.routes.answerPrompt(id, 'always');
    const batch = await work.routes.start(toOpen(await granted(work.desktop, folder)));
    expect(await work.desktop.ended(batch)).toMatchObject({ doneFiles: 40 });
    expect(work.desktop.asked).toHaveLength(1);
    expect((await work.routes.settings()).settings.accounts).toEqual(['aws:111122223333:eu-central-1']);
    const [grant = ''] = await granted(work.desktop, path.join(folder, '0.txt.envelope'));
    expect(await work.routes.canOpen(grant)).toEqual([{ index: 0, answer: 'yes' }]);
    expect(work.kms.calls.at(-1)).toMatchObject({ action: 'Decrypt', dryRun: true });
  });
});
