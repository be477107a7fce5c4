import { mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StandIn, startKms } from './kms-stand-in/start.ts';
import { usePlace } from './use-place.ts';

const place = usePlace();

/** `docs` with files called so, sealed into `sealed`. */
async function sealDocs(names: readonly string[], ...options: string[]): Promise<void> {
  mkdirSync(place.at('docs'), { recursive: true });
  for (const name of names) writeFileSync(place.at('docs', name), `the content of ${name}`);
  await place.json(['seal', 'docs', '--to', 'sealed', ...options]);
}

describe('health', () => {
  it('says that all is well, key by key', async () => {
    await sealDocs(['a', 'b']);
    const ran = await place.run(['health', 'sealed']);
    expect(ran.code).toBe(0);
    expect(ran.out).toBe(
      'local key “This computer”\n    2 of 2 envelopes open with it now; 2 hang on it alone\n',
    );
    expect(ran.err).toMatch(
      /^2 envelopes in 2 folders, 144 bytes of bodies: 2 open now\.\n2 envelopes hang on one key\.\nIt took /,
    );
    expect((await place.run(['health', 'sealed', '-q'])).out).toBe('');
  });

  it('tells each problem with the files and what to do, and the exit code says of what kind they are', async () => {
    await sealDocs(['a', 'b', 'c']);
    rmSync(place.at('sealed/docs/a.enc'));
    const missing = await place.run(['health', 'sealed']);
    expect(missing.code).toBe(1);
    expect(missing.out).toContain(
      'Envelopes without their body beside them: 1\n    sealed/docs/a.envelope\n    Put the .enc file beside',
    );
    truncateSync(place.at('sealed/docs/b.enc'), 60);
    renameSync(place.at('sealed/docs/a.envelope'), place.at('a.envelope'));
    const short = await place.run(['health', 'sealed']);
    expect([short.code, short.out]).toEqual([4, expect.stringContaining('Bodies that are cut short: 1')]);
    const [line, summary] = (await place.run(['health', 'sealed', '--json'])).lines();
    expect(line).toMatchObject({
      state: 'body-cut-short',
      path: place.at('sealed/docs/b.envelope'),
      error: { code: 'body-cut-short' },
      keys: [{ provider: 'local', answer: 'opens' }],
    });
    expect(summary).toMatchObject({
      state: 'summary',
      envelopes: 2,
      opens: 1,
      problems: { 'body-cut-short': 1 },
    });
    expect((await place.run(['health', 'nowhere'])).code).toBe(1);
    expect((await place.run(['health', 'sealed'], {}, 'stranger')).code).toBe(1);
  });

  it('names a few files of each problem, or all that are wanted', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `file ${n}`);
    await sealDocs(names);
    for (const name of names) rmSync(place.at('sealed/docs', `${name}.enc`));
    const few = await place.run(['health', 'sealed']);
    expect(few.out.match(/file \d+\.envelope/g)).toHaveLength(10);
    expect(few.out).toContain('and 2 more; “--list problems” names them all');
    const all = await place.run(['health', 'sealed', '--list', 'problems']);
    expect(all.out.match(/^body missing: sealed\/docs\/file \d+\.envelope$/gm)).toHaveLength(12);
  });

  it('lists what hangs on one key, or everything', async () => {
    const [made] = await place.json(['keys', 'identity', 'recovery.txt']);
    await sealDocs(['a']);
    await sealDocs(['b'], '--key', 'local', '--key', String(made?.['recipient']), '--skip');
    const alone = await place.run(['health', 'sealed', '--list', 'alone']);
    expect(alone.out).toMatch(/^opens, by one key: sealed\/docs\/a\.envelope$/m);
    expect(alone.out).not.toContain('sealed/docs/b.envelope');
    const all = await place.run(['health', 'sealed', '--list', 'all', '--identity', 'recovery.txt']);
    expect(all.out).toMatch(/^opens: sealed\/docs\/b\.envelope$/m);
    expect(all.out).toContain('age key');
    expect((await place.run(['health', 'sealed', '--list', 'some'])).code).toBe(2);
  });

  it('checks every byte with --deep', async () => {
    await sealDocs(['a']);
    expect((await place.run(['health', 'sealed', '--deep'])).err).toContain(
      'Every byte of 1 body was checked, 16 bytes.',
    );
    const [summary] = await place.json(['health', 'sealed', '--deep']);
    expect(summary).toMatchObject({ verified: 1, verifiedBytes: 16 });
  });

  it('asks nobody for a passphrase, and takes one that is given', async () => {
    await sealDocs(['a']);
    const env = { ENVELOPE_PASSPHRASE: 'correct horse' };
    await place.json(['keys', 'protect', 'local', '--passphrase'], { env });
    const locked = await place.run(['health', 'sealed']);
    expect([locked.code, locked.out]).toEqual([
      3,
      expect.stringContaining('The key “This computer” needs its passphrase'),
    ]);
    await place.json(['health', 'sealed'], { env });
  });

  it('leaves out the program’s own copies of envelopes', async () => {
    await sealDocs(['a']);
    const home = place.at('home');
    mkdirSync(`${home}/envelopes`, { recursive: true });
    renameSync(place.at('sealed/docs/a.envelope'), `${home}/envelopes/a.envelope`);
    const env = { ENVELOPE_HOME: home };
    const [summary] = (await place.run(['health', 'home', '--json'], { env })).lines();
    expect(summary).toMatchObject({ envelopes: 0 });
  });
});

describe('health of envelopes under AWS KMS keys', () => {
  let kms: StandIn;
  beforeAll(async () => {
    kms = await startKms();
  });
  afterAll(async () => {
    await kms.stop();
  });
  beforeEach(() => {
    kms.faults.clear();
  });

  const env = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'eu-central-1' };

  async function sealedUnder(alias: string): Promise<string> {
    await place.json(['keys', 'aws', 'connect', 'test', '--endpoint', kms.endpoint], { env });
    const [made] = await place.json(['keys', 'aws', 'create', alias, '--yes'], { env });
    mkdirSync(place.at('docs'));
    for (const name of ['a', 'b', 'c']) writeFileSync(place.at('docs', name), name);
    await place.json(['seal', 'docs', '--to', 'sealed', '--key', alias], { env });
    kms.calls.length = 0;
    return String(made?.['key']);
  }

  it('tells the calls that it took', async () => {
    await sealedUnder('alias/contracts');
    const ran = await place.run(['health', 'sealed'], { env });
    expect([ran.code, kms.actions]).toEqual([0, ['DescribeKey', 'Decrypt', 'ListAliases']]);
    expect(ran.out).toContain('AWS KMS key “alias/contracts” in eu-central-1, 111122223333\n');
    expect(ran.err).toContain(
      'AWS KMS was called 3 times: 1 DescribeKey, 1 Decrypt, 1 ListAliases (dry run)',
    );
  });

  it('a key that will be deleted comes first, with the day and who can save it', async () => {
    const arn = await sealedUnder('alias/old');
    await sealDocs(['d']);
    const key = kms.keys.find({ account: '111122223333', region: 'eu-central-1' }, arn);
    key.state = 'PendingDeletion';
    key.deletion = new Date('2026-12-03T16:20:00Z');
    const ran = await place.run(['health', 'sealed'], { env });
    expect(ran.code).toBe(3);
    expect(ran.out).toMatch(
      /^AWS KMS key “alias\/old”.*\n {4}0 of 3 envelopes open with it now; 3 hang on it alone\n/,
    );
    expect(ran.out).toContain('It will be deleted on 2026-12-03 16:20:00 UTC.');
    expect(ran.out).toContain('kms:CancelKeyDeletion');
    expect(ran.out).toContain('Envelopes that no key opens now: 3');
  });

  it('asks no stranger’s account before it is trusted', async () => {
    await sealedUnder('alias/theirs');
    const options = ['--endpoint', kms.endpoint];
    const ran = await place.run(['health', 'sealed', ...options], { env }, 'other');
    expect([ran.code, kms.actions]).toEqual([3, []]);
    expect(ran.out).toContain('--trust-account aws:111122223333');
    const trusting = [...options, '--trust-account', 'aws:111122223333:eu-central-1'];
    await place.json(['health', 'sealed', ...trusting], { env }, 'other');
    expect(kms.actions.slice(0, 2)).toEqual(['DescribeKey', 'Decrypt']);
  });

  it('without a network local keys answer, and the others are said not to have been asked', async () => {
    await sealedUnder('alias/away');
    await sealDocs(['d']);
    kms.faults.add({ kind: 'reset' });
    const ran = await place.run(['health', 'sealed'], { env });
    expect(ran.code).toBe(3);
    expect(ran.out).toContain('3: It could not be asked.');
    expect(ran.out).toContain('4 of 4 envelopes open with it now');
  });
});
