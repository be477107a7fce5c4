/** @file What brings files back on the command line, the recovery key and copies, each while a KMS key is disabled, a session ends, or the run is killed half way. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { IDENTITY_PREFIX } from '../shared/identity-text.ts';
import { papersOf, useCliKms } from './cli-kms.ts';

const w = useCliKms();
const COUNT = 6;

describe('a recovery key', () => {
  /** One in use, and what its sheet says; then files are sealed for alias/team, and for it. */
  async function prepare(): Promise<string> {
    await w.json(['keys', 'recovery', 'new', '--sheet', 'sheet.txt', '--yes']);
    const sheet = readFileSync(w.place.at('sheet.txt'), 'utf8');
    const groups = [...sheet.matchAll(/\b\d+ ([0-9A-Z]{6}|[0-9A-Z]{4})\b/g)].map(([, group]) => group);
    await w.papers(COUNT, 'alias/team');
    return IDENTITY_PREFIX + groups.slice(-10).join('');
  }
  const open = ['open', 'sealed', '--to', 'back'];
  const withSheet = [...open, '--identity', '-', '--skip'];

  it('opens the rest where the KMS key was disabled half way', async () => {
    const input = await prepare();
    w.disableAt('Decrypt', 4);
    expect(await w.run(open)).toMatchObject({ code: 3, err: expect.stringContaining('is disabled') });
    expect(Object.keys(w.opened('back'))).toHaveLength(3);
    expect(await w.run(withSheet, { input })).toMatchObject({ code: 0 });
    expect(w.opened('back')).toEqual(papersOf(COUNT));
  });

  it('opens the rest where the session ended half way, and asks no KMS', async () => {
    const input = await prepare();
    w.expireAt('Decrypt', 4);
    expect((await w.run(open)).code).toBe(3);
    w.kms.calls.length = 0;
    expect(await w.run(withSheet, { input })).toMatchObject({ code: 0 });
    expect(w.kms.actions).toEqual([]);
    expect(w.opened('back')).toEqual(papersOf(COUNT));
  });

  it('killed while it opens leaves whole files, and opens the rest', async () => {
    const input = await prepare();
    const some = (): boolean => existsSync(w.place.at('back')) && Object.keys(w.opened('back')).length > 0;
    await w.killedWhen(withSheet, some, { input });
    expect(papersOf(COUNT)).toMatchObject(w.opened('back'));
    expect(await w.run(withSheet, { input })).toMatchObject({ code: 0 });
    expect(w.opened('back')).toEqual(papersOf(COUNT));
    expect(w.files('back', '.partial')).toEqual({});
  });

  it('killed before the sheet was confirmed it is not in use, and one can be made', async () => {
    await w.killedWhen(['keys', 'recovery', 'new', '--sheet', 'sheet.pdf', '--yes'], () =>
      existsSync(w.place.at('sheet.pdf')),
    );
    const [state] = await w.json(['keys', 'recovery']);
    const known = JSON.stringify(state ?? {});
    // The sheet is written first: without it the key is not in use.
    if (!existsSync(w.place.at('sheet.pdf'))) expect(known).not.toContain('age1');
    await w.json(['keys', 'recovery', 'new', '--sheet', 'other.txt', '--yes']);
    await w.papers(1, 'alias/team');
    const [inspected] = await w.json(['inspect', 'sealed/papers/0.txt.envelope']);
    expect(inspected?.['keys']).toMatchObject([{ provider: 'aws-kms' }, { name: 'Recovery key' }]);
  });
});

describe('envelope locate --restore', () => {
  it('killed half way restores the rest the next time; none is half, none is twice', async () => {
    await w.papers(40, 'alias/team');
    const before = w.files('sealed', '.envelope');
    for (const name of Object.keys(before)) rmSync(w.place.at('sealed', name));
    const restore = ['locate', 'sealed', '--restore'];
    await w.killedWhen(restore, () => Object.keys(w.files('sealed', '.envelope')).length > 2);
    expect(before).toMatchObject(w.files('sealed', '.envelope'));
    expect(await w.run(restore)).toMatchObject({ code: 0 });
    expect(w.files('sealed', '.envelope')).toEqual(before);
    expect(w.files('sealed', '.partial')).toEqual({});
    // No KMS is needed for it.
    expect(w.kms.actions).toEqual([]);
  });

  it.each([
    ['disabled', 'is disabled'],
    ['expired', 'expired'],
  ] as const)(
    'with a key that is %s it restores all the same; opening says what is in the way',
    async (kind, words) => {
      await w.papers(1, 'alias/team');
      const before = w.files('sealed', '.envelope');
      rmSync(w.place.at('sealed/papers/0.txt.envelope'));
      if (kind === 'disabled') w.key.state = 'Disabled';
      else w.kms.faults.add({ kind: 'expired' });
      expect(await w.run(['locate', 'sealed', '--restore'])).toMatchObject({ code: 0 });
      expect(w.files('sealed', '.envelope')).toEqual(before);
      const ran = await w.run(['open', 'sealed', '--to', 'back']);
      expect(ran).toMatchObject({ code: 3, err: expect.stringContaining(words) });
    },
  );
});
