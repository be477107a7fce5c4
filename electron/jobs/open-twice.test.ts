import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshFolder, makeTestEngine, type TestEngine } from '../envelope/engine.fixture.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import { runOpen, runSeal } from './batch.fixture.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

async function freshPair(): Promise<string> {
  const folder = await freshFolder(engine);
  await writeFile(path.join(folder, 'x'), 'x');
  await runSeal(engine, [path.join(folder, 'x')], { to: path.join(folder, 'one') });
  return folder;
}

it('two copies of one pair open into one folder in one run', async () => {
  const folder = await freshPair();
  const at = (...names: string[]): string => path.join(folder, ...names);
  await mkdir(at('two'));
  for (const name of ['x.enc', 'x.envelope']) await copyFile(at('one', name), at('two', name));
  const both = [at('one', 'x.envelope'), at('two', 'x.envelope')];
  expect((await runOpen(engine, both, { to: at('to') })).result).toMatchObject({ done: 2, failed: 0 });
  expect((await readdir(at('to'))).sort()).toEqual(['x', 'x (2)']);
});

it('what another run is opening is refused as that, and its temporary stays', async () => {
  const folder = await freshPair();
  const envelope = path.join(folder, 'one', 'x.envelope');
  const { id } = (await readEnvelopeFile(envelope)).envelope.header;
  const partial = path.join(folder, `.${id}.plain.partial`);
  await writeFile(partial, 'of another run');
  const { errors } = await runOpen(engine, [envelope], { to: folder });
  expect(errors).toMatchObject([{ code: 'being-opened', details: { path: partial } }]);
  expect(await readdir(folder)).toContain(path.basename(partial));
});
