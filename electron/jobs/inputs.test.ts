import { link, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshFolder, makeTestEngine, type TestEngine } from '../envelope/engine.fixture.ts';
import { runOpen, runSeal } from './batch.fixture.ts';

let engine: TestEngine;
/** An empty folder for each test. */
let folder: string;
const at = (...names: string[]): string => [folder, ...names].join('/');

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});
beforeEach(async () => {
  folder = await freshFolder(engine);
});

/** `cur` leads to `real/deep`: by text `cur/../secret` is `secret`, for the system it is `real/secret`. */
async function makeCrossing(): Promise<void> {
  await mkdir(at('real', 'deep'), { recursive: true });
  await symlink('real/deep', at('cur'));
  await writeFile(at('secret'), 'by text');
  await writeFile(at('real', 'secret'), 'by system');
}

describe('a path with .. behind a link', () => {
  it('is the file that the system says, sealed and moved to the bin', async () => {
    await makeCrossing();
    const binned: string[] = [];
    const bin = {
      ...engine,
      moveToBin: async (file: string) => await Promise.resolve(void binned.push(file)),
    };
    const { result } = await runSeal(bin, [at('cur', '..', 'secret')], { verify: true, binOriginals: true });
    expect(result).toMatchObject({ done: 1, failed: 0 });
    expect(await readdir(at('real'))).toEqual(['deep', 'secret', 'secret.enc', 'secret.envelope']);
    expect(binned).toEqual([at('real', 'secret')]);
    expect(await readdir(folder)).toEqual(['cur', 'real', 'secret']);
  });

  it('is the folder that the system says, to read from and to write to', async () => {
    await makeCrossing();
    await mkdir(at('real', 'docs'));
    await writeFile(at('real', 'docs', 'x'), 'x');
    const { result } = await runSeal(engine, [at('cur', '..', 'docs')], { to: at('cur', '..', 'vault') });
    expect(result).toMatchObject({ done: 1, failed: 0 });
    expect(await readdir(at('real', 'vault', 'docs'))).toEqual(['x.enc', 'x.envelope']);
    const opened = await runOpen(engine, [at('cur', '..', 'vault')], { to: at('cur', '..', 'back') });
    expect(opened.result).toMatchObject({ done: 1, failed: 0 });
    expect(await readdir(at('real', 'back', 'vault', 'docs'))).toEqual(['x']);
  });

  it('fails if there is nothing to go up from', async () => {
    await writeFile(at('secret'), 'x');
    const { errors } = await runSeal(engine, [at('none', '..', 'secret')]);
    expect(errors).toMatchObject([{ code: 'source-missing' }]);
  });
});

describe('what is named twice in one batch', () => {
  it.each([
    ['a folder and one in it', ['dd', 'dd', 'dd/sub']],
    ['a folder after one in it', ['dd/sub', 'dd']],
    ['a file and its folder', ['dd/sub/y', './dd/x', 'dd']],
    ['a link to it', ['dd', 'link']],
  ])('is done once: %s', async (_, names) => {
    await mkdir(at('dd', 'sub'), { recursive: true });
    await writeFile(at('dd', 'x'), 'x');
    await writeFile(at('dd', 'sub', 'y'), 'y');
    await symlink('dd/sub', at('link'));
    const { result, events } = await runSeal(
      engine,
      names.map((name) => at(name)),
    );
    expect(result).toMatchObject({ done: 2, failed: 0, bytes: 2 });
    expect(events[0]).toEqual({ type: 'total', files: 2, bytes: 2 });
    expect(await readdir(at('dd', 'sub'))).toEqual(['y', 'y.enc', 'y.envelope']);
    const pairs = [at('dd', 'x.enc'), at('link'), at('dd')];
    expect((await runOpen(engine, pairs, { to: at('back') })).result).toMatchObject({ done: 2, failed: 0 });
  });

  it('does not count hard links, of which each has its own name', async () => {
    await mkdir(at('dd'));
    await writeFile(at('dd', 'x'), 'x');
    await link(at('dd', 'x'), at('dd', 'y'));
    expect((await runSeal(engine, [at('dd')])).result).toMatchObject({ done: 2 });
  });

  it('does not count archives of a folder and of one in it', async () => {
    await mkdir(at('dd', 'sub'), { recursive: true });
    const { result } = await runSeal(engine, [at('dd'), at('dd', 'sub'), at('dd')], {
      archive: true,
      to: at('to'),
    });
    expect(result).toMatchObject({ done: 2, failed: 0 });
    expect(await readdir(at('to'))).toEqual(['dd.enc', 'dd.envelope', 'sub.enc', 'sub.envelope']);
  });
});

describe('a folder whose result would go into itself', () => {
  it('is refused before anything is made', async () => {
    await mkdir(at('s'));
    await writeFile(at('s', 'x'), 'x');
    const { errors } = await runSeal(engine, [at('s')], { to: at('s') });
    expect(errors).toMatchObject([{ code: 'same-file' }]);
    expect(await readdir(at('s'))).toEqual(['x']);
  });

  it('is refused as an archive, through a link too', async () => {
    await mkdir(at('s', 'inner'), { recursive: true });
    await symlink('s/inner', at('link'));
    const { errors } = await runSeal(engine, [at('s')], { archive: true, to: at('link') });
    expect(errors).toMatchObject([{ code: 'same-file' }]);
    expect(await readdir(at('s', 'inner'))).toEqual([]);
  });
});

describe('temporaries of other jobs', () => {
  it('are not sealed, neither one by one nor in an archive', async () => {
    const id = '6b1f2c1e-0d5a-4c5e-9b7a-2f6a3c1d9e10';
    await mkdir(at('dd', `.${id}.plain.partial`), { recursive: true });
    await writeFile(at('dd', `.${id}.plain.partial`, 'secret'), 'x');
    await writeFile(at('dd', `.${id}.enc.partial`), 'x');
    await writeFile(at('dd', `.${id}.envelope.partial`), 'x');
    await writeFile(at('dd', '.mine.enc.partial'), 'kept');
    const one = await runSeal(engine, [at('dd')], { to: at('to') });
    expect(one.result).toMatchObject({ done: 1, failed: 0 });
    expect(one.events.filter(({ type }) => type === 'left-out')).toEqual([]);
    await runSeal(engine, [at('dd')], { to: at('to'), archive: true });
    await runOpen(engine, [at('to', 'dd.envelope')], { to: at('back') });
    expect(await readdir(at('back', 'dd'))).toEqual(['.mine.enc.partial']);
    expect(await readdir(at('dd'))).toHaveLength(4);
  });
});
