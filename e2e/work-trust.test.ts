/** @file Which KMS is called for what an envelope names: never one that was not approved, never by the wrong way. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { granted, toOpen, toSeal } from '../electron/app/services.fixture.ts';
import { ManagedStore } from '../electron/settings/managed.ts';
import { newKey } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';
import { connect, freshFiles, useKmsWork } from './work-fixture.ts';

const work = useKmsWork();

async function sealed(folder: string, key: string): Promise<string> {
  const batch = await work.routes.start(
    toSeal(await granted(work.desktop, folder), { keys: [key], binOriginals: true }),
  );
  expect(await work.desktop.ended(batch)).toMatchObject({ failedFiles: 0 });
  return path.join(folder, '0.txt.envelope');
}

async function openAll(folder: string) {
  const batch = await work.routes.start(toOpen(await granted(work.desktop, folder)));
  return { ...(await work.desktop.ended(batch)), rows: work.desktop.rowsOf(batch) };
}

describe('a region that the user does not work in', () => {
  it('is asked about though the account is known, and the dry run of the card is not made', async () => {
    await connect(work);
    const folder = await freshFiles(work, 3);
    const west = newKey(work.kms, { region: 'eu-west-1' }).arn;
    const envelope = await sealed(folder, west);
    await work.routes.forgetAccount('aws:111122223333:eu-west-1');
    // The account stays known, by its home region.
    const near = path.join(work.home.folder, 'near');
    await mkdir(near);
    await writeFile(path.join(near, '0.txt'), 'x');
    await sealed(near, work.key);
    work.kms.calls.length = 0;
    const [grant = ''] = await granted(work.desktop, envelope);
    expect(await work.routes.canOpen(grant)).toMatchObject([
      { answer: 'unasked', error: { code: 'account-unknown', details: { unfamiliar: 'region' } } },
    ]);
    work.desktop.answer = ({ id }) => void work.routes.answerPrompt(id, undefined);
    expect(await openAll(folder)).toMatchObject({ failedFiles: 3 });
    expect(work.desktop.asked).toMatchObject([
      { kind: 'account', region: 'eu-west-1', unfamiliar: 'region' },
    ]);
    expect(work.kms.calls).toEqual([]);
  });

  it('is not reached by a replica either: only the regions that the connection names', async () => {
    await connect(work, { replicaRegions: ['eu-west-1'] });
    const folder = await freshFiles(work, 1);
    const home = newKey(work.kms, { multiRegion: true });
    for (const region of ['eu-west-1', 'us-east-1']) work.kms.keys.replicate(home, region);
    await sealed(folder, home.arn);
    work.kms.faults.add({ kind: 'reset', region: 'eu-central-1' });
    work.kms.calls.length = 0;
    expect(await openAll(folder)).toMatchObject({ doneFiles: 1 });
    expect(new Set(work.kms.calls.map(({ region }) => region))).toEqual(
      new Set(['eu-central-1', 'eu-west-1']),
    );
  });
});

describe("an endpoint of the user's own", () => {
  let strange: StandIn;
  beforeEach(async () => {
    strange = await startKms({ account: '999988887777' });
  });
  afterEach(async () => {
    await strange.stop();
  });

  it("is never asked for another account's key, though that account is approved", async () => {
    await connect(work);
    await connect(work, { name: 'partner', endpoint: strange.endpoint });
    const place = { account: '999988887777', region: 'eu-central-1' };
    const { arn } = strange.keys.create(place, { ...newKey(work.kms), multiRegion: false });
    const [mine, theirs] = [path.join(work.home.folder, 'mine'), path.join(work.home.folder, 'theirs')];
    for (const folder of [mine, theirs]) {
      await mkdir(folder);
      await writeFile(path.join(folder, '0.txt'), folder);
    }
    await sealed(mine, work.key);
    const envelope = await sealed(theirs, arn);
    work.kms.calls.length = 0;
    strange.calls.length = 0;

    const [grant = ''] = await granted(work.desktop, envelope);
    expect(await work.routes.canOpen(grant)).toEqual([{ index: 0, answer: 'yes' }]);
    expect(await openAll(theirs)).toMatchObject({ doneFiles: 1 });
    expect([work.kms.calls.length, strange.actions]).toEqual([0, ['Decrypt', 'Decrypt']]);

    expect(await openAll(mine)).toMatchObject({ doneFiles: 1 });
    expect([work.kms.actions, strange.calls.length]).toEqual([['Decrypt'], 2]);
  });
});

describe('a list that an administrator has fixed', () => {
  async function manage(accounts: string[]): Promise<void> {
    const file = path.join(work.home.folder, 'policy.json');
    await writeFile(file, JSON.stringify({ version: 1, trust: { accounts, ask: false } }));
    await work.run[Symbol.asyncDispose]();
    work.home.managed = new ManagedStore({ file, owner: process.getuid?.() ?? 0 });
    await work.begin();
  }

  it('lets nothing else be called, for opening, sealing, listing or the card, and nobody is asked', async () => {
    await connect(work);
    const folder = await freshFiles(work, 2);
    const envelope = await sealed(folder, work.key);
    await manage(['aws:999988887777:*']);
    await work.routes.saveConnection(
      {
        name: 'work',
        credentials: { kind: 'keys', accessKeyId: 'AKIATEST' },
        region: 'eu-central-1',
        endpoint: work.kms.endpoint,
        ca: { kind: 'none' },
      },
      'work',
      { secretAccessKey: 'x' },
    );
    work.kms.calls.length = 0;
    const [grant = ''] = await granted(work.desktop, envelope);
    expect(await work.routes.canOpen(grant)).toMatchObject([
      { answer: 'no', error: { code: 'account-forbidden' } },
    ]);
    const opened = await openAll(folder);
    expect(opened).toMatchObject({ failedFiles: 2 });
    expect(opened.rows[0]?.error?.details['attempts']).toMatchObject([
      { error: { code: 'account-forbidden' } },
    ]);
    const more = path.join(work.home.folder, 'more.txt');
    await writeFile(more, 'x');
    const batch = await work.routes.start(toSeal(await granted(work.desktop, more), { keys: [work.key] }));
    expect(await work.desktop.ended(batch)).toMatchObject({ failedFiles: 1 });
    expect(work.desktop.rowsOf(batch)[0]?.error?.code).toBe('account-forbidden');
    await work.routes.testConnection('work', 'test', work.key);
    expect(work.desktop.asked).toEqual([]);
    expect(work.kms.calls.filter(({ key }) => key !== undefined)).toEqual([]);
    expect((await work.routes.settings()).managed).toMatchObject({
      state: 'valid',
      trust: { accounts: ['aws:999988887777:*'], ask: false },
    });
  });

  it('opens what it lists without a question', async () => {
    await connect(work);
    const folder = await freshFiles(work, 2);
    await sealed(folder, work.key);
    await work.routes.forgetAccount('aws:111122223333');
    await manage(['aws:111122223333:*']);
    await connect(work, { name: 'again' });
    expect(await openAll(folder)).toMatchObject({ doneFiles: 2 });
    expect(work.desktop.asked).toEqual([]);
  });
});
