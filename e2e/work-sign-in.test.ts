/** @file Signing in from the window's side: progress, whom it helps, what it must not tell, and work that waits for it. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { granted, toSeal } from '../electron/app/services.fixture.ts';
import { DRAFT, type SignIn, type SignInChange } from '../shared/sign-in.ts';
import { START_URL } from './sso-stand-in/address.ts';
import { AwsHome } from './sso-stand-in/person.ts';
import { sealer } from './sso-stand-in/fixture.ts';
import { connect, connectionForm, freshFiles, useKmsWork } from './work-fixture.ts';

const work = useKmsWork();
let home: AwsHome;

beforeEach(async () => {
  home = await AwsHome.enter();
  work.kms.sso.interval = 0;
});

afterEach(() => {
  home[Symbol.dispose]();
  work.kms.sso.page = undefined;
  work.kms.sso.tokens.lifetime = 8 * 3600;
});

/** What the page was told of the sign-in of a connection, in order. */
const told = (connection: string): SignIn[] =>
  work.desktop.sent
    .filter(({ name }) => name === 'signInChanged')
    .map(({ payload }) => payload as SignInChange)
    .filter((change) => change.connection === connection)
    .map(({ signIn }) => signIn);

/** The person answers each sign-in as soon as the browser shows it. */
function answerAll(answer: 'approve' | 'deny'): void {
  work.desktop.onPage = (url) => {
    work.kms.sso.answer(new URL(url).searchParams.get('user_code') ?? '', answer);
  };
}

const sso = { credentials: sealer };

describe('a sign-in', () => {
  it('shows its code, opens the browser, and is over', async () => {
    await connect(work, sso);
    expect(await work.routes.signInState('work')).toEqual({ state: 'signed-out' });
    answerAll('approve');
    await work.routes.signIn('work');
    const userCode = expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/);
    expect(told('work')).toMatchObject([
      { state: 'beginning' },
      { state: 'confirming', userCode, url: work.desktop.pages[0] },
      { state: 'signed-in', renews: true },
    ]);
    expect(await work.routes.signInState('work')).toMatchObject({ state: 'signed-in' });
    expect((await work.routes.kmsKeys('work')).error).toBeUndefined();
  });

  it('that is declined, or goes to a page that is not of AWS, says so, and can be begun again', async () => {
    await connect(work, sso);
    answerAll('deny');
    await work.routes.signIn('work');
    expect(await work.routes.signInState('work')).toMatchObject({
      state: 'failed',
      error: { code: 'sign-in-denied' },
    });
    work.kms.sso.page = 'https://evil.example/device';
    await work.routes.signIn('work');
    expect(told('work').at(-1)).toMatchObject({ state: 'failed', error: { code: 'sign-in-page' } });
    expect(work.desktop.pages).toHaveLength(1);
    work.kms.sso.page = undefined;
    answerAll('approve');
    await work.routes.signIn('work');
    expect(told('work').at(-1)).toMatchObject({ state: 'signed-in' });
  });

  it('is one at a time, opens its page again, and is cancelled', async () => {
    await connect(work, sso);
    work.kms.sso.interval = 30;
    const first = work.routes.signIn('work');
    await work.desktop.until(() => told('work').at(-1)?.state === 'confirming');
    await work.routes.signIn('work');
    await work.routes.openSignInPage('work');
    expect(work.desktop.pages).toEqual([work.desktop.pages[0], work.desktop.pages[0]]);
    await work.routes.cancelSignIn('work');
    await first;
    expect(told('work').map(({ state }) => state)).toEqual(['beginning', 'confirming', 'signed-out']);
    await work.routes.openSignInPage('work');
    expect(work.desktop.pages).toHaveLength(2);
  });

  it('is good for every connection of the same session, and no other', async () => {
    await connect(work, { ...sso, name: 'sealing' });
    await connect(work, { name: 'auditing', credentials: { ...sealer, role: 'Auditor' } });
    await connect(work, { name: 'profile', credentials: { kind: 'profile', profile: 'person' } });
    await connect(work, { name: 'keys' });
    answerAll('approve');
    await work.routes.signIn('sealing');
    const states = ['sealing', 'auditing', 'profile', 'keys'].map(
      async (name) => (await work.routes.signInState(name)).state,
    );
    expect(await Promise.all(states)).toEqual(['signed-in', 'signed-in', 'signed-out', 'none']);
    expect(told('auditing')).toMatchObject([{ state: 'signed-in' }]);
  });

  it('for what a form holds finds accounts and roles before anything is saved', async () => {
    const form = connectionForm(work, { name: 'new', credentials: { ...sealer, account: '', role: '' } });
    await expect((async () => await work.routes.ssoAccounts(form))()).rejects.toMatchObject({
      code: 'credentials-expired',
    });
    answerAll('approve');
    await work.routes.signInDraft(form);
    expect(told(DRAFT).map(({ state }) => state)).toEqual(['beginning', 'confirming', 'signed-in']);
    expect(await work.routes.ssoAccounts(form)).toHaveLength(2);
    expect(await work.routes.ssoRoles(form, '111122223333')).toEqual(['Auditor', 'Sealer']);
    for (const startUrl of ['http://portal.example/start', 'javascript:alert(1)']) {
      const bad = { ...form, credentials: { ...sealer, startUrl } };
      await expect((async () => await work.routes.signInDraft(bad))()).rejects.toMatchObject({
        code: 'kms-endpoint-refused',
      });
    }
    expect((await work.routes.settings()).settings.connections).toEqual([]);
  });

  it('tells code and token to nobody but the AWS tools’ own cache', async () => {
    await connect(work, sso);
    answerAll('approve');
    await work.routes.signIn('work');
    const folder = await freshFiles(work, 2);
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
    await work.desktop.ended(batch);
    await work.run[Symbol.asyncDispose]();
    const files = await readdir(work.home.folder, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map(async (file) => await readFile(path.join(file.parentPath, file.name), 'latin1')),
    );
    expect(texts.length).toBeGreaterThan(4);
    const { tokens, deviceCodes } = work.kms.sso;
    const secrets = [
      ...tokens.secrets,
      ...deviceCodes,
      home.token(START_URL)['clientSecret'] ?? '',
      'stand-in-role',
    ];
    expect(secrets.length).toBeGreaterThan(3);
    for (const text of [...texts, JSON.stringify(work.desktop.sent)]) {
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });
});

describe('work that waits for a sign-in', () => {
  it('goes on by itself, each file once, after one sign-in', async () => {
    await connect(work, sso);
    const folder = await freshFiles(work, 60);
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
    await work.desktop.until(() => work.desktop.batches.get(batch)?.state === 'waiting');
    expect(work.desktop.prompt).toMatchObject({ kind: 'session', connection: 'work', signIn: true });
    answerAll('approve');
    await work.routes.signIn('work');
    expect(await work.desktop.ended(batch)).toMatchObject({ doneFiles: 60, failedFiles: 0 });
    expect(work.desktop.asked).toHaveLength(1);
    expect((await readdir(folder)).filter((name) => name.endsWith('.envelope'))).toHaveLength(60);
    expect(work.kms.actions.filter((action) => action === 'StartDeviceAuthorization')).toHaveLength(1);
  });

  it('asks nobody when the session at the KMS ends half way while the sign-in holds', async () => {
    await connect(work, sso);
    answerAll('approve');
    await work.routes.signIn('work');
    const folder = await freshFiles(work, 60);
    const release = work.kms.faults.hold('GenerateDataKey');
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
    await work.desktop.until(() => work.desktop.rowsOf(batch).some(({ state }) => state === 'running'));
    work.kms.callers.endSessions();
    release();
    expect(await work.desktop.ended(batch)).toMatchObject({ doneFiles: 60, failedFiles: 0 });
    expect(work.desktop.asked).toEqual([]);
  });

  it('waits on when the sign-in fails, and ends when the person stops it', async () => {
    await connect(work, sso);
    const folder = await freshFiles(work, 3);
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
    await work.desktop.until(() => work.desktop.batches.get(batch)?.state === 'waiting');
    answerAll('deny');
    await work.routes.signIn('work');
    expect(work.desktop.prompt).toMatchObject({ kind: 'session' });
    await work.routes.answerPrompt(work.desktop.prompt?.id ?? '', undefined);
    expect(await work.desktop.ended(batch)).toMatchObject({ failedFiles: 3 });
  });
});
