/** @file The sheet alone opens everything: its code, the program on its second page, `age` and Python's cryptography. */
import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeInterop } from './interop/python.ts';
import { copyProgram, scanPaper } from './paper.ts';
import { Place } from './run-cli.ts';
import { lcg32, sha256 } from './vector.ts';

const run = promisify(execFile);

describeInterop('the recovery sheet, without the program', (python) => {
  let place: Place;
  let paper: string;
  let found: string;

  beforeAll(async () => {
    place = new Place();
    paper = mkdtempSync(path.join(tmpdir(), 'envelope-paper-'));
    await place.json(['keys', 'recovery', 'new', '--sheet', 'sheet.pdf', '--yes']);
    writeFileSync(path.join(paper, 'key.txt'), `${scanPaper(place.at('sheet.pdf'))}\n`);
    writeFileSync(path.join(paper, 'opener.py'), copyProgram(place.at('sheet.pdf')));
  });
  beforeEach(() => {
    found = mkdtempSync(path.join(paper, 'found-'));
  });
  afterAll(() => {
    place[Symbol.dispose]();
    rmSync(paper, { recursive: true, force: true });
  });

  /** Opens as the sheet says, into an empty folder. @returns what the program said, and whether it gave up */
  async function open(envelope: string, ...more: string[]): Promise<{ said: string; ok: boolean }> {
    const args = ['-B', path.join(paper, 'opener.py'), envelope, path.join(paper, 'key.txt'), ...more];
    const env = { PATH: process.env['PATH'] };
    return await run(python, args, { cwd: found, env }).then(
      ({ stdout }) => ({ said: stdout, ok: true }),
      (error: { stderr: string }) => ({ said: error.stderr, ok: false }),
    );
  }

  async function seal(name: string, bytes: Uint8Array | string, ...options: string[]): Promise<string> {
    writeFileSync(place.at(name), bytes);
    const [sealed] = await place.json(['seal', name, '--to', 'sealed', ...options]);
    return String(sealed?.['envelope']);
  }

  it.each([
    ['empty', 0],
    ['one segment, full', 1_048_520],
    ['three and a bit', 3 * 1_048_576 + 7],
  ])('opens what was sealed with another key: %s', async (name, length) => {
    const bytes = lcg32({ seed: 5, length });
    const envelope = await seal(`${name}.bin`, bytes, '--key', 'local', '--label', 'project=apollo');
    expect(await open(envelope)).toMatchObject({ ok: true });
    expect(readdirSync(found)).toEqual([`${name}.bin`]);
    expect(sha256(readFileSync(path.join(found, `${name}.bin`)))).toBe(sha256(bytes));
  });

  it('opens what has a hidden name, and a folder as an archive', async () => {
    const envelope = await seal('Übersicht 😀.txt', 'secret plans', '--hide-names');
    expect((await open(envelope)).ok).toBe(true);
    expect(readFileSync(path.join(found, 'Übersicht 😀.txt'), 'utf8')).toBe('secret plans');
    mkdirSync(place.at('docs/deep'), { recursive: true });
    writeFileSync(place.at('docs/deep/a.txt'), 'deep');
    const [folder] = await place.json(['seal', 'docs', '--archive', '--to', 'sealed']);
    expect((await open(String(folder?.['envelope']))).ok).toBe(true);
    await run('tar', ['-xf', 'docs.tar'], { cwd: found });
    expect(readFileSync(path.join(found, 'deep', 'a.txt'), 'utf8')).toBe('deep');
  });

  it('opens a body that lies elsewhere, and overwrites nothing', async () => {
    const envelope = await seal('moved.txt', 'moved');
    const body = envelope.replace(/envelope$/, 'enc');
    const elsewhere = path.join(paper, 'elsewhere.bin');
    writeFileSync(elsewhere, readFileSync(body));
    rmSync(body);
    expect(await open(envelope, elsewhere)).toMatchObject({ ok: true });
    expect(await open(envelope, elsewhere)).toEqual({
      ok: false,
      said: expect.stringContaining('exists already'),
    });
    expect(readFileSync(path.join(found, 'moved.txt'), 'utf8')).toBe('moved');
  });

  it('refuses whatever was changed, cut or exchanged, and leaves nothing behind', async () => {
    const envelope = await seal('note.txt', lcg32({ seed: 6, length: 1_050_000 }));
    const body = envelope.replace(/envelope$/, 'enc');
    const other = await seal('other.txt', 'other');
    const [text, bytes] = [readFileSync(envelope, 'utf8'), readFileSync(body)];
    const flipped = (at: number): Buffer => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy;
    };
    const changes: [what: string, said: string, change: () => void][] = [
      ['a name', 'altered', () => writeFileSync(envelope, text.replace('note.txt', 'mote.txt'))],
      ['a newer format', 'newer', () => writeFileSync(envelope, text.replace('envelope/1', 'envelope/2'))],
      ['the first segment', 'altered', () => writeFileSync(body, flipped(1000))],
      ['the last segment', 'altered', () => writeFileSync(body, flipped(bytes.length - 1))],
      ['the header', 'another envelope', () => writeFileSync(body, flipped(3))],
      ['cut at a segment', 'cut short', () => truncateSync(body, 1_048_576)],
      ['cut by a byte', 'cut short', () => truncateSync(body, bytes.length - 1)],
      ['something more', 'cut short or altered', () => writeFileSync(body, Buffer.concat([bytes, bytes]))],
      [
        'another body',
        'another envelope',
        () => writeFileSync(body, readFileSync(other.replace(/envelope$/, 'enc'))),
      ],
    ];
    for (const [what, said, change] of changes) {
      change();
      expect(await open(envelope), what).toEqual({ ok: false, said: expect.stringContaining(said) });
      expect(readdirSync(found), what).toEqual([]);
      writeFileSync(envelope, text);
      writeFileSync(body, bytes);
    }
    expect((await open(envelope)).ok).toBe(true);
  });

  it('says that another key is not the one', async () => {
    const [stranger] = await place.json(['keys', 'identity', 'stranger.txt'], {}, 'other');
    writeFileSync(place.at('theirs.txt'), 'x');
    const [sealed] = await place.json(
      ['seal', 'theirs.txt', '--key', String(stranger?.['recipient'])],
      {},
      'other',
    );
    const { ok, said } = await open(String(sealed?.['envelope']));
    expect([ok, said]).toEqual([false, expect.stringContaining('this key does not open it')]);
    expect(said).not.toContain('Traceback');
  });
});
