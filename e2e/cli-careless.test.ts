/** @file The command line in careless hands: what was not meant is refused or told. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { usePlace } from './use-place.ts';

const place = usePlace();

function write(name: string, text: string): void {
  mkdirSync(path.dirname(place.at(name)), { recursive: true });
  writeFileSync(place.at(name), text);
}

describe('what a shell makes of it', () => {
  it.each([
    ['seal', 'a', '--to', ''],
    ['seal', ''],
    ['open', ''],
    ['verify', ''],
    ['inspect', ''],
    ['open', 'a.envelope', '--body', ''],
  ])('a variable that is not set is refused: %j', async (...args) => {
    write('a', '1');
    const ran = await place.run(args);
    expect([ran.code, ran.out, readdirSync(place.folder)]).toEqual([2, '', ['a']]);
    expect(ran.err).toContain('It is empty.');
  });

  it('a star that names pairs too leaves these out; named alone they are meant', async () => {
    write('a', '1');
    await place.json(['seal', 'a']);
    write('b', '2');
    const ran = await place.run(['seal', 'a.enc', 'a.envelope', 'b', '--json']);
    expect(ran.code).toBe(0);
    const states = ran
      .lines()
      .map(({ state, path: file }) => `${path.basename(String(file))} ${String(state)}`);
    expect(states).toEqual(['a.enc left-out', 'a.envelope left-out', 'b done']);
    expect((await place.run(['seal', 'a.enc', 'a.envelope'])).code).toBe(1);
  });
});

describe('what is told', () => {
  it('that a name was taken', async () => {
    write('a.txt', '1');
    await place.json(['seal', 'a.txt']);
    const again = await place.run(['seal', 'a.txt']);
    expect(again.out).toBe('sealed a.txt → a (2).txt.envelope (1 byte), for the name “a.txt” was taken\n');
  });

  it('that folders keep their names, where they do', async () => {
    write('docs/a', '1');
    const told = 'Folder names stay readable; --archive hides them too.';
    const tree = await place.run(['seal', 'docs', '--hide-names', '--to', 'out']);
    expect(tree.err).toContain(told);
    const archive = await place.run(['seal', 'docs', '--hide-names', '--archive', '--to', 'out']);
    expect(archive.err).not.toContain(told);
  });

  it('--quiet: only what failed', async () => {
    write('a', '1');
    const ran = await place.run(['seal', 'a', 'missing', '--quiet']);
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toMatch(/^failed missing: .*\n {2}.*\n$/);
    expect(await place.run(['verify', 'a.envelope', '--quiet'])).toMatchObject({ code: 0, out: '', err: '' });
  });

  it('that a plain file is no envelope', async () => {
    write('docs/tax.txt', '1');
    const ran = await place.run(['open', 'docs/tax.txt']);
    expect([ran.code, ran.err]).toEqual([
      1,
      expect.stringContaining('is not an envelope, nor the body of one'),
    ]);
  });
});

describe('--trash-originals', () => {
  it.runIf(process.platform === 'linux')('moves an original to the bin of its user', async () => {
    write('a', 'sealed first');
    const env = { XDG_DATA_HOME: place.at('data') };
    const ran = await place.run(['seal', 'a', '--trash-originals'], { env });
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining(', original in the bin')]);
    expect(readdirSync(place.folder).sort()).toEqual(['a.enc', 'a.envelope', 'data']);
    const [binned = ''] = readdirSync(place.at('data/Trash/files'));
    expect(readFileSync(place.at('data/Trash/files', binned), 'utf8')).toBe('sealed first');
  });
});
