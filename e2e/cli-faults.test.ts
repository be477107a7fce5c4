/** @file Health, trust, policies and errors on the command line, each while a KMS key is disabled, a session ends, or the run is killed half way. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, papersOf, useCliKms } from './cli-kms.ts';

const w = useCliKms();
const COUNT = 6;

describe('envelope health', () => {
  it('a key that is disabled half way is told, of those it does not open any more', async () => {
    await w.papers(COUNT, 'alias/team');
    // The first is the dry run that speaks for all.
    w.disableAt('Decrypt', 4);
    const ran = await w.run(['health', 'sealed', '--deep']);
    expect(ran.code).toBe(3);
    expect(ran.out).toContain(`2 of ${COUNT} envelopes open with it now`);
    expect(ran.out).toContain('It is disabled');
  });

  it('a session that ends half way is told as not asked, and nothing is called damaged', async () => {
    await w.papers(COUNT, 'alias/team');
    w.expireAt('Decrypt', 4);
    const ran = await w.run(['health', 'sealed', '--deep']);
    expect(ran.code).toBe(3);
    expect(ran.out).toContain('4: It could not be asked.');
    w.kms.faults.clear();
    expect(await w.run(['health', 'sealed', '--deep'])).toMatchObject({ code: 0 });
  });

  it('killed half way changes nothing', async () => {
    await w.papers(COUNT, 'alias/team');
    const before = [w.files('sealed', '.enc'), w.files('sealed', '.envelope')];
    await w.killedAt(['health', 'sealed', '--deep'], 'Decrypt', 4);
    expect([w.files('sealed', '.enc'), w.files('sealed', '.envelope')]).toEqual(before);
    expect(await w.run(['health', 'sealed', '--deep'])).toMatchObject({ code: 0 });
  });
});

describe('an account that is named by --trust-account', () => {
  const open = ['open', 'sealed', '--to', 'back', '--skip'];
  const trusting = [...open, '--trust-account', ACCOUNT];
  async function prepare(): Promise<void> {
    await w.papers(COUNT, 'alias/team');
    await w.json(['keys', 'untrust', ACCOUNT]);
    expect(await w.run(open)).toMatchObject({ code: 3, err: expect.stringContaining('--trust-account') });
    expect(w.kms.actions).toEqual([]);
  }
  /** The agreement stays, and the rest comes out whole. */
  async function rest(): Promise<void> {
    w.kms.faults.clear();
    w.key.state = 'Enabled';
    expect(await w.run(open)).toMatchObject({ code: 0 });
    expect(w.opened('back')).toEqual(papersOf(COUNT));
    expect(w.files('back', '.partial')).toEqual({});
  }

  it.each([
    ['its key is disabled half way', 'disableAt', 'is disabled'],
    ['the session ends half way', 'expireAt', 'expired'],
  ] as const)('%s: the rest fails by name, and opens later', async (_, fault, words) => {
    await prepare();
    w[fault]('Decrypt', 4);
    expect(await w.run(trusting)).toMatchObject({ code: 3, err: expect.stringContaining(words) });
    expect(Object.keys(w.opened('back'))).toHaveLength(3);
    await rest();
  });

  it('killed half way leaves whole files only', async () => {
    await prepare();
    await w.killedAt(trusting, 'Decrypt', 4);
    await rest();
  });
});

describe('a folder with a policy', () => {
  const seal = ['seal', 'papers', '--skip'];
  const sealed = (): string[] => Object.keys(w.files('papers', '.envelope'));
  async function prepare(): Promise<void> {
    await w.papers(COUNT);
    await w.json(['policy', 'init', 'papers', '--key', 'alias/team', '--label', 'project=apollo']);
  }
  const obeyed = async (): Promise<void> => {
    expect(await w.run(seal)).toMatchObject({ code: 0 });
    expect(sealed()).toHaveLength(COUNT);
    const inspected = await w.json(['inspect', ...sealed().map((name) => `papers/${name}`)]);
    for (const one of inspected) {
      expect(one).toMatchObject({ labels: { project: 'apollo' }, keys: [{ key: w.key.arn }] });
    }
    expect(w.files('papers', '.partial')).toEqual({});
    expect(await w.run(['verify', 'papers'])).toMatchObject({ code: 0 });
  };

  it.each([
    ['its key is disabled', 'disableAt', 'is disabled'],
    ['the session ends', 'expireAt', 'expired'],
  ] as const)(
    'half way %s: the rest fails by name, and is sealed by the same policy later',
    async (_, fault, words) => {
      await prepare();
      w[fault]('GenerateDataKey', 4);
      expect(await w.run(seal)).toMatchObject({ code: 3, err: expect.stringContaining(words) });
      expect(sealed()).toHaveLength(3);
      w.kms.faults.clear();
      w.key.state = 'Enabled';
      await obeyed();
    },
  );

  it('killed as it waits for the KMS leaves whole pairs, and is sealed by the same policy later', async () => {
    await prepare();
    await w.killedAt(seal, 'GenerateDataKey', 4);
    await obeyed();
  });
});

describe('what waits for a KMS key', () => {
  it('a session that ends half way leaves the rest waiting, and it gets its key later', async () => {
    await w.papers(3);
    const nobody = ['--endpoint', 'http://127.0.0.1:9'];
    await w.run(['seal', 'papers', '--key', 'alias/team', '--offline-ok', ...nobody]);
    w.expireAt('Encrypt', 2);
    const ran = await w.run(['keys', 'pending', '--now']);
    expect(ran).toMatchObject({ code: 3, err: expect.stringContaining('expired') });
    const left = await w.json(['keys', 'pending']);
    expect(left.length).toBeGreaterThan(0);
    w.kms.faults.clear();
    expect(await w.run(['keys', 'pending', '--now'])).toMatchObject({ code: 0 });
    expect(await w.json(['keys', 'pending'])).toEqual([]);
    for (const bytes of Object.values(w.files('papers', '.envelope'))) {
      const { keys } = JSON.parse(Buffer.from(bytes, 'base64').toString()) as { keys: { key: string }[] };
      expect(keys.map(({ key }) => key)).toEqual([w.key.arn]);
    }
  });
});

describe('an error says what mends it', () => {
  it.each([
    ['disabled', 'is disabled', 'can enable it again'],
    ['expired', 'has expired', 'sign'],
  ] as const)('also while it is looked into: %s', async (kind, what, next) => {
    await w.papers(1);
    w.kms.faults.add({ kind: 'denied', action: 'GenerateDataKey', times: 1 });
    // The refusal is looked into by dry runs; meanwhile something else happens.
    if (kind === 'disabled') w.disableAt('GenerateDataKey', 2);
    else w.expireAt('GenerateDataKey', 2);
    const ran = await w.run(['seal', 'papers', '--to', 'sealed', '--key', 'alias/team']);
    expect(ran).toMatchObject({ code: 3, err: expect.stringContaining('does not allow you to use') });
    expect(existsSync(w.place.at('sealed/papers/0.txt.enc'))).toBe(false);
    const again = await w.run(['seal', 'papers', '--to', 'sealed', '--key', 'alias/team']);
    expect(again.err).toContain(what);
    expect(again.err).toContain(next);
  });

  it('killed while it is looked into, nothing is there, and it can be sealed once it may be', async () => {
    await w.papers(1);
    const denied = w.kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
    const seal = ['seal', 'papers', '--to', 'sealed', '--key', 'alias/team'];
    await w.killedAt(seal, 'GenerateDataKey', 2);
    expect(existsSync(w.place.at('sealed/papers/0.txt.envelope'))).toBe(false);
    denied();
    expect(await w.run(seal)).toMatchObject({ code: 0 });
    expect(w.files('sealed', '.partial')).toEqual({});
  });
});
