import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groupsOf } from '../../shared/identity-text.ts';
import { granted } from '../app/services.fixture.ts';
import { newIdentity } from '../keys/age-identity.ts';
import { failed, keysOf, RecoveryTest } from './recovery.fixture.ts';

let test: RecoveryTest;
beforeEach(async () => {
  test = await RecoveryTest.create();
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
});

describe('a recovery key that is made', () => {
  it('is in use once its sheet was looked at, and then in every new envelope', async () => {
    expect(await test.routes.recovery()).toEqual({ former: [], drillDue: false, atRisk: false, lent: [] });
    const before = await test.seal('before');
    expect(await test.routes.recovery()).toMatchObject({ atRisk: true });
    const { draft } = await test.routes.makeRecoveryKey();
    expect(draft?.recipient).toMatch(/^age1/);
    expect(keysOf(await test.seal('meanwhile'))).toBe(1);
    const view = await test.routes.activateRecoveryKey(test.sheet.last);
    expect(view).toMatchObject({ key: { recipient: draft?.recipient }, atRisk: false });
    expect(view).not.toHaveProperty('draft');
    expect(test.desktop.sheets[0]?.closed).toBe(true);
    expect([keysOf(before), keysOf(await test.seal('after'))]).toEqual([1, 2]);
    expect([...test.desktop.rows.values()].at(-1)?.keys).toEqual(['This computer', 'Recovery key']);
    expect(test.desktop.sent.map(({ name }) => name)).toContain('settingsChanged');
  });

  it('is not in use by a wrong group, and the next try is free', async () => {
    await test.routes.makeRecoveryKey();
    expect(await failed(async () => await test.routes.activateRecoveryKey('AAAA'))).toMatchObject({
      code: 'recovery-check',
    });
    expect(await test.routes.recovery()).not.toHaveProperty('key');
    await test.routes.activateRecoveryKey(test.sheet.last);
    expect(await test.routes.recovery()).toHaveProperty('key');
  });

  it('is forgotten when it is cancelled, and when the program ends', async () => {
    await test.routes.makeRecoveryKey();
    const last = test.sheet.last;
    await test.routes.cancelRecoveryKey();
    expect(test.desktop.sheets[0]?.closed).toBe(true);
    expect(await failed(async () => await test.routes.activateRecoveryKey(last))).toMatchObject({
      code: 'recovery-missing',
    });
    await test.routes.makeRecoveryKey();
    const { sheets } = test.desktop;
    await test.restart();
    expect(sheets[1]?.closed).toBe(true);
    expect(await test.routes.recovery()).toEqual({ former: [], drillDue: false, atRisk: false, lent: [] });
    expect(await failed(async () => await test.routes.recoverySheet('print'))).toMatchObject({
      code: 'recovery-missing',
    });
  });

  it('has a sheet that is printed, saved and shown again', async () => {
    await test.routes.makeRecoveryKey();
    const identity = test.sheet.identity;
    expect(await test.routes.recoverySheet('print')).toEqual({ done: true });
    expect(await test.routes.recoverySheet('print')).toEqual({ done: false });
    expect(await test.routes.recoverySheet('save')).toEqual({ done: false });
    test.desktop.saveTo = test.at('sheet.pdf');
    expect(await test.routes.recoverySheet('save')).toEqual({ done: true, file: 'sheet.pdf' });
    expect(readFileSync(test.desktop.saveTo, 'utf8')).toContain(groupsOf(identity)[3]);
    expect(statSync(test.desktop.saveTo).mode & 0o077).toBe(0);
    test.desktop.sheets[0]?.close();
    expect(await test.routes.recoverySheet('show')).toEqual({ done: true });
    expect([test.desktop.sheets.length, test.sheet.identity]).toEqual([2, identity]);
  });

  it('stands in no file and in nothing that the page was told', async () => {
    const identity = await test.make();
    const envelope = await test.seal('a');
    await test.routes.drillRecoveryKey({ typed: identity });
    await test.routes.lendKey({ typed: identity });
    await failed(async () => await test.routes.lendKey({ typed: `${identity}Q` }));
    const [grant = ''] = await granted(test.desktop, envelope);
    const told = JSON.stringify([
      await test.routes.card(grant),
      await test.routes.canOpen(grant),
      await test.routes.recovery(),
    ]);
    const all = test.everything + told;
    expect(all).toContain('age1');
    for (const group of groupsOf(identity).slice(0, -1)) expect(all).not.toContain(group);
  });

  it('is replaced and forgotten', async () => {
    await test.make();
    const first = (await test.routes.recovery()).key;
    await test.make();
    expect((await test.routes.recovery()).former).toMatchObject([first]);
    const view = await test.routes.forgetRecoveryKey();
    expect(view.former).toHaveLength(2);
    expect(keysOf(await test.seal('later'))).toBe(1);
    expect(await failed(async () => await test.routes.forgetRecoveryKey())).toMatchObject({
      code: 'recovery-missing',
    });
  });

  it('of another computer is taken by its sheet', async () => {
    const { identity, recipient } = await newIdentity();
    expect(await test.routes.takeRecoveryKey({ typed: identity.toLowerCase() })).toMatchObject({
      key: { recipient },
    });
    expect(keysOf(await test.seal('a'))).toBe(2);
  });

  it('is not asked for any more by who wants it so', async () => {
    await test.seal('a');
    expect(await test.routes.quietRecovery()).toMatchObject({ atRisk: false });
  });
});
