import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshFolder, makeTestEngine, type TestEngine } from '../envelope/engine.fixture.ts';
import { asNobody } from '../files/archive-fixture.ts';
import { Mirror } from '../files/mirror.ts';
import { runOpen, runSeal, runVerify } from './batch.fixture.ts';
import { filesIn, type Found, readInput } from './inputs.ts';

let engine: TestEngine;
let folder: string;
const at = (...names: string[]): string => path.join(folder, ...names);

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});
beforeEach(async () => {
  folder = await freshFolder(engine);
});

async function sealHere(name: string): Promise<void> {
  await writeFile(at(name), name);
  await runSeal(engine, [at(name)]);
  await unlink(at(name));
}

describe('what may not be looked at in a folder', () => {
  it('is found as that, for a failed item', async () => {
    const open = await mkdtemp(path.join(os.tmpdir(), 'unfinished-'));
    try {
      await chmod(open, 0o755);
      await mkdir(path.join(open, 'closed'), { mode: 0 });
      const found: Found[] = [];
      await asNobody(async () => {
        for await (const one of filesIn(await readInput(open), new Mirror(), {})) found.push(one);
      });
      expect(found).toMatchObject([
        { failed: path.join(open, 'closed'), error: { code: 'source-unreadable' } },
      ]);
    } finally {
      await rm(open, { recursive: true });
    }
  });
});

describe('a body without its envelope, in a folder that is opened or verified', () => {
  it('fails as envelope-missing, beside pairs that do not', async () => {
    await sealHere('one');
    await sealHere('two');
    await unlink(at('two.envelope'));
    for (const { result, errors } of [await runVerify(engine, [folder]), await runOpen(engine, [folder])]) {
      expect(result).toMatchObject({ done: 1, failed: 1 });
      expect(errors).toMatchObject([{ code: 'envelope-missing', details: { body: at('two.enc') } }]);
    }
  });

  it('is none if its envelope has another name, or it is another program’s', async () => {
    await sealHere('one');
    await rename(at('one.envelope'), at('other.ENVELOPE'));
    await writeFile(at('short.enc'), '(');
    await writeFile(at('text.enc'), 'x'.repeat(100));
    expect((await runVerify(engine, [folder])).result).toMatchObject({ done: 1, failed: 0 });
  });
});

describe('a folder with nothing to do in it', () => {
  it('fails as that, to seal, open and verify', async () => {
    await mkdir(at('docs', 'empty'), { recursive: true });
    const nothing = [{ code: 'nothing-to-do', details: { path: at('docs') } }];
    expect((await runOpen(engine, [at('docs')])).errors).toMatchObject(nothing);
    expect((await runVerify(engine, [at('docs')])).errors).toMatchObject(nothing);
    expect((await runSeal(engine, [at('docs')])).errors).toMatchObject(nothing);
    expect((await runSeal(engine, [at('docs')], { to: at('to') })).errors).toMatchObject(nothing);
    expect(await readdir(at('to', 'docs'))).toEqual(['empty']);
  });

  it('is not one in which everything is left out, and said to be', async () => {
    await sealHere('one');
    const { result, events } = await runSeal(engine, [folder]);
    expect(result).toMatchObject({ done: 0, failed: 0 });
    expect(events.filter(({ type }) => type === 'left-out')).toHaveLength(2);
  });
});

describe('suffixes in capitals', () => {
  it('are suffixes, given by themselves and in a folder', async () => {
    await sealHere('q');
    await rename(at('q.enc'), at('Q.ENC'));
    await rename(at('q.envelope'), at('Q.ENVELOPE'));
    for (const given of [folder, at('Q.ENVELOPE'), at('Q.ENC')]) {
      expect((await runVerify(engine, [given])).result, given).toMatchObject({ done: 1, failed: 0 });
    }
  });
});

describe('a file that cannot be read in the place of the body', () => {
  it('does not hide the body, and is told if there is none', async () => {
    await sealHere('one');
    await copyFile(at('one.enc'), at('body.enc'));
    await unlink(at('one.enc'));
    await symlink('one.enc', at('one.enc'));
    expect((await runVerify(engine, [at('one.envelope')])).result).toMatchObject({ done: 1, failed: 0 });
    await unlink(at('body.enc'));
    expect((await runVerify(engine, [at('one.envelope')])).errors).toMatchObject([
      { code: 'source-special' },
    ]);
  });
});

describe('a folder whose name is not UTF-8', () => {
  it('is refused once in place, and sealed with --to', async () => {
    const odd = Buffer.concat([Buffer.from(at('docs', 'odd')), Buffer.from([0xff])]);
    await mkdir(at('docs'));
    await mkdir(odd);
    for (const name of ['/a', '/b']) await writeFile(Buffer.concat([odd, Buffer.from(name)]), name);
    expect((await runSeal(engine, [at('docs')])).errors).toMatchObject([{ code: 'name-impossible' }]);
    expect(await readdir(odd)).toEqual(['a', 'b']);
    expect((await runVerify(engine, [at('docs')])).errors).toMatchObject([{ code: 'nothing-to-do' }]);
    await writeFile(Buffer.concat([odd, Buffer.from('/c.envelope')]), '{');
    expect((await runVerify(engine, [at('docs')])).errors).toMatchObject([{ code: 'name-impossible' }]);
    await unlink(Buffer.concat([odd, Buffer.from('/c.envelope')]));
    expect((await runSeal(engine, [at('docs')], { to: at('to') })).result).toMatchObject({
      done: 2,
      failed: 0,
    });
  });
});
