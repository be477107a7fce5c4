/** @file What an administrator has laid down, where somebody would trust another account, and before sealing. */
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Trusted } from '../../shared/trust.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { noRecovery } from '../../shared/recovery.ts';
import { ManagedStore } from '../settings/managed.ts';
import { SettingsStore } from '../settings/store.ts';
import { sayAddedKeys } from './added-keys.ts';
import { trust } from './keys-trust.ts';
import { Screen } from './screen.ts';

const RECIPIENT = 'age1lhwhxget08rydr389vfuyp28qfj8wr4w9prwp824c75ehep87acqyjj77z';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'envelope-trust-')));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Somebody on a computer whose administrator has written `laid`. */
async function person(laid?: object) {
  const file = path.join(folder, 'policy.json');
  if (laid !== undefined) await writeFile(file, JSON.stringify({ version: 1, ...laid }));
  const settings = new SettingsStore(path.join(folder, 'settings.json'));
  const managed = new ManagedStore({ file, owner: process.getuid?.() ?? 0 });
  return { settings, managed };
}

const place = (region: string | undefined, account = '999922223333'): Trusted => ({
  partition: 'aws',
  account,
  region,
});
const session = () => ({ result: () => {} });

describe('envelope keys trust', () => {
  const fixed = { trust: { accounts: ['aws:111122223333:eu-central-1', 'aws:444455556666:*'], ask: false } };

  it.each([place('eu-central-1'), place(undefined), place('us-east-1', '111122223333')])(
    'refuses what a fixed list leaves out: it would not be called all the same (%j)',
    async (other) => {
      const home = await person(fixed);
      await expect(trust(session(), home, other)).rejects.toMatchObject({
        code: 'usage',
        details: { reason: expect.stringContaining('Your administrator has fixed the list') },
      });
      expect((await home.settings.load()).accounts).toEqual([]);
    },
  );

  it.each([
    [fixed, place('us-east-1', '444455556666'), 'aws:444455556666:us-east-1'],
    [fixed, place('*', '111122223333'), 'aws:111122223333:*'],
    [{ trust: { ...fixed.trust, ask: true } }, place('eu-central-1'), 'aws:999922223333:eu-central-1'],
    [undefined, place('eu-central-1'), 'aws:999922223333:eu-central-1'],
  ])('notes what may be called (%#)', async (laid, other, text) => {
    const home = await person(laid);
    await trust(session(), home, other);
    expect((await home.settings.load()).accounts).toEqual([text]);
  });
});

describe('before sealing', () => {
  it('which keys get in without having been chosen is said', async () => {
    const said: string[] = [];
    const stream = { write: (text: string) => said.push(text) };
    const made = '2026-11-26T12:00:00.000Z';
    const settings = { ...defaultSettings, recovery: { ...noRecovery, key: { recipient: RECIPIENT, made } } };
    const home = {
      settings: { load: () => Promise.resolve(settings) },
      local: { list: () => Promise.resolve({ keys: [], damaged: [] }) },
      keyring: { managedKeys: () => Promise.resolve([{ provider: 'age' as const, key: RECIPIENT }]) },
    };
    await sayAddedKeys({ screen: new Screen({ out: stream, err: stream }) }, home);
    expect(said.join('')).toBe(
      'The recovery key made 2026-11-26 will open it too.\n' +
        'The administrator of this computer lets age key “Recovery key” open it too.\n',
    );
  });
});
