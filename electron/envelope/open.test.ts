import { randomBytes } from 'node:crypto';
import { link, readdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { copyWebMark } from '../files/web-mark.ts';
import { freshFolder, freshPair, makeTestEngine, overwrite, type TestEngine } from './engine.fixture.ts';
import { open } from './open.ts';
import { readEnvelopeFile } from './read.ts';
import type { Sealed } from './seal.ts';
import { verify } from './verify.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

vi.mock('../files/web-mark.ts', { spy: true });

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

const openIn = async (envelope: string, folder = path.dirname(envelope), more = {}) =>
  await open(engine, await readEnvelopeFile(envelope), { folder, collision: 'keep-both', ...more });

/** Open and verify both refuse, and leave the folder as it was. */
async function expectRefused(sealed: Sealed, error: object): Promise<void> {
  const before = await readdir(path.dirname(sealed.envelope));
  const file = await readEnvelopeFile(sealed.envelope);
  const request = { folder: path.dirname(sealed.envelope), collision: 'keep-both' } as const;
  await expect(open(engine, file, request)).rejects.toMatchObject(error);
  await expect(verify(engine, file)).rejects.toMatchObject(error);
  expect(await readdir(path.dirname(sealed.envelope))).toEqual(before);
}

describe('a body that is not what was sealed', () => {
  const twoSegments = randomBytes(1_500_000);

  it.each([
    ['inside the first segment', 1000, 0],
    ['inside the last segment', 1_400_000, 1_048_576],
  ])('is refused for a byte changed %s', async (_where, position, offset) => {
    const sealed = await freshPair(engine, twoSegments);
    const original = await readFile(sealed.body);
    await overwrite(sealed.body, position, Buffer.of(original[position]! ^ 1));
    await expectRefused(sealed, { code: 'body-altered', details: { offset } });
  });

  it.each([
    ['cut in its header', 39, 'body-foreign'],
    ['cut to nothing but the header', 40, 'body-cut-short'],
    ['cut after its first segment', 1_048_576, 'body-cut-short'],
    ['one byte short', 1_500_000 + 40 + 31, 'body-cut-short'],
  ])('is refused if %s', async (_what, length, code) => {
    const sealed = await freshPair(engine, twoSegments);
    await truncate(sealed.body, length);
    await expectRefused(sealed, { code });
  });

  it('is refused if anything follows it', async () => {
    const sealed = await freshPair(engine, 'x');
    await overwrite(sealed.body, (await stat(sealed.body)).size, Buffer.of(0));
    await expectRefused(sealed, { code: 'body-altered' });
  });

  it('is refused if its name is hidden and it is cut short', async () => {
    const sealed = await freshPair(engine, twoSegments, { hideNames: true });
    await truncate(sealed.body, 1_048_576);
    await expectRefused(sealed, { code: 'body-cut-short' });
  });
});

describe('an envelope that was changed', () => {
  const edit = async (sealed: Sealed, from: string | RegExp, to: string) => {
    const text = await readFile(sealed.envelope, 'utf8');
    expect(text).toMatch(from);
    await writeFile(sealed.envelope, text.replace(from, to));
  };

  it.each([
    ['a label', 'apollo', 'gemini', 'no-key-opens'],
    ['the name', '"report.pdf"', '"report.exe"', 'envelope-altered'],
    ['the mode', '"0644"', '"0777"', 'envelope-altered'],
    ['the key it names', 'local:', 'local:x', 'no-key-opens'],
    ['the format', 'envelope/1', 'envelope/2', 'envelope-newer'],
  ])('is refused for %s', async (_what, from, to, code) => {
    const sealed = await freshPair(engine);
    await edit(sealed, from, to);
    await expect(openIn(sealed.envelope)).rejects.toMatchObject({ code });
    expect((await readdir(path.dirname(sealed.envelope))).length).toBe(2);
  });

  it('opens after its line ends became CRLF on the way', async () => {
    const sealed = await freshPair(engine);
    await edit(sealed, /\n/g, '\r\n');
    expect(await openIn(sealed.envelope)).toMatchObject({ size: 10 });
  });

  it('is not opened into a folder when it is too large, or no file', async () => {
    const folder = await freshFolder(engine);
    await writeFile(path.join(folder, 'big.envelope'), Buffer.alloc(1_048_577, 32));
    await expect(readEnvelopeFile(path.join(folder, 'big.envelope'))).rejects.toMatchObject({
      code: 'envelope-invalid',
    });
    await expect(readEnvelopeFile(folder)).rejects.toMatchObject({ code: 'source-special' });
  });
});

describe('the name of the result', () => {
  it('keep-both, skip, replace', async () => {
    const sealed = await freshPair(engine, 'new');
    const taken = path.join(path.dirname(sealed.envelope), 'report.pdf');
    await writeFile(taken, 'there before');
    expect(await openIn(sealed.envelope)).toMatchObject({ path: taken.replace('.pdf', ' (2).pdf') });
    expect(await openIn(sealed.envelope, undefined, { collision: 'skip' })).toBeUndefined();
    expect(await readFile(taken, 'utf8')).toBe('there before');
    expect(await openIn(sealed.envelope, undefined, { collision: 'replace' })).toMatchObject({ path: taken });
    expect(await readFile(taken, 'utf8')).toBe('new');
  });

  it('a failed open that was to replace leaves what is there', async () => {
    const sealed = await freshPair(engine, randomBytes(2_000_000));
    const taken = path.join(path.dirname(sealed.envelope), 'report.pdf');
    await writeFile(taken, 'there before');
    await overwrite(sealed.body, 1_500_000, Buffer.from('damage'));
    await expect(openIn(sealed.envelope, undefined, { collision: 'replace' })).rejects.toMatchObject({
      code: 'body-altered',
    });
    expect(await readFile(taken, 'utf8')).toBe('there before');
  });

  it('does not write through a link that stands under the name', async () => {
    const sealed = await freshPair(engine);
    const folder = path.dirname(sealed.envelope);
    const victim = path.join(await freshFolder(engine), 'victim');
    await writeFile(victim, 'mine');
    await symlink(victim, path.join(folder, 'report.pdf'));
    await openIn(sealed.envelope, undefined, { collision: 'replace' });
    expect(await readFile(victim, 'utf8')).toBe('mine');
    expect(await readFile(path.join(folder, 'report.pdf'), 'utf8')).toBe('tax papers');
  });

  it('refuses to replace its own body', async () => {
    const sealed = await freshPair(engine);
    const to = await freshFolder(engine);
    await link(sealed.body, path.join(to, 'report.pdf'));
    await expect(openIn(sealed.envelope, to, { collision: 'replace' })).rejects.toMatchObject({
      code: 'same-file',
    });
  });

  it('leaves another process’s temporary alone', async () => {
    const sealed = await freshPair(engine);
    const partial = path.join(path.dirname(sealed.envelope), `.${sealed.id}.plain.partial`);
    await writeFile(partial, 'being written');
    await expect(openIn(sealed.envelope)).rejects.toMatchObject({ code: 'being-opened' });
    expect(await readFile(partial, 'utf8')).toBe('being written');
  });
});

describe('the mark of the web', () => {
  it('of the envelope or the body is put on the temporary; one that cannot be set is a note', async () => {
    const sealed = await freshPair(engine);
    let marked: string[] = [];
    vi.mocked(copyWebMark).mockImplementationOnce(async (from, to) => {
      marked = [...from, await readFile(to, 'utf8')];
      return false;
    });
    const opened = await openIn(sealed.envelope);
    expect(marked).toEqual([sealed.envelope, sealed.body, 'tax papers']);
    expect(opened!.notes).toEqual([{ path: 'report.pdf', code: 'web-mark-not-set' }]);
  });
});
