/** @file Sealing on the command line while the KMS cannot be reached, and adding its key when it can. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOME, newKey } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';
import { Place, type Ran } from './run-cli.ts';

let kms: StandIn;
let place: Place;
let key: string;

beforeEach(async () => {
  kms = await startKms();
  key = newKey(kms).arn;
  kms.keys.addAlias({ account: '111122223333', region: HOME }, 'alias/team', key);
  place = new Place();
  writeFileSync(place.at('a.txt'), 'tax papers');
});

afterEach(async () => {
  place[Symbol.dispose]();
  await kms.stop();
});

const env = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: HOME };

/** With the KMS where it is. */
const online = async (args: readonly string[], home?: string): Promise<Ran> =>
  await place.run([...args, '--endpoint', kms.endpoint], { env }, home);
/** Nobody listens there. */
const offline = async (args: readonly string[]): Promise<Ran> =>
  await place.run([...args, '--endpoint', 'http://127.0.0.1:9'], { env });

const seal = ['seal', 'a.txt', '--key', 'alias/team'];
const keysOf = (file = 'a.txt.envelope'): string[] =>
  (JSON.parse(readFileSync(place.at(file), 'utf8')) as { keys: { key: string }[] }).keys.map(
    (one) => one.key,
  );

it('fails without a word of agreement, and says how to agree', async () => {
  const ran = await offline(seal);
  expect(ran).toMatchObject({ code: 3, err: expect.stringContaining('--offline-ok') });
  expect(existsSync(place.at('a.txt.envelope'))).toBe(false);
});

it('is sealed with the key of this computer, said so everywhere, and gets its KMS key later', async () => {
  const sealed = await offline([...seal, '--offline-ok']);
  expect(sealed).toMatchObject({
    code: 0,
    out: expect.stringContaining('with the key of this computer; waits for alias/team'),
    err: expect.stringContaining('A key was made for this computer'),
  });
  expect(keysOf()).toEqual([expect.stringMatching(/^local:/)]);
  const inspected = await place.run(['inspect', 'a.txt.envelope']);
  expect(inspected.out).toContain('waits    for alias/team, which does not open it yet');
  expect((await place.json(['keys', 'pending']))[0]).toMatchObject({ state: 'waits', keys: ['alias/team'] });
  expect(await offline(['keys', 'pending', '--now'])).toMatchObject({ code: 3 });
  const added = await online(['keys', 'pending', '--now', '--json']);
  expect(added.code).toBe(0);
  expect(added.lines()).toMatchObject([{ state: 'added', path: place.at('a.txt.envelope'), keys: [key] }]);
  expect(keysOf()).toEqual([key]);
  expect(await place.json(['keys', 'pending'])).toEqual([]);
  // On another computer, which has nothing but the KMS.
  rmSync(place.at('a.txt'));
  await online(['open', 'a.txt.envelope', '--trust-account', 'aws:111122223333'], 'other');
  expect(readFileSync(place.at('a.txt'), 'utf8')).toBe('tax papers');
});

describe('the key that is to be added', () => {
  beforeEach(async () => {
    await offline([...seal, '--offline-ok']);
  });

  it('may be disabled by then: nothing changes, and the reason is said', async () => {
    const before = readFileSync(place.at('a.txt.envelope'));
    kms.keys.find({ account: '111122223333', region: HOME }, key).state = 'Disabled';
    expect(await online(['keys', 'pending', '--now'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('is disabled'),
    });
    expect(readFileSync(place.at('a.txt.envelope'))).toEqual(before);
    expect((await place.run(['keys', 'pending'])).err).toContain('is disabled');
  });

  it('is found for an envelope that was renamed; one that is gone is said to be, and dropped', async () => {
    renameSync(place.at('a.txt.envelope'), place.at('b.envelope'));
    expect(await online(['keys', 'pending', '--now'])).toMatchObject({ code: 0 });
    expect(keysOf('b.envelope')).toEqual([key]);
    rmSync(place.at('a.txt.enc'));
    await offline([...seal, '--offline-ok']);
    rmSync(place.at('a.txt.envelope'));
    expect(await online(['keys', 'pending', '--now'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no file'),
    });
    expect(await place.run(['keys', 'pending', '--drop', 'nothing'])).toMatchObject({ code: 2 });
    expect(await place.run(['keys', 'pending', '--drop', place.at('a.txt.envelope')])).toMatchObject({
      code: 0,
    });
    expect(await place.json(['keys', 'pending'])).toEqual([]);
  });

  it('survives a kill half way: the envelope is as it was, and the next try goes on', async () => {
    const before = readFileSync(place.at('a.txt.envelope'));
    const release = kms.faults.hold('Encrypt');
    const killed = await place.run(['keys', 'pending', '--now', '--endpoint', kms.endpoint], {
      env,
      onStart: (child) => {
        const timer = setInterval(() => {
          if (!kms.actions.includes('Encrypt')) return;
          clearInterval(timer);
          child.kill('SIGKILL');
        }, 20);
      },
    });
    release();
    expect(killed.code).toBeNull();
    expect(readFileSync(place.at('a.txt.envelope'))).toEqual(before);
    expect(await online(['keys', 'pending', '--now'])).toMatchObject({ code: 0 });
    expect(keysOf()).toEqual([key]);
  });
});

it('a refusal of the KMS is never a reason to seal without it', async () => {
  kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
  expect((await online([...seal, '--offline-ok'])).code).toBe(3);
  expect(existsSync(place.at('a.txt.envelope'))).toBe(false);
  expect(await place.json(['keys', 'pending'])).toEqual([]);
});
