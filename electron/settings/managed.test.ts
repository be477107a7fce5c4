import { chmod, chown, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Managed, ManagedStore } from './managed.ts';
import { managedPlace } from './managed-place.ts';

const owner = process.getuid?.() ?? 0;
const RECIPIENT = 'age1lhwhxget08rydr389vfuyp28qfj8wr4w9prwp824c75ehep87acqyjj77z';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'envelope-managed-')));
  await mkdir(path.join(folder, 'envelope'));
  file = path.join(folder, 'envelope', 'policy.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function load(text?: string): Promise<Managed | undefined> {
  if (text !== undefined) await writeFile(file, text, { mode: 0o644 });
  return await new ManagedStore({ file, owner }).load();
}

const problem = (details: object): unknown =>
  expect.objectContaining({
    code: 'managed-invalid',
    details: expect.objectContaining({ path: file, ...details }),
  });

describe('what an administrator has laid down', () => {
  it('is nothing where there is no file', async () => {
    expect(await load()).toBeUndefined();
    await rm(path.dirname(file), { recursive: true });
    expect(await load()).toBeUndefined();
  });

  it('is read', async () => {
    const trust = { accounts: ['aws:111122223333:*', 'aws-cn:111122223333:cn-north-1'], ask: false };
    expect(await load(JSON.stringify({ version: 1, trust, keys: [RECIPIENT] }))).toEqual({
      path: file,
      trust,
      keys: [RECIPIENT],
    });
    expect(await load('{"version":1,"updates":"off"}')).toEqual({ path: file, keys: [], updates: 'off' });
    expect(await load('{"version":1}')).toEqual({ path: file, keys: [] });
    expect(await load('{"version":1,"trust":{"accounts":[]}}')).toMatchObject({ trust: { ask: true } });
  });

  it.each([
    ['not JSON', '{"version":1', { problem: 'json' }],
    ['of another version', '{"version":2}', { problem: 'member', field: 'version' }],
    ['a member that is misspelt', '{"version":1,"truts":{}}', { problem: 'member', field: 'truts' }],
    [
      'an account without a region',
      '{"version":1,"trust":{"accounts":["aws:111122223333"]}}',
      { field: 'trust.accounts.0' },
    ],
    [
      'a host for a region',
      '{"version":1,"trust":{"accounts":["aws:111122223333:eu-x.evil.com-1"]}}',
      { field: 'trust.accounts.0' },
    ],
    ['a word for yes', '{"version":1,"trust":{"accounts":[],"ask":"no"}}', { field: 'trust.ask' }],
    ['no list', '{"version":1,"trust":{}}', { field: 'trust.accounts' }],
    ['a name for a key', '{"version":1,"keys":["alias/team"]}', { field: 'keys.0' }],
    [
      'a recipient with a wrong checksum',
      `{"version":1,"keys":["${RECIPIENT.replace('77z', '77y')}"]}`,
      { field: 'keys.0' },
    ],
  ])('says what is wrong: %s', async (_, text, details) => {
    await expect(load(text)).rejects.toEqual(problem(details));
  });

  it.runIf(process.platform !== 'win32')('is not believed if others may write it', async () => {
    await load('{"version":1}');
    await chmod(file, 0o666);
    await expect(load()).rejects.toEqual(problem({ problem: 'writable', at: file }));
    await chmod(file, 0o664);
    await expect(load()).rejects.toEqual(problem({ problem: 'writable', at: file }));
    await chmod(file, 0o644);
    await chmod(path.dirname(file), 0o777);
    await expect(load()).rejects.toEqual(problem({ problem: 'writable', at: path.dirname(file) }));
    await chmod(path.dirname(file), 0o755);
    await chmod(folder, 0o777);
    await expect(load()).rejects.toEqual(problem({ problem: 'writable', at: folder }));
  });

  it.runIf(process.platform !== 'win32')('is not believed if it belongs to somebody else', async () => {
    await load('{"version":1}');
    // Only root can give a file away; for everybody else the file is not of the one whose it must be.
    if (owner === 0) await chown(file, 54_321, 0);
    const expected = { file, owner: owner === 0 ? 0 : owner + 1 };
    await expect(new ManagedStore(expected).load()).rejects.toEqual(problem({ problem: 'owner', at: file }));
  });

  it.runIf(process.platform !== 'win32')('is not believed through a link, nor as a folder', async () => {
    await writeFile(path.join(folder, 'real.json'), '{"version":1}');
    await symlink(path.join(folder, 'real.json'), file);
    await expect(load()).rejects.toEqual(problem({ problem: 'link', at: file }));
    await rm(file);
    await mkdir(file);
    await expect(load()).rejects.toEqual(problem({ problem: 'special' }));
    await rm(file, { recursive: true });
    await expect(load(`{"version":1}${' '.repeat(65_536)}`)).rejects.toEqual(problem({ problem: 'large' }));
  });
});

describe('its place', () => {
  it('is fixed, and belongs to root', () => {
    for (const [platform, place] of [
      ['linux', '/etc/envelope/policy.json'],
      ['darwin', '/Library/Application Support/Envelope/policy.json'],
      ['win32', String.raw`C:\ProgramData\Envelope\policy.json`],
    ] as const) {
      expect(managedPlace(platform)).toEqual({ file: place, owner: 0 });
    }
  });
});
