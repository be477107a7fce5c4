import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshFolder, freshPair, makeTestEngine, type TestEngine } from '../envelope/engine.fixture.ts';
import { type PlanRequest, planOf } from './plan.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

type SealPlan = Extract<PlanRequest, { operation: 'seal' }>['request'];

function seal(paths: string[], more: Partial<SealPlan> = {}): PlanRequest {
  const request: SealPlan = {
    paths,
    archive: false,
    hideNames: false,
    collision: 'keep-both',
    verify: false,
    binOriginals: false,
    again: false,
    ...more,
  };
  return { operation: 'seal', request };
}

/** `docs` with three files of 10 bytes in two folders. */
async function freshDocs(): Promise<string> {
  const docs = path.join(await freshFolder(engine), 'docs');
  await mkdir(path.join(docs, 'a'), { recursive: true });
  for (const name of ['1.txt', '2.txt', 'a/3.txt']) await writeFile(path.join(docs, name), '0123456789');
  return docs;
}

describe('a plan to seal', () => {
  it('finds names that are taken where results would go, of either half', async () => {
    const docs = await freshDocs();
    const to = await freshFolder(engine);
    await mkdir(path.join(to, 'docs', 'a'), { recursive: true });
    await writeFile(path.join(to, 'docs', '1.txt.enc'), '');
    await writeFile(path.join(to, 'docs', 'a', '3.txt.envelope'), '');
    await writeFile(path.join(docs, '2.txt.envelope'), '');
    const plan = await planOf(seal([docs], { to }));
    expect(plan).toMatchObject({ files: 4, bytes: 30, taken: { count: 2, first: ['1.txt', '3.txt'] } });
    expect(plan.space).toMatchObject({ enough: true });
  });

  it('counts an archive as one, with what it adds to its files', async () => {
    const docs = await freshDocs();
    await writeFile(`${docs}.envelope`, '');
    const plan = await planOf(seal([docs], { archive: true }));
    expect(plan).toMatchObject({ files: 1, taken: { count: 1, first: ['docs'] } });
    expect(plan.bytes).toBeGreaterThan(30 + 4 * 512);
    expect(plan.space.needed).toBeGreaterThan(plan.bytes);
  });

  it('finds nothing taken where names are hidden, and needs no room for what is skipped', async () => {
    const docs = await freshDocs();
    const file = path.join(docs, '1.txt');
    await writeFile(`${file}.envelope`, '');
    expect((await planOf(seal([file], { hideNames: true }))).taken.count).toBe(0);
    const skipping = await planOf(seal([file], { collision: 'skip' }));
    expect(skipping).toMatchObject({ taken: { count: 1 }, space: { needed: 0, enough: true } });
  });

  it('tells the first five names, counts the others, and passes over what is not there', async () => {
    const folder = await freshFolder(engine);
    for (let index = 0; index < 7; index += 1) {
      await writeFile(path.join(folder, `${index}`), '');
      await writeFile(path.join(folder, `${index}.enc`), '');
    }
    const paths = Array.from({ length: 7 }, (_, index) => path.join(folder, `${index}`));
    const plan = await planOf(seal([...paths, path.join(folder, 'gone')]));
    expect(plan).toMatchObject({ files: 7, taken: { count: 7, first: ['0', '1', '2', '3', '4'] } });
  });

  it('counts what is taken among more than it looks at together, in order', async () => {
    const folder = await freshFolder(engine);
    const names = Array.from({ length: 100 }, (_, index) => `${1_000 + index}`);
    for (const name of names) await writeFile(path.join(folder, name), name);
    for (const name of names.slice(30, 70)) await writeFile(path.join(folder, `${name}.envelope`), '');
    const plan = await planOf(seal(names.map((name) => path.join(folder, name))));
    expect(plan).toMatchObject({
      files: 100,
      bytes: 400,
      taken: { count: 40, first: names.slice(30, 35) },
    });
  });

  it('can be cancelled', async () => {
    const docs = await freshDocs();
    await expect(planOf(seal([docs]), AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('a plan to open', () => {
  it('knows what would come out, where, and how much', async () => {
    const { envelope, body } = await freshPair(engine, 'tax papers');
    const to = await freshFolder(engine);
    await writeFile(path.join(to, 'report.pdf'), '');
    for (const given of [envelope, body, path.dirname(envelope)]) {
      const inTree = given === path.dirname(envelope);
      const plan = await planOf({
        operation: 'open',
        request: { paths: [given], to, collision: 'keep-both' },
      });
      expect(plan).toMatchObject({ files: 1, taken: { count: inTree ? 0 : 1 } });
      expect(plan.bytes).toBeGreaterThan(10);
    }
  });

  it('needs no room to verify', async () => {
    const { envelope } = await freshPair(engine);
    const plan = await planOf({ operation: 'verify', request: { paths: [envelope] } });
    expect(plan).toMatchObject({ files: 1, taken: { count: 0 }, space: { needed: 0, enough: true } });
  });
});
