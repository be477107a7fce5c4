/** @file Changing who can open on the command line while a KMS key is disabled, a session ends, or the run is killed. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newKey } from './kms-stand-in/fixture.ts';
import { useCliKms } from './cli-kms.ts';

const w = useCliKms();
const COUNT = 8;

const whole = async (): Promise<void> => {
  expect(Object.keys(w.files('sealed', '.enc'))).toHaveLength(COUNT);
  expect(Object.keys(w.files('sealed', '.envelope'))).toHaveLength(COUNT);
  expect(w.files('sealed', '.partial')).toEqual({});
  expect(await w.run(['verify', 'sealed'])).toMatchObject({ code: 0 });
};

describe.each(['rewrap', 'reseal'] as const)('envelope %s', (work) => {
  const action = work === 'rewrap' ? 'ReEncrypt' : 'GenerateDataKey';
  /**
   * Sealing again asks a key to open the old pair and then the new one, up to four files at a time: at the last but one of
   * these calls, one file is not done, or two.
   */
  const half: { action: string; count: number; failed: readonly number[] } =
    work === 'rewrap'
      ? { action, count: 4, failed: [5] }
      : { action: 'Decrypt', count: 2 * COUNT - 1, failed: [1, 2] };
  const words = (): string[] => {
    const to = newKey(w.kms).arn;
    const keys = work === 'rewrap' ? ['--replace', `alias/team=${to}`] : ['--key', 'alias/team'];
    return [work, 'sealed', ...keys, '--yes', '--json'];
  };
  /** The rest is done; bodies change if they are to. */
  const rest = async (before: Record<string, string>): Promise<void> => {
    await whole();
    w.kms.faults.clear();
    w.key.state = 'Enabled';
    await w.json([work, '--resume']);
    await whole();
    const after = w.files('sealed', '.enc');
    const same = Object.entries(before).filter(([name, bytes]) => after[name] === bytes);
    expect(same).toHaveLength(work === 'rewrap' ? COUNT : 0);
    expect((await w.run([work, '--resume'])).err).toContain('Nothing was left undone.');
  };

  it('a key that is disabled half way fails the rest by name, which --resume does', async () => {
    await w.papers(COUNT, 'alias/team');
    const before = w.files('sealed', '.enc');
    w.disableAt(half.action, half.count);
    const ran = await w.run(words());
    expect(ran).toMatchObject({ code: 3, err: expect.stringContaining('is disabled') });
    const changed = ran.lines().filter(({ state }) => state === 'changed').length;
    expect(half.failed).toContain(COUNT - changed);
    w.key.state = 'Enabled';
    await rest(before);
  });

  it('a session that ends half way stops it, says how to sign in, and --resume does the rest', async () => {
    await w.papers(COUNT, 'alias/team');
    const before = w.files('sealed', '.enc');
    w.expireAt(action, 4);
    const ran = await w.run(words());
    expect(ran.code).not.toBe(0);
    expect(ran.err).toContain('--resume');
    w.kms.faults.clear();
    await rest(before);
  });

  it('killed as it waits for the KMS, it leaves whole pairs, and --resume does the rest', async () => {
    await w.papers(COUNT, 'alias/team');
    const before = w.files('sealed', '.enc');
    await w.killedAt([...words(), '--report', 'change.json'], action, 4);
    expect(existsSync(w.place.at('change.json'))).toBe(false);
    await rest(before);
    const report = JSON.parse(readFileSync(w.place.at('change.json'), 'utf8'));
    expect(report).toMatchObject({ complete: true, counts: { failed: 0 } });
    expect(report.files).toHaveLength(COUNT);
  });

  it('a report of the first part stays as it is; of the whole there is one under another name', async () => {
    await w.papers(COUNT, 'alias/team');
    w.disableAt(half.action, half.count);
    await w.run([...words(), '--report', 'change.txt']);
    w.key.state = 'Enabled';
    const first = readFileSync(w.place.at('change.txt'), 'utf8');
    expect(half.failed.map(String)).toContain(/(\d+) failed\./.exec(first)?.[1]);
    const resumed = await w.run([work, '--resume']);
    expect(resumed.err).toContain('--report with another name');
    expect(readFileSync(w.place.at('change.txt'), 'utf8')).toBe(first);
  });
});
