/** @file The work behind the window while the KMS cannot be reached: one question, what is shown, and the key added later. */
import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { granted, toSeal } from '../electron/app/services.fixture.ts';
import type { Row } from '../shared/desktop.ts';
import type { WaitingView } from '../shared/waiting.ts';
import { connect, freshFiles, useKmsWork } from './work-fixture.ts';

const work = useKmsWork();

beforeEach(async () => {
  await connect(work);
});

const unreachable = (): (() => void) => work.kms.faults.add({ kind: 'reset' });

/** Answers the question whether to seal without the key. */
function answerWith(answer: string | undefined): void {
  work.desktop.answer = ({ id }) => void work.routes.answerPrompt(id, answer);
}

async function sealAll(count: number): Promise<{ batch: string; folder: string }> {
  const folder = await freshFiles(work, count);
  const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
  await work.desktop.ended(batch);
  return { batch, folder };
}

const keysOf = async (file: string): Promise<string[]> =>
  (JSON.parse(await readFile(file, 'utf8')) as { keys: { key: string }[] }).keys.map(({ key }) => key);

const threeTimes = <T>(one: T): T[] => [one, one, one];

const rowsOf = (batch: string): Row[] => work.desktop.rowsOf(batch);
const isLocal = expect.stringMatching(/^local:/);

describe('sealing while the KMS cannot be reached', () => {
  it('asks once for all files, and shows none of them as protected by the KMS', async () => {
    unreachable();
    answerWith('once');
    const { batch, folder } = await sealAll(5);
    expect(work.desktop.asked).toEqual([expect.objectContaining({ kind: 'offline', key: work.key })]);
    for (const row of rowsOf(batch)) {
      expect(row).toMatchObject({ state: 'done', keys: ['This computer'], waiting: [work.key] });
    }
    expect(await keysOf(path.join(folder, '0.txt.envelope'))).toEqual([isLocal]);
    expect((await work.routes.waiting()).files).toHaveLength(5);
    const [grant = ''] = await granted(work.desktop, path.join(folder, '0.txt.envelope'));
    expect(await work.routes.card(grant)).toMatchObject({
      waiting: [work.key],
      keys: [{ provider: 'local' }],
    });
    expect((await work.routes.settings()).settings.offlineSealing).toBe('ask');
  });

  it('fails the files after a no, and nothing was sealed', async () => {
    unreachable();
    answerWith(undefined);
    const { batch } = await sealAll(4);
    expect(rowsOf(batch).map(({ error }) => error?.code)).toEqual(Array(4).fill('kms-offline'));
    expect(work.desktop.asked).toHaveLength(1);
    expect((await work.routes.waiting()).files).toEqual([]);
  });

  it('remembers always and never, and then asks nobody', async () => {
    const end = unreachable();
    answerWith('always');
    await sealAll(1);
    expect((await work.routes.settings()).settings.offlineSealing).toBe('always');
    await work.routes.changeSettings({ offlineSealing: 'never' });
    const [grant = ''] = await granted(work.desktop, path.join(work.home.folder, 'files', '0.txt'));
    const batch = await work.routes.start(toSeal([grant], { keys: [work.key] }));
    expect(await work.desktop.ended(batch)).toMatchObject({ failedFiles: 1 });
    expect(work.desktop.asked).toHaveLength(1);
    end();
  });

  it('is never done after a refusal', async () => {
    work.kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
    await work.routes.changeSettings({ offlineSealing: 'always' });
    const { batch } = await sealAll(2);
    expect(rowsOf(batch).map(({ error }) => error?.code)).toEqual(Array(2).fill('kms-access-denied'));
    expect((await work.routes.waiting()).files).toEqual([]);
  });
});

describe('when the KMS can be reached again', () => {
  let batch: string;
  let folder: string;
  let reachable: () => void;

  beforeEach(async () => {
    reachable = unreachable();
    answerWith('once');
    ({ batch, folder } = await sealAll(3));
    work.desktop.answer = undefined;
  });

  it('its key is added, and rows and history say so from then on', async () => {
    reachable();
    await work.routes.addWaiting();
    await work.desktop.until(() => rowsOf(batch).every(({ waiting }) => waiting?.length === 0));
    expect(rowsOf(batch).map(({ keys }) => keys)).toEqual(threeTimes([work.key]));
    for (const name of ['0', '1', '2']) {
      expect(await keysOf(path.join(folder, `${name}.txt.envelope`))).toEqual([work.key]);
    }
    const [grant = ''] = await granted(work.desktop, path.join(folder, '0.txt.envelope'));
    expect((await work.routes.card(grant)).waiting).toBeUndefined();
    await work.run[Symbol.asyncDispose]();
    await work.begin();
    const { rows } = await work.routes.jobs();
    expect(rows.map(({ keys, waiting }) => ({ keys, waiting }))).toEqual(
      threeTimes({ keys: [work.key], waiting: [] }),
    );
  });

  it('after a restart the list is still there, and rows of the history say what they wait for', async () => {
    await work.run[Symbol.asyncDispose]();
    await work.begin();
    expect((await work.routes.waiting()).files).toHaveLength(3);
    expect((await work.routes.jobs()).rows).toMatchObject(
      threeTimes({ waiting: [work.key], keys: ['This computer'] }),
    );
    reachable();
    await work.routes.addWaiting();
    expect((await work.routes.waiting()).files).toEqual([]);
    expect((await work.routes.jobs()).rows).toMatchObject(threeTimes({ waiting: [], keys: [work.key] }));
  });

  it('the key may be disabled by then: the reason stands in the list, and nothing changed', async () => {
    reachable();
    work.kms.keys.find({ account: '111122223333', region: 'eu-central-1' }, work.key).state = 'Disabled';
    try {
      await work.routes.addWaiting();
      const { files } = await work.routes.waiting();
      expect(files).toMatchObject(threeTimes({ problem: { code: 'kms-key-disabled' } }));
      expect(await keysOf(path.join(folder, '0.txt.envelope'))).toEqual([isLocal]);
      expect(rowsOf(batch)[0]).toMatchObject({ waiting: [work.key] });
    } finally {
      work.kms.keys.find({ account: '111122223333', region: 'eu-central-1' }, work.key).state = 'Enabled';
    }
  });

  it('a file that was renamed meanwhile is found, and its row knows the new place', async () => {
    const moved = path.join(folder, 'moved.envelope');
    await rename(path.join(folder, '0.txt.envelope'), moved);
    reachable();
    await work.routes.addWaiting();
    expect(await keysOf(moved)).toEqual([work.key]);
    await work.desktop.until(() => rowsOf(batch).some(({ place }) => place === moved));
  });

  it('a session that is over by then is asked about once, if the user wants to try now', async () => {
    reachable();
    work.kms.faults.add({ kind: 'expired', action: 'Encrypt' });
    work.desktop.answer = ({ id }) => {
      work.kms.faults.clear();
      void work.routes.answerPrompt(id, 'retry');
    };
    await work.routes.addWaiting();
    expect(work.desktop.asked.at(-1)).toMatchObject({ kind: 'session', connection: 'work' });
    expect((await work.routes.waiting()).files).toEqual([]);
  });

  it('what is dropped waits no longer, and is not said to have the key', async () => {
    const { files } = await work.routes.waiting();
    await work.routes.dropWaiting(files.map(({ id }) => id));
    expect((await work.routes.waiting()).files).toEqual([]);
    await work.desktop.until(() => rowsOf(batch).every(({ waiting }) => waiting?.length === 0));
    expect(rowsOf(batch).map(({ keys }) => keys)).toEqual(threeTimes(['This computer']));
  });

  it('the page hears of every change', async () => {
    const views = (): WaitingView[] =>
      work.desktop.sent
        .filter(({ name }) => name === 'waitingChanged')
        .map(({ payload }) => payload as WaitingView);
    await work.desktop.until(() => views().some((view) => view.files.length === 3));
    reachable();
    await work.routes.addWaiting();
    expect(views().some(({ trying }) => trying)).toBe(true);
    await work.desktop.until(() => views().at(-1)?.files.length === 0);
  });
});
