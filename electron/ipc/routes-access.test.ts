import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccessFixture, RECIPIENT, rewrapOf } from './access.fixture.ts';

let fixture: AccessFixture;
beforeEach(async () => {
  fixture = await AccessFixture.create();
});
afterEach(async () => {
  await fixture[Symbol.asyncDispose]();
});

describe('a change of who can open', () => {
  it('is looked at, planned, done and proved; bodies stay as they are', async () => {
    await fixture.seal('a', 'b', 'c');
    const bodies = await fixture.filesOf('.enc');
    const second = await fixture.routes.createLocalKey('second', 'file');
    const first = await fixture.own();
    expect((await fixture.look()).found).toMatchObject({
      envelopes: 3,
      keys: [{ key: first, name: 'This computer', envelopes: 3 }],
    });
    const before = await fixture.filesOf('.envelope');
    await fixture.routes.planAccess(rewrapOf({ replace: [{ from: first, to: second.key }] }));
    const planned = await fixture.at('planned');
    expect(planned).toMatchObject({
      chosen: { replace: [{ from: first, to: second.key }] },
      names: { [first]: 'This computer', [second.key]: 'second' },
      plan: { envelopes: 3, changing: 3, calls: { Decrypt: 0 } },
    });
    expect(await fixture.filesOf('.envelope')).toEqual(before);
    await fixture.routes.startAccess();
    const { outcome } = await fixture.at('ended');
    expect(outcome).toMatchObject({
      complete: true,
      counts: { changed: 3, failed: 0, already: 0 },
      listed: { changed: 3 },
      proof: { envelopes: 3, keys: [first], named: { count: 0 }, opens: { count: 0 }, tried: { here: 3 } },
      canAskKms: false,
    });
    const [file] = await fixture.routes.accessFiles('changed', 0, 200);
    expect(file).toMatchObject({ state: 'changed', added: [second.key], removed: [first] });
    expect(await fixture.filesOf('.enc')).toEqual(bodies);
    expect(fixture.run.work.isBusy()).toBe(false);
    expect(await fixture.routes.accessLeft()).toEqual([]);
    expect(await fixture.routes.access()).toEqual(fixture.desktop.access);
  });

  it('goes back from the plan, and is put away', async () => {
    await fixture.seal('a');
    await fixture.look();
    await fixture.plan(rewrapOf({ add: [RECIPIENT] }));
    await fixture.routes.cancelAccess();
    expect(fixture.desktop.access?.stage).toBe('choosing');
    await fixture.routes.cancelAccess();
    expect(fixture.desktop.access).toBeUndefined();
    await expect(fixture.routes.planAccess(rewrapOf({ add: [RECIPIENT] }))).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('says what contradicts itself, or is no key, and stays where it was', async () => {
    await fixture.seal('a');
    await fixture.look();
    await expect(fixture.routes.planAccess(rewrapOf({}))).rejects.toMatchObject({ code: 'usage' });
    await expect(fixture.routes.planAccess(rewrapOf({ add: ['nobody'] }))).rejects.toMatchObject({
      code: 'key-not-found',
    });
    await expect(fixture.routes.startAccess()).rejects.toMatchObject({ code: 'usage' });
    expect(fixture.desktop.access?.stage).toBe('choosing');
  });

  it('removes what cannot be tried only where that is said', async () => {
    await fixture.seal('a');
    const first = await fixture.own();
    await fixture.look();
    await fixture.change(rewrapOf({ add: [RECIPIENT] }));
    await fixture.look();
    expect((await fixture.plan(rewrapOf({ remove: [first] }))).plan).toMatchObject({
      changing: 0,
      impossible: [{ code: 'no-key-tried', count: 1 }],
    });
    await fixture.routes.planAccess(rewrapOf({ remove: [first], leaveUntried: true }));
    await fixture.desktop.until(() => fixture.desktop.access?.plan?.changing === 1);
    expect(fixture.desktop.access?.plan).toMatchObject({ impossible: [], lockedOut: 1 });
  });
});

describe('sealing again', () => {
  it('gives every file a new data key, for the keys that are chosen alone', async () => {
    await fixture.seal('a');
    const bodies = await fixture.filesOf('.enc');
    const second = await fixture.routes.createLocalKey('second', 'file');
    await fixture.look();
    const { outcome, work } = await fixture.change({ work: 'reseal', keys: [second.key] });
    expect(work).toBe('reseal');
    expect(outcome).toMatchObject({ counts: { changed: 1 }, proof: { keys: [await fixture.own()] } });
    expect(await fixture.filesOf('.enc')).not.toEqual(bodies);
    await expect(fixture.routes.planAccess({ work: 'reseal', keys: [] })).rejects.toMatchObject({
      code: 'usage',
    });
    // At the same places.
    await fixture.routes.lookAtAccess([]);
    expect((await fixture.at('choosing')).found?.keys).toMatchObject([{ name: 'second' }]);
  });
});

describe('the report', () => {
  it('is saved as JSON and in the words of the page, or nowhere', async () => {
    await fixture.seal('a');
    await fixture.look();
    await fixture.change(rewrapOf({ add: [RECIPIENT] }));
    expect(await fixture.routes.saveAccessReport({ as: 'json' })).toBeUndefined();
    fixture.desktop.saveTo = path.join(fixture.home.folder, 'report');
    expect(await fixture.routes.saveAccessReport({ as: 'json' })).toBe('report');
    expect(JSON.parse(await readFile(fixture.desktop.saveTo, 'utf8'))).toMatchObject({
      report: 'envelope/access-report/1',
      counts: { changed: 1 },
      files: [{ path: path.join(fixture.folder, 'a.envelope'), added: [RECIPIENT] }],
    });
    await fixture.routes.saveAccessReport({ as: 'text', text: '报告\n' });
    expect(await readFile(fixture.desktop.saveTo, 'utf8')).toBe('报告\n');
  });
});
