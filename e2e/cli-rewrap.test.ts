/** @file `envelope rewrap` and `envelope reseal` as a person and a script use them, killed half way included. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { usePlace } from './use-place.ts';

const place = usePlace();

/** A tree of `count` sealed files, and a second key. */
async function sealTree(count: number): Promise<void> {
  mkdirSync(place.at('docs'));
  for (let n = 0; n < count; n += 1) writeFileSync(place.at('docs', `${n}.txt`), `file ${n}`);
  await place.json(['seal', 'docs', '--to', 'sealed']);
  await place.json(['keys', 'new', 'second']);
}

const named = (ending: string): string[] =>
  readdirSync(place.at('sealed', 'docs')).filter((name) => name.endsWith(ending));

const keysIn = (name: string): string[] => {
  const envelope = JSON.parse(readFileSync(place.at('sealed', 'docs', name), 'utf8')) as {
    keys: { key: string }[];
  };
  return envelope.keys.map(({ key }) => key);
};

const bodies = (): string[] =>
  named('.enc').map((name) => {
    const file = place.at('sealed', 'docs', name);
    const { ino, mtimeNs } = statSync(file, { bigint: true });
    return `${name} ${ino} ${mtimeNs} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
  });

const REPLACE = ['rewrap', 'sealed', '--replace', 'This computer=second'];

describe('envelope rewrap', () => {
  it('shows a plan, does nothing unasked, then does it and proves it; bodies stay as they are', async () => {
    await sealTree(5);
    const before = bodies();
    const plan = await place.json([...REPLACE, '--dry-run']);
    expect(plan.filter(({ state }) => state === 'planned')).toHaveLength(5);
    expect(plan.at(-1)).toMatchObject({ state: 'plan', envelopes: 5, changing: 5 });
    const refused = await place.run(REPLACE);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('add --yes if this is wanted');
    const [old = ''] = keysIn('0.txt.envelope');

    const lines = await place.json([...REPLACE, '--yes', '--report', 'report.json']);
    expect(lines.filter(({ state }) => state === 'changed')).toHaveLength(5);
    expect(lines.at(-1)).toMatchObject({
      state: 'proof',
      envelopes: 5,
      named: { count: 0 },
      tried: { here: 5 },
    });
    for (const name of named('.envelope')) expect(keysIn(name)).not.toContain(old);
    expect(bodies()).toEqual(before);
    const report = JSON.parse(readFileSync(place.at('report.json'), 'utf8')) as { counts: object };
    expect(report.counts).toEqual({ changed: 5, already: 0, failed: 0 });
    const again = await place.run([...REPLACE, '--yes']);
    expect(again).toMatchObject({ code: 0 });
    expect(again.err).toContain('There is nothing to do.');
    expect(await place.run(['verify', 'sealed'])).toMatchObject({ code: 0 });
  });

  it('a damaged envelope fails alone, and what it failed of is done by --resume', async () => {
    await sealTree(4);
    const file = place.at('sealed', 'docs', '2.txt.envelope');
    const good = readFileSync(file);
    writeFileSync(file, 'damaged');
    const ran = await place.run([...REPLACE, '--yes', '--json']);
    expect(ran.code).toBe(4);
    expect(ran.lines().filter(({ state }) => state === 'changed')).toHaveLength(3);
    writeFileSync(file, good);
    const lines = await place.json(['rewrap', '--resume']);
    expect(lines.filter(({ state }) => state === 'changed')).toMatchObject([{ path: file }]);
    expect((await place.run(['rewrap', '--resume'])).err).toContain('Nothing was left undone.');
  });

  it('killed half way, is gone on with; none is lost, none is done twice', async () => {
    await sealTree(60);
    const before = bodies();
    const [old = ''] = keysIn('0.txt.envelope');
    const killed = await place.run([...REPLACE, '--yes', '--json'], {
      onStart: (child) => {
        child.stdout?.on('data', (text: Buffer) => {
          if (text.toString().includes('"changed"')) child.kill('SIGKILL');
        });
      },
    });
    expect(killed.code).toBeNull();
    const done = named('.envelope').filter((name) => !keysIn(name).includes(old));
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(60);
    const lines = await place.json(['rewrap', '--resume', '--report', 'report.json']);
    const changed = lines.filter(({ state }) => state === 'changed');
    expect(changed).toHaveLength(60 - done.length);
    expect(lines.at(-1)).toMatchObject({ state: 'proof', envelopes: 60, named: { count: 0 } });
    for (const name of named('.envelope')) expect(keysIn(name)).toHaveLength(1);
    expect(bodies()).toEqual(before);
    expect(readdirSync(place.at('sealed', 'docs'))).toHaveLength(120);
  });

  it('forgets what was left undone, if that is wanted; what was done stays', async () => {
    await sealTree(2);
    writeFileSync(place.at('sealed', 'docs', '0.txt.envelope'), 'damaged');
    await place.run([...REPLACE, '--yes']);
    expect(await place.run(['rewrap', '--forget'])).toMatchObject({ code: 0 });
    expect((await place.run(['rewrap', '--resume'])).err).toContain('Nothing was left undone.');
  });

  it.each([
    [['rewrap', 'sealed'], 'Say which keys are to come or to go.'],
    [['rewrap', 'sealed', '--replace', 'nothing'], 'It is written OLD=NEW.'],
    [['rewrap', 'sealed', '--resume'], '--resume and --forget go by what was begun'],
    [['rewrap', '--add', 'local'], "missing required argument 'path'"],
    [['rewrap', 'sealed', '--add', 'local', '--remove', 'local'], 'both to come and to go'],
  ])('%j is not understood, and says why', async (args, words) => {
    await sealTree(1);
    const ran = await place.run(args);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(words);
  });
});

describe('envelope reseal', () => {
  it('seals again with a new data key; the old envelope opens nothing that is there', async () => {
    await sealTree(3);
    const before = bodies();
    const old = readFileSync(place.at('sealed', 'docs', '0.txt.envelope'));
    const lines = await place.json(['reseal', 'sealed', '--key', 'second', '--yes']);
    expect(lines.filter(({ state }) => state === 'changed')).toHaveLength(3);
    expect(bodies().filter((body) => before.includes(body))).toEqual([]);
    expect(await place.run(['verify', 'sealed'])).toMatchObject({ code: 0 });
    writeFileSync(place.at('sealed', 'docs', '0.txt.envelope'), old);
    expect((await place.run(['verify', 'sealed/docs/0.txt.envelope'])).code).toBe(4);
  });

  it('killed half way, leaves whole pairs, and does the rest by --resume', async () => {
    await sealTree(40);
    const killed = await place.run(['reseal', 'sealed', '--key', 'second', '--yes', '--json'], {
      onStart: (child) => {
        child.stdout?.on('data', (text: Buffer) => {
          if (text.toString().includes('"changed"')) child.kill('SIGKILL');
        });
      },
    });
    expect(killed.code).toBeNull();
    await place.json(['reseal', '--resume']);
    expect(await place.run(['verify', 'sealed'])).toMatchObject({ code: 0 });
    expect(readdirSync(place.at('sealed', 'docs'))).toHaveLength(80);
    expect(new Set(named('.envelope').flatMap(keysIn)).size).toBe(1);
  });
});
