import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StandIn, startKms } from './kms-stand-in/start.ts';
import { usePlace } from './use-place.ts';

const place = usePlace();

const write = (name: string, text: string): void => {
  writeFileSync(place.at(name), text);
};
const read = (name: string): string => readFileSync(place.at(name), 'utf8');

describe('local keys', () => {
  it('an unknown key is refused before anything is written', async () => {
    write('a', '1');
    const ran = await place.run(['seal', 'a', '--key', 'nobody']);
    expect([ran.code, ran.out, readdirSync(place.folder)]).toEqual([3, '', ['a']]);
    expect(ran.err).toContain('You have no key “nobody”');
  });

  it('the key of another computer does not open, and each key says why', async () => {
    write('a', '1');
    await place.json(['seal', 'a']);
    const ran = await place.run(['open', 'a.envelope', '--json'], {}, 'stranger');
    expect([ran.code, ran.lines()[0]]).toMatchObject([
      3,
      { state: 'failed', error: { code: 'no-key-opens' } },
    ]);
    expect(ran.err).toMatch(/- local key local:\S+: not one of your keys\./);
  });

  it('a passphrase comes from a file or a variable, never from nowhere', async () => {
    write('a', '1');
    write('passphrase', 'correct horse\n');
    const created = await place.run(['keys', 'new', 'work', '--passphrase']);
    expect(created.code).toBe(3);
    expect(created.err).toContain('--passphrase-file');
    await place.json(['keys', 'new', 'work', '--passphrase', '--passphrase-file', 'passphrase']);
    const list = await place.run(['keys']);
    expect(list.out).toMatch(/^ {2}work {2}local:\S+\n {4}protected by a passphrase\n$/);

    expect((await place.run(['seal', 'a', '--key', 'work'])).code).toBe(3);
    const env = { ENVELOPE_PASSPHRASE: 'correct horse' };
    await place.json(['seal', 'a', '--key', 'work'], { env });
    const wrong = await place.run(['verify', 'a.envelope'], { env: { ENVELOPE_PASSPHRASE: 'wrong' } });
    expect([wrong.code, wrong.err]).toEqual([
      3,
      expect.stringContaining('local key “work”: The passphrase does'),
    ]);
    await place.json(['verify', 'a.envelope'], { env });
  });

  it('a backup opens on another computer what was sealed here', async () => {
    write('a', 'mine');
    await place.json(['seal', 'a']);
    const env = { ENVELOPE_PASSPHRASE: 'correct horse' };
    const alone = await place.run(['keys', 'backup', 'local', 'key.backup']);
    expect([alone.code, alone.err]).toEqual([3, expect.stringContaining('--new-passphrase-file')]);
    await place.json(['keys', 'backup', 'local', 'key.backup'], { env });
    expect(statSync(place.at('key.backup')).mode & 0o077).toBe(0);
    expect((await place.run(['keys', 'backup', 'local', 'key.backup'], { env })).code).toBe(1);
    await place.json(['keys', 'restore', 'key.backup'], { env }, 'other');
    await place.json(['open', 'a.envelope', '--to', 'other'], {}, 'other');
    expect(read('other/a')).toBe('mine');
  });

  it('can be renamed, chosen, and protected otherwise', async () => {
    await place.json(['keys', 'new', 'one']);
    await place.json(['keys', 'rename', 'one', 'two words']);
    await place.json(['keys', 'default', 'two words']);
    const env = { ENVELOPE_NEW_PASSPHRASE: 'new' };
    await place.json(['keys', 'protect', 'two words', '--passphrase'], { env });
    const [key] = await place.json(['keys', 'list']);
    expect(key).toMatchObject({ name: 'two words', default: true, protection: 'passphrase' });
    expect((await place.run(['keys', 'protect', 'two words'])).code).toBe(2);
  });
});

describe('what is asked of nobody', () => {
  it('a passphrase file that is not there ends it before anything is tried', async () => {
    write('a', '1');
    const ran = await place.run(['seal', 'a', '--passphrase-file', '/nonexist']);
    expect([ran.code, readdirSync(place.folder)]).toEqual([2, ['a']]);
    expect(ran.err).toContain('The passphrase file “/nonexist” does not exist.');
  });

  it.each(['/dev/null', '/proc/zz'])(
    'a home that cannot be written is called by its variable: %s',
    async (home) => {
      write('a', '1');
      const ran = await place.run(['seal', 'a'], { env: { ENVELOPE_HOME: home } });
      expect([ran.code, readdirSync(place.folder)]).toEqual([1, ['a']]);
      expect(ran.err).toContain(`the program’s own folder “${home}”`);
      expect(ran.err).toContain('ENVELOPE_HOME');
      expect(ran.err).not.toContain('--to');
    },
  );
});

describe('age', () => {
  it('seals to a recipient and opens with the identity file only', async () => {
    write('a', 'for recovery');
    const [made] = await place.json(['keys', 'identity', 'recovery.txt']);
    expect(statSync(place.at('recovery.txt')).mode & 0o077).toBe(0);
    await place.json(['seal', 'a', '--key', String(made?.['recipient'])]);
    rmSync(place.at('a'));
    expect((await place.run(['open', 'a.envelope'])).code).toBe(3);
    await place.json(['open', 'a.envelope', '--identity', 'recovery.txt']);
    expect(read('a')).toBe('for recovery');
  });
});

describe('AWS KMS', () => {
  let kms: StandIn;
  beforeAll(async () => {
    kms = await startKms();
  });
  afterAll(async () => {
    await kms.stop();
  });
  beforeEach(() => {
    kms.faults.clear();
    kms.calls.length = 0;
  });

  const env = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'eu-central-1' };
  const connect = async (home?: string) => {
    await place.json(['keys', 'aws', 'connect', 'test', '--endpoint', kms.endpoint], { env }, home);
  };

  it('creates a key only when the cost is agreed to, and seals and opens with it', async () => {
    write('a', 'in the cloud');
    await connect();
    const create = ['keys', 'aws', 'create', 'alias/first', '--rotate', '365'];
    const refused = await place.run(create, { env });
    expect([refused.code, kms.actions]).toEqual([2, []]);
    expect(refused.err).toContain('costs about 1 US dollar a month');
    const [made] = await place.json([...create, '--yes'], { env });
    expect(await place.json(['keys', 'aws', 'list'], { env })).toMatchObject([
      { alias: 'alias/first', key: made?.['key'] },
    ]);
    const [sealed] = await place.json(['seal', 'a', '--key', 'alias/first', '--key', 'local'], { env });
    expect(sealed?.['requestIds']).toHaveLength(1);
    const [inspected] = await place.json(['inspect', 'a.envelope']);
    expect(inspected?.['keys']).toMatchObject([{ key: made?.['key'] }, { name: 'This computer' }]);
    kms.calls.length = 0;
    await place.json(['verify', 'a.envelope'], { env });
    expect(kms.actions).toEqual([]);
    await place.json(['keys', 'aws', 'test', 'alias/first'], { env });
  });

  it('asks no stranger’s account before it is trusted', async () => {
    write('a', 'in the cloud');
    const endpoint = ['--endpoint', kms.endpoint];
    await place.json(['keys', 'aws', 'create', 'alias/second', '--yes', ...endpoint], { env });
    await place.json(['seal', 'a', '--key', 'alias/second', ...endpoint], { env });
    kms.calls.length = 0;

    const opening = ['open', 'a.envelope', '--to', 'other', ...endpoint];
    const unknown = await place.run(opening, { env }, 'other');
    expect([unknown.code, kms.actions]).toEqual([3, []]);
    expect(unknown.err).toContain('--trust-account aws:111122223333:eu-central-1');
    const [opened] = await place.json([...opening, '--trust-account', 'aws:111122223333'], { env }, 'other');
    expect(opened?.['requestIds']).toHaveLength(1);
    expect(read('other/a')).toBe('in the cloud');
  });

  it('says what the KMS refused and what to do, and goes on with the other files', async () => {
    write('a', '1');
    write('b', '2');
    await connect();
    await place.json(['keys', 'aws', 'create', 'alias/third', '--yes'], { env });
    kms.faults.add({ kind: 'denied', action: 'GenerateDataKey', times: 1 });
    const ran = await place.run(['seal', 'a', 'b', '--key', 'alias/third', '--json'], { env });
    expect(ran.code).toBe(3);
    const states = ran.lines().map(({ state }) => state);
    expect(states.map(String).toSorted()).toEqual(['done', 'failed']);
    expect(ran.err).toContain('kms:GenerateDataKey');
  });

  it('an account that was trusted ahead is called without a question', async () => {
    write('a', 'in the cloud');
    const endpoint = ['--endpoint', kms.endpoint];
    await place.json(['keys', 'aws', 'create', 'alias/fourth', '--yes', ...endpoint], { env });
    await place.json(['seal', 'a', '--key', 'alias/fourth', ...endpoint], { env });
    expect(await place.json(['keys', 'trust', '111122223333'], {}, 'other')).toEqual([
      { account: 'aws:111122223333' },
    ]);
    expect((await place.run(['keys', 'trust', 'nonsense'], {}, 'other')).code).toBe(2);
    // Named without a region, the account stands for the regions of the connections: here AWS_REGION.
    await place.json(['verify', 'a.envelope', ...endpoint], { env }, 'other');
    const elsewhere = { env: { ...env, AWS_REGION: 'us-east-1' } };
    kms.calls.length = 0;
    const refused = await place.run(['verify', 'a.envelope', ...endpoint], elsewhere, 'other');
    expect([refused.code, kms.actions]).toEqual([3, []]);
    expect(refused.err).toContain('a region in which you have not used that account');
    await place.json(['keys', 'trust', 'aws:111122223333:eu-central-1'], {}, 'other');
    await place.json(['verify', 'a.envelope', ...endpoint], elsewhere, 'other');
    expect(await place.json(['keys', 'trust'], {}, 'other')).toEqual([
      { account: 'aws:111122223333', by: 'user' },
      { account: 'aws:111122223333:eu-central-1', by: 'user' },
    ]);
    expect(await place.json(['keys', 'untrust', 'aws:111122223333'], {}, 'other')).toHaveLength(2);
    expect((await place.run(['keys', 'untrust', 'aws:111122223333'], {}, 'other')).code).toBe(2);
    expect((await place.run(['verify', 'a.envelope', ...endpoint], { env }, 'other')).code).toBe(3);
  });

  it('forgets a connection', async () => {
    await connect();
    const disconnect = ['keys', 'aws', 'disconnect', 'test'];
    expect(await place.json(disconnect)).toEqual([{ name: 'test' }]);
    const again = await place.run(disconnect);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('no connection “test”')]);
  });

  it('an MFA code is asked of nobody', async () => {
    write('a', '1');
    const role = 'arn:aws:iam::111122223333:role/sealer';
    const serial = 'arn:aws:iam::111122223333:mfa/test';
    const options = ['--endpoint', kms.endpoint, '--role', role, '--mfa-serial', serial];
    await place.json(['keys', 'aws', 'connect', 'mfa', ...options], { env });
    const ran = await place.run(['seal', 'a', '--key', 'alias/first'], { env });
    expect([ran.code, kms.actions, readdirSync(place.folder)]).toEqual([3, [], ['a']]);
    expect(ran.err).toContain(`AWS asks for an MFA code of ${serial}, and none was given.`);
  });

  it('an endpoint of the environment is said', async () => {
    const elsewhere = { ...env, AWS_ENDPOINT_URL_KMS: kms.endpoint };
    const ran = await place.run(['keys', 'aws', 'list'], { env: elsewhere });
    expect([ran.code, ran.err.match(/as the variable AWS_ENDPOINT_URL_KMS says/g)?.length]).toEqual([0, 1]);
  });

  it('refuses an endpoint in the clear', async () => {
    const ran = await place.run(['keys', 'aws', 'connect', 'x', '--endpoint', 'http://kms.example.com']);
    expect([ran.code, ran.err]).toEqual([3, expect.stringContaining('must be https')]);
  });
});
