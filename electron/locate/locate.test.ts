import { copyFile, mkdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshFolder, freshPair, makeTestEngine, type TestEngine } from '../envelope/engine.fixture.ts';
import { runOpen } from '../jobs/batch.fixture.ts';
import { type Answer, locate, type LocateOptions } from './locate.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

const find = async (file: string, options: LocateOptions = {}): Promise<Answer['located']> => {
  const nameOf = (key: string) => (key === engine.local.key ? 'This computer' : undefined);
  // No further up than the test's own folder.
  const limits = { up: 1, ...options.limits };
  return (await locate(file, { copies: engine.copies, nameOf }, { ...options, limits })).located;
};

/** A pair whose body lies elsewhere, `to` seen from the envelope's folder. */
async function moved(to: string) {
  const pair = await freshPair(engine);
  const body = path.join(path.dirname(pair.envelope), to);
  await mkdir(path.dirname(body), { recursive: true });
  await rename(pair.body, body);
  return { ...pair, body };
}

describe('the body of an envelope', () => {
  it('is found beside it without a search', async () => {
    const { envelope, body } = await freshPair(engine);
    expect(await find(envelope)).toEqual({
      half: 'envelope',
      path: envelope,
      found: { path: body, where: 'beside' },
    });
  });

  it.each([
    ['below', 'archive/2025/Q3.enc'],
    ['above', '../moved.enc'],
    ['beside', 'without its suffix'],
  ] as const)('is found %s it, as %s', async (where, to) => {
    const { envelope, body } = await moved(to);
    expect(await find(envelope)).toMatchObject({
      found: { path: body, where },
      missing: { code: 'body-missing' },
      searched: { complete: true },
    });
    await rm(body);
  });

  it('is found in a folder that the user names, wherever that is', async () => {
    const { envelope, body } = await moved('../elsewhere/deep/x.enc');
    const limits = { up: 0 };
    expect((await find(envelope, { limits })).found).toBeUndefined();
    const chosen = [path.dirname(path.dirname(body))];
    expect((await find(envelope, { limits, chosen })).found).toEqual({ path: body, where: 'chosen' });
  });

  it('that is another’s is named, and so is the one that is missing', async () => {
    const [one, other] = [await freshPair(engine), await freshPair(engine)];
    await rename(other.envelope, path.join(path.dirname(one.envelope), 'Q3.envelope'));
    await rename(one.envelope, path.join(path.dirname(one.envelope), 'Q2.envelope'));
    await unlink(one.body);
    await rename(other.body, path.join(path.dirname(one.envelope), 'Q2.enc'));
    const { missing, found } = await find(path.join(path.dirname(one.envelope), 'Q2.envelope'));
    expect(missing).toMatchObject({
      code: 'body-foreign',
      details: { belongs: 'Q3.envelope', wanted: 'report.pdf.enc' },
    });
    expect(missing?.details).not.toHaveProperty('namesake');
    expect(found).toBeUndefined();
  });

  it('whose foreign stand-in has no envelope anywhere is named by the kept copy', async () => {
    const [one, other] = [await freshPair(engine), await freshPair(engine)];
    await copyFile(other.body, one.body);
    expect(await find(one.envelope)).toMatchObject({
      missing: { code: 'body-foreign', details: { belongs: 'report.pdf.envelope', namesake: true } },
    });
  });
});

describe('the envelope of a body', () => {
  it('is found around it, and then no copy is offered: it may be an older one', async () => {
    const { envelope, body } = await freshPair(engine);
    const elsewhere = path.join(path.dirname(body), 'sub', 'x.envelope');
    await mkdir(path.dirname(elsewhere));
    await rename(envelope, elsewhere);
    const located = await find(body);
    expect(located).toMatchObject({ half: 'body', found: { path: elsewhere, where: 'below' } });
    expect(located.copy).toBeUndefined();
  });

  it('is among the kept copies if it is nowhere else, with the keys that it would bring back', async () => {
    const { envelope, body } = await freshPair(engine);
    await unlink(envelope);
    expect(await find(body)).toMatchObject({
      missing: { code: 'envelope-missing' },
      copy: {
        content: { kind: 'file', name: 'report.pdf', size: 10 },
        keys: [{ provider: 'local', key: engine.local.key, name: 'This computer' }],
      },
    });
  });

  it('of hidden names has a copy without a name', async () => {
    const { envelope, body } = await freshPair(engine, 'x', { hideNames: true });
    await unlink(envelope);
    const { copy } = await find(body);
    expect(copy?.keys).toHaveLength(1);
    expect(copy).not.toHaveProperty('content');
  });

  it('that is damaged is missing, as far as its body goes', async () => {
    const { envelope, body } = await freshPair(engine);
    await writeFile(envelope, (await readFile(envelope)).subarray(0, 200));
    expect(await find(envelope)).toMatchObject({
      half: 'body',
      path: body,
      missing: { code: 'envelope-invalid' },
      copy: { content: { name: 'report.pdf' } },
    });
  });
});

it('a pair that is together but whose envelope is not as the copy is, is told so', async () => {
  const { envelope, body } = await freshPair(engine);
  const text = await readFile(envelope, 'utf8');
  await writeFile(envelope, text.replace('"report.pdf"', '"other.pdf"'));
  for (const half of [envelope, body]) {
    expect(await find(half)).toMatchObject({
      found: { where: 'beside' },
      copy: { content: { name: 'report.pdf' } },
    });
  }
});

it('what is neither half is refused', async () => {
  const folder = await freshFolder(engine);
  await writeFile(path.join(folder, 'a.txt'), 'text');
  await writeFile(path.join(folder, 'b.envelope'), '{}');
  await expect(find(path.join(folder, 'a.txt'))).rejects.toMatchObject({ code: 'envelope-missing' });
  await expect(find(path.join(folder, 'b.envelope'))).rejects.toMatchObject({ code: 'envelope-invalid' });
  await expect(find(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'source-missing' });
});

describe('a batch that opens', () => {
  it('says of a body without envelope that a copy is kept', async () => {
    const { envelope, body } = await freshPair(engine);
    await unlink(envelope);
    for (const given of [body, path.dirname(body)]) {
      const { errors } = await runOpen(engine, [given]);
      expect(errors).toMatchObject([
        { code: 'envelope-missing', details: { copy: { content: { name: 'report.pdf' } } } },
      ]);
    }
  });

  it('says of a damaged or altered envelope that a whole copy is kept, and of a whole one nothing', async () => {
    const { envelope } = await freshPair(engine);
    const text = await readFile(envelope, 'utf8');
    await writeFile(envelope, text.replace('"report.pdf"', '"other.pdf"'));
    expect((await runOpen(engine, [envelope])).errors).toMatchObject([
      { code: 'envelope-altered', details: { copy: { content: { name: 'report.pdf' } } } },
    ]);
    await writeFile(envelope, '{}');
    expect((await runOpen(engine, [envelope])).errors).toMatchObject([
      { code: 'envelope-invalid', details: { copy: { content: { name: 'report.pdf' } } } },
    ]);
    const stranger = text.replaceAll(engine.local.key, 'local:AAAAAAAAAAAAAAAAAAAAAA');
    await writeFile(envelope, stranger);
    await engine.copies.keep(
      Buffer.from(JSON.parse(stranger).header.stream, 'base64url'),
      Buffer.from(stranger),
    );
    const { errors } = await runOpen(engine, [envelope]);
    expect(errors[0]?.code).toBe('no-key-opens');
    expect(errors[0]?.details).not.toHaveProperty('copy');
  });

  it('names a wrong pair', async () => {
    const [one, other] = [await freshPair(engine), await freshPair(engine)];
    await copyFile(other.body, one.body);
    expect((await runOpen(engine, [one.envelope])).errors).toMatchObject([
      { code: 'body-foreign', details: { belongs: 'report.pdf.envelope' } },
    ]);
  });
});
