import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordFile, RunRecord } from '../rewrap/record.ts';
import { summarise } from '../rewrap/records.ts';
import { AccessFixture, RECIPIENT, rewrapOf } from './access.fixture.ts';

let fixture: AccessFixture;
beforeEach(async () => {
  fixture = await AccessFixture.create();
});
afterEach(async () => {
  await fixture[Symbol.asyncDispose]();
});

describe('what failed', () => {
  it('is told with its reason, shown, handed on and gone on with', async () => {
    await fixture.seal('a', 'b');
    await fixture.look();
    await fixture.plan(rewrapOf({ add: [RECIPIENT] }));
    const file = path.join(fixture.folder, 'b.envelope');
    const kept = await readFile(file, 'utf8');
    await writeFile(file, kept.slice(0, 40));
    await fixture.routes.startAccess();
    const { outcome } = await fixture.at('ended');
    expect(outcome).toMatchObject({ complete: true, counts: { changed: 1, failed: 1 } });
    expect(outcome).not.toHaveProperty('proof');
    const [failed] = await fixture.routes.accessFiles('failed', 0, 1);
    expect(failed).toMatchObject({ path: file, error: { code: 'envelope-invalid' } });
    await fixture.routes.showAccessFile('failed', 0);
    expect(fixture.desktop.shown).toEqual([file]);
    const { grants } = await fixture.routes.grantAccessFile('failed', 0);
    expect(fixture.desktop.grants.pathOf(grants[0]?.id ?? '')).toBe(file);
    await expect(fixture.routes.grantAccessFile('failed', 1)).rejects.toMatchObject({ code: 'usage' });

    const id = outcome?.run ?? '';
    expect(await fixture.routes.accessLeft()).toMatchObject([
      { run: id, changed: 1, failed: 1, interrupted: false, places: ['files'] },
    ]);
    await writeFile(file, kept);
    await fixture.routes.resumeAccess(id);
    await fixture.desktop.until(
      () => fixture.desktop.access?.stage === 'ended' && fixture.desktop.access.outcome?.counts.failed === 0,
    );
    expect(fixture.desktop.access?.outcome?.counts).toEqual({ changed: 2, already: 0, failed: 0 });
    expect(await fixture.routes.accessLeft()).toEqual([]);
  });

  it('is left alone while somebody else is at it', async () => {
    await fixture.seal('a');
    await fixture.look();
    await fixture.plan(rewrapOf({ add: [RECIPIENT] }));
    await writeFile(path.join(fixture.folder, 'a.envelope'), '{}');
    await fixture.routes.startAccess();
    const { outcome } = await fixture.at('ended');
    const file = recordFile(fixture.home.places.recordsFolder, outcome?.run ?? '');
    const head = (await summarise(file))?.head;
    if (head === undefined) throw new Error('it has a record');
    {
      await using _other = await RunRecord.reopen(file, head);
      expect(await fixture.routes.accessLeft()).toEqual([]);
      await expect(fixture.routes.resumeAccess(head.id)).rejects.toMatchObject({ code: 'usage' });
      await expect(fixture.routes.forgetAccess(head.id)).rejects.toMatchObject({ code: 'usage' });
    }
    expect(await fixture.routes.access()).toMatchObject({ stage: 'ended', outcome });
    expect(await fixture.routes.accessLeft()).toHaveLength(1);
  });

  it('of an earlier run is found at the next start, gone on with or forgotten', async () => {
    await fixture.seal('a', 'b');
    await fixture.look();
    await fixture.plan(rewrapOf({ add: [RECIPIENT] }));
    const kept = await readFile(path.join(fixture.folder, 'b.envelope'));
    await writeFile(path.join(fixture.folder, 'b.envelope'), '{}');
    await fixture.routes.startAccess();
    await fixture.at('ended');
    await fixture.start();
    const [left] = await fixture.routes.accessLeft();
    expect(left).toMatchObject({ work: 'rewrap', changed: 1, failed: 1, chosen: { add: [RECIPIENT] } });
    await writeFile(path.join(fixture.folder, 'b.envelope'), kept);
    await fixture.routes.resumeAccess(left?.run ?? '');
    expect((await fixture.at('ended')).outcome?.counts).toMatchObject({ changed: 2, failed: 0 });
    await expect(fixture.routes.resumeAccess('0b6d2f1c-7a3e-4a53-9a55-0d1c5b0b6a11')).rejects.toMatchObject({
      code: 'usage',
    });
    expect(await fixture.routes.forgetAccess(left?.run ?? '')).toEqual([]);
    expect(fixture.desktop.access).toBeUndefined();
  });
});

describe('a run', () => {
  it('is paused, gone on with and cancelled; the rest is left to be done', async () => {
    await fixture.seal(...Array.from({ length: 60 }, (_, index) => `${index}`));
    await fixture.look();
    await fixture.plan(rewrapOf({ add: [RECIPIENT] }));
    const begun = fixture.routes.startAccess();
    await fixture.desktop.until(() => fixture.desktop.access?.stage === 'running');
    await fixture.routes.pauseAccess('pause');
    await begun;
    expect(fixture.desktop.access?.progress?.state).toBe('paused');
    expect(fixture.run.work.isBusy()).toBe(true);
    await expect(fixture.routes.lookAtAccess([])).rejects.toMatchObject({ code: 'usage' });
    await fixture.routes.cancelAccess();
    const { outcome } = await fixture.at('ended');
    expect(outcome).toMatchObject({ complete: false });
    expect(outcome?.counts.changed).toBeLessThan(60);
    const [left] = await fixture.routes.accessLeft();
    expect(left).toMatchObject({ interrupted: true });
    await fixture.routes.resumeAccess(left?.run ?? '');
    await fixture.desktop.until(
      () => fixture.desktop.access?.stage === 'ended' && fixture.desktop.access.outcome?.complete === true,
    );
    expect(fixture.desktop.access?.outcome?.counts).toEqual({ changed: 60, already: 0, failed: 0 });
  });
});
