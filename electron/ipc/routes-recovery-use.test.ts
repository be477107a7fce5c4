import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groupsOf } from '../../shared/identity-text.ts';
import { granted, toOpen } from '../app/services.fixture.ts';
import { newIdentity } from '../keys/age-identity.ts';
import { codeOf } from '../recovery/qr.ts';
import { failed, RecoveryTest } from './recovery.fixture.ts';
import type { WorkRoutes } from './services.ts';

let test: RecoveryTest;
beforeEach(async () => {
  test = await RecoveryTest.create();
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
});

/** The code as a picture of four pixels a module. */
function pictureOf(identity: string) {
  const modules = codeOf(identity);
  const size = modules.length * 4;
  const pixels = new Uint8Array(4 * size * size).fill(255);
  for (let index = 0; index < size * size; index += 1) {
    const [x, y] = [Math.floor((index % size) / 4), Math.floor(index / size / 4)];
    if (modules[y]?.[x] === true) pixels.fill(0, 4 * index, 4 * index + 3);
  }
  return { width: size, height: size, pixels };
}

describe('a drill', () => {
  it('opens the newest envelope by what was typed, or by a picture, and is remembered', async () => {
    const identity = await test.make();
    expect(await failed(async () => await test.routes.drillRecoveryKey({ typed: identity }))).toMatchObject({
      code: 'recovery-untried',
    });
    await test.seal('older');
    const envelope = await test.seal('newest', 'x'.repeat(2_000_000));
    const result = { file: 'newest.envelope', name: 'newest', size: 2_000_000 };
    expect(await test.routes.drillRecoveryKey({ typed: groupsOf(identity).join(' ') })).toEqual(result);
    expect((await test.routes.recovery()).key).toHaveProperty('drilled');
    const photo = test.at('photo.png');
    writeFileSync(photo, 'x');
    test.desktop.pictures.set(photo, pictureOf(identity));
    const [picture = '', older = ''] = await granted(test.desktop, photo, test.at('older.envelope'));
    expect(await test.routes.drillRecoveryKey({ picture }, older)).toMatchObject({ file: 'older.envelope' });
    rmSync(envelope);
    expect(await test.routes.drillRecoveryKey({ picture })).toMatchObject({ file: 'older.envelope' });
  });

  it('says no to another key, to a picture of something else, and to what is no key', async () => {
    await test.make();
    await test.seal('a');
    const other = await newIdentity();
    const photo = test.at('photo.png');
    writeFileSync(photo, 'x');
    const [picture = ''] = await granted(test.desktop, photo);
    const attempt = async (key: Parameters<WorkRoutes['drillRecoveryKey']>[0]): Promise<unknown> =>
      await failed(async () => await test.routes.drillRecoveryKey(key));
    expect(await attempt({ typed: other.identity })).toMatchObject({ code: 'recovery-other' });
    expect(await attempt({ typed: 'nonsense' })).toMatchObject({ code: 'identity-mistyped' });
    expect(await attempt({ picture })).toMatchObject({ code: 'picture-unreadable' });
    test.desktop.pictures.set(photo, { width: 100, height: 100, pixels: new Uint8Array(40_000).fill(255) });
    expect(await attempt({ picture })).toMatchObject({ code: 'picture-no-code', details: { path: photo } });
    test.desktop.pictures.set(photo, pictureOf('HTTPS://EXAMPLE.COM'));
    expect(await attempt({ picture })).toMatchObject({ code: 'identity-mistyped' });
    expect((await test.routes.recovery()).key).not.toHaveProperty('drilled');
  });
});

describe('a recovery key that is entered', () => {
  it('opens on a computer that knows nothing else, until it is taken back or the program ends', async () => {
    const identity = await test.make();
    const envelope = await test.seal('a', 'mine');
    rmSync(test.at('a'));
    await test.restart(() => rmSync(test.at('home'), { recursive: true }));
    const [grant = ''] = await granted(test.desktop, envelope);
    expect(await test.routes.canOpen(grant)).toMatchObject([{ answer: 'no' }, { answer: 'no' }]);
    const other = await newIdentity();
    expect(
      await failed(async () => await test.routes.lendKey({ typed: other.identity }, grant)),
    ).toMatchObject({
      code: 'recovery-absent',
    });
    expect((await test.routes.recovery()).lent).toEqual([]);
    const recipient = await test.routes.lendKey({ typed: identity }, grant);
    expect(await test.routes.recovery()).toMatchObject({ lent: [recipient] });
    expect(await test.routes.canOpen(grant)).toMatchObject([{ answer: 'no' }, { answer: 'yes' }]);
    const batch = await test.desktop.ended(await test.routes.start(toOpen([grant])));
    expect(batch.doneFiles).toBe(1);
    expect(readFileSync(test.at('a'), 'utf8')).toBe('mine');
    expect(await test.routes.takeBackKeys()).toMatchObject({ lent: [] });
    expect(await test.routes.canOpen(grant)).toMatchObject([{ answer: 'no' }, { answer: 'no' }]);
    await test.routes.lendKey({ typed: identity });
    await test.restart();
    expect((await test.routes.recovery()).lent).toEqual([]);
  });
});

describe('a backup', () => {
  it('of a key of this computer is remembered', async () => {
    const { key } = await test.routes.createLocalKey('Archive', 'file');
    expect(await test.routes.recovery()).toMatchObject({ atRisk: true });
    test.desktop.saveTo = test.at('backup');
    await test.routes.backUpKey(key, 'correct horse');
    expect(await test.routes.recovery()).toMatchObject({ atRisk: false });
  });
});
