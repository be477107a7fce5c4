import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { usePlace } from './use-place.ts';

const place = usePlace();

const SEALED_AT = new Date('2024-02-29T12:34:56.789Z');

function write(name: string, bytes: string | Uint8Array, mode = 0o640): void {
  mkdirSync(path.dirname(place.at(name)), { recursive: true });
  writeFileSync(place.at(name), bytes);
  chmodSync(place.at(name), mode);
  utimesSync(place.at(name), SEALED_AT, SEALED_AT);
}

const read = (name: string): string => readFileSync(place.at(name), 'utf8');

/** Every file of a folder: bytes, time, mode. */
function tree(folder: string): object {
  const files = readdirSync(place.at(folder), { recursive: true, encoding: 'utf8' }).sort();
  return files.map((name) => {
    const file = path.join(folder, name);
    const { mode, mtimeMs } = statSync(place.at(file));
    return existsSync(place.at(file, '.'))
      ? { name, mode }
      : { name, mode, time: Math.floor(mtimeMs), text: read(file) };
  });
}

describe('seal and open', () => {
  it('gives bytes, time and mode of one file back, and says so in lines and in JSON', async () => {
    write('report.pdf', 'x'.repeat(100_000));
    const sealed = await place.run(['seal', 'report.pdf', '--label', 'project=apollo', '--verify']);
    expect(sealed).toMatchObject({ code: 0, out: 'sealed report.pdf → report.pdf.envelope (100 kB)\n' });
    expect(sealed.err).toContain('A key was made for this computer');
    expect(sealed.err).toContain('permissions of its file only');

    const [opened] = await place.json(['open', 'report.pdf.envelope', '--to', 'new/folder']);
    expect(opened).toMatchObject({ state: 'done', path: place.at('new/folder/report.pdf'), size: 100_000 });
    expect(read('new/folder/report.pdf')).toBe('x'.repeat(100_000));
    expect(Math.floor(statSync(place.at('new/folder/report.pdf')).mtimeMs)).toBe(SEALED_AT.getTime());
    expect(statSync(place.at('new/folder/report.pdf')).mode & 0o777).toBe(0o640);
  });

  it('mirrors a folder and opens it again, also under hidden names', async () => {
    write('docs/a.txt', 'a');
    write('docs/deep/b *.sh', 'b', 0o750);
    write('docs/deep/empty', '', 0o600);
    const before = tree('docs');
    const sealed = await place.json(['seal', 'docs', '--to', 'sealed', '--hide-names']);
    expect(sealed.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(readdirSync(place.at('sealed/docs')).join()).not.toContain('a.txt');
    const opened = await place.run(['open', 'sealed', '--to', 'opened']);
    expect(opened.code).toBe(0);
    expect(opened.err).toContain('3 files opened; ');
    expect(tree('opened/sealed/docs')).toEqual(before);
    expect((await place.run(['verify', 'sealed', '--quiet'])).err).toBe('');
  });

  it('makes one pair of a folder with --archive', async () => {
    write('docs/a.txt', 'a');
    write('docs/deep/b', 'b'.repeat(5000), 0o750);
    const before = tree('docs');
    await place.json(['seal', '--archive', 'docs']);
    expect(readdirSync(place.folder).sort()).toEqual(['docs', 'docs.enc', 'docs.envelope']);
    await place.json(['open', 'docs.enc', '--to', 'opened']);
    expect(tree('opened/docs')).toEqual(before);
  });

  it('takes names for names: with a dash, a star, a space, and an escape sequence', async () => {
    write('-x', '1');
    write('*', '2');
    write('red\u001b[31m', '3');
    const sealed = await place.run(['seal', '--', '-x', '*', 'red\u001b[31m']);
    expect(sealed.code).toBe(0);
    expect(sealed.out).toContain('red\\u001b[31m');
    expect(sealed.out + sealed.err).not.toContain('\u001b');
    expect(readdirSync(place.folder)).toHaveLength(9);
    const opened = await place.json(['open', '*.envelope', '--to', 'opened']);
    expect(opened).toHaveLength(1);
    expect(read('opened/*')).toBe('2');
  });

  it('finds a body that was renamed, and takes one that is elsewhere by --body', async () => {
    write('a', 'hello');
    await place.json(['seal', 'a']);
    renameSync(place.at('a.enc'), place.at('moved.enc'));
    expect((await place.json(['verify', 'a.envelope']))[0]).toMatchObject({ body: place.at('moved.enc') });
    mkdirSync(place.at('far'));
    renameSync(place.at('moved.enc'), place.at('far/away'));
    expect((await place.run(['verify', 'a.envelope'])).code).toBe(1);
    await place.json(['verify', 'a.envelope', '--body', 'far/away']);
  });
});

describe('names that are taken', () => {
  it('keeps both, skips, replaces, and never two of these', async () => {
    write('a', 'sealed');
    await place.json(['seal', 'a']);
    write('a', 'mine');
    await place.json(['open', 'a.envelope']);
    expect([read('a'), read('a (2)')]).toEqual(['mine', 'sealed']);
    const skipped = await place.run(['open', 'a.envelope', '--skip', '--json']);
    expect([skipped.code, skipped.lines()[0]?.['state'], read('a')]).toEqual([0, 'skipped', 'mine']);
    await place.json(['open', 'a.envelope', '--replace']);
    expect(read('a')).toBe('sealed');
    const both = await place.run(['open', 'a.envelope', '--replace', '--skip']);
    expect([both.code, both.out]).toEqual([2, '']);
  });

  it('a file never replaces a folder', async () => {
    write('a', 'sealed');
    await place.json(['seal', 'a', '--to', 'out']);
    write('out/a/inside', 'mine');
    const ran = await place.run(['open', 'out/a.envelope', '--replace']);
    expect([ran.code, read('out/a/inside')]).toEqual([1, 'mine']);
    expect(ran.err).toContain('A folder has the name “');
    expect(readdirSync(place.at('out')).sort()).toEqual(['a', 'a.enc', 'a.envelope']);
  });

  it('--to that cannot be a folder says why', async () => {
    write('a', 'mine');
    const below = await place.run(['seal', 'a', '--to', 'a/b']);
    expect([below.code, below.err]).toEqual([1, expect.stringContaining('something above it is a file')]);
    const itself = await place.run(['seal', 'a', '--to', 'a']);
    expect([itself.code, itself.err]).toEqual([1, expect.stringContaining('a folder is needed there')]);
  });
});

describe('what goes wrong', () => {
  it('a missing file does not stop the others', async () => {
    write('a', '1');
    write('b', '2');
    const ran = await place.run(['seal', 'a', 'missing', 'b', '--json']);
    expect(ran.code).toBe(1);
    const states = ran
      .lines()
      .map(({ path: file, state }) => `${path.basename(String(file))} ${String(state)}`);
    expect(states.toSorted()).toEqual(['a done', 'b done', 'missing failed']);
    expect(ran.err).toContain('There is no file “');
    expect(ran.err).toContain('2 files sealed, 1 failed');
  });

  it('damage has an exit code of its own, and leaves nothing behind', async () => {
    write('a', 'x'.repeat(3000));
    await place.json(['seal', 'a']);
    rmSync(place.at('a'));
    truncateSync(place.at('a.enc'), 2000);
    const cut = await place.run(['open', 'a.envelope']);
    expect(cut.code).toBe(4);
    expect(cut.err).toContain('cut short: it has 2.0 kB, and 1.1 kB are missing');
    writeFileSync(place.at('a.envelope'), '{}');
    expect((await place.run(['open', 'a.envelope'])).code).toBe(4);
    expect(readdirSync(place.folder).sort()).toEqual(['a.enc', 'a.envelope']);
  });

  it.each([
    [[]],
    [['seal']],
    [['seal', '--nonsense', 'a']],
    [['seal', 'a', '--label', 'novalue']],
    [['frobnicate']],
  ])('usage: %j ends with 2 and does nothing', async (args) => {
    write('a', '1');
    const ran = await place.run(args);
    expect([ran.code, ran.out, readdirSync(place.folder)]).toEqual([2, '', ['a']]);
    expect(ran.err).toMatch(/help/);
  });

  it('refuses to seal what is sealed, unless --again', async () => {
    write('a', '1');
    await place.json(['seal', 'a']);
    expect((await place.run(['seal', 'a.enc'])).err).toContain('--again');
    await place.json(['seal', 'a.enc', '--again']);
    expect(existsSync(place.at('a.enc.envelope'))).toBe(true);
  });
});

describe('inspect', () => {
  it('tells what an envelope says, without a key, for people and for programs', async () => {
    write('report.pdf', 'x'.repeat(1234));
    await place.json(['seal', 'report.pdf', '--label', 'project=apollo']);
    const people = await place.run(['inspect', 'report.pdf.envelope']);
    expect(people.code).toBe(0);
    expect(people.out).toContain('report.pdf.envelope says (not verified):');
    expect(people.out).toContain('the file “report.pdf”, 1.2 kB');
    expect(people.out).toContain('local key “This computer”');
    const [stranger] = await place.json(['inspect', 'report.pdf.enc'], {}, 'stranger');
    expect(stranger).toMatchObject({
      verified: false,
      content: { kind: 'file', name: 'report.pdf', size: 1234, mode: '0640' },
      labels: { project: 'apollo' },
      body: { state: 'complete', length: 1290 },
    });
    expect((await place.run(['inspect', 'report.pdf.envelope'], {}, 'stranger')).out).toContain(
      'says it can be opened with local key local:',
    );
    rmSync(place.at('report.pdf.enc'));
    const alone = await place.run(['inspect', 'report.pdf.envelope', '--json']);
    expect([alone.code, alone.lines()[0]?.['body']]).toMatchObject([1, { state: 'body-missing' }]);
  });
});
