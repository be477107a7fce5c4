import { copyFile, mkdir, readdir, rename, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freshFolder, freshPair, makeTestEngine, type TestEngine } from './engine.fixture.ts';
import { findEnvelope } from './locate.ts';
import { open } from './open.ts';
import { readEnvelopeFile } from './read.ts';
import type { Sealed } from './seal.ts';
import { verify } from './verify.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

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

describe('finding the other half', () => {
  it('finds a renamed body by its content', async () => {
    const sealed = await freshPair(engine);
    await rename(sealed.body, path.join(path.dirname(sealed.body), 'other.enc'));
    expect(await openIn(sealed.envelope)).toMatchObject({ kind: 'file', size: 10 });
  });

  it('passes over a foreign body under the right name', async () => {
    const [one, other] = [await freshPair(engine), await freshPair(engine)];
    await rename(one.body, path.join(path.dirname(one.body), 'moved.enc'));
    await copyFile(other.body, one.body);
    expect(await openIn(one.envelope)).toMatchObject({
      body: path.join(path.dirname(one.body), 'moved.enc'),
    });
  });

  it('says which it is: a body of another envelope, or none at all', async () => {
    const [one, other] = [await freshPair(engine), await freshPair(engine)];
    await copyFile(other.body, one.body);
    await expectRefused(one, { code: 'body-foreign' });
    await unlink(one.body);
    await expectRefused(one, { code: 'body-missing' });
  });

  it('takes the body that the user names, and no other', async () => {
    const [one, other] = [await freshPair(engine), await freshPair(engine)];
    const elsewhere = path.join(await freshFolder(engine), 'elsewhere');
    await rename(one.body, elsewhere);
    expect(await openIn(one.envelope, undefined, { body: elsewhere })).toMatchObject({ body: elsewhere });
    await expect(openIn(one.envelope, undefined, { body: other.body })).rejects.toMatchObject({
      code: 'body-foreign',
    });
    await expect(openIn(one.envelope, undefined, { body: '/nowhere' })).rejects.toMatchObject({
      code: 'body-missing',
    });
  });

  it('finds the envelope of a body, renamed too', async () => {
    const sealed = await freshPair(engine);
    expect(await findEnvelope(sealed.body)).toMatchObject({ path: sealed.envelope });
    const renamed = path.join(path.dirname(sealed.envelope), 'x.envelope');
    await rename(sealed.envelope, renamed);
    expect(await findEnvelope(sealed.body)).toMatchObject({ path: renamed });
    await writeFile(renamed, '{}');
    await expect(findEnvelope(sealed.body)).rejects.toMatchObject({ code: 'envelope-missing' });
  });

  it('never takes a pipe or a folder for a body', async () => {
    const sealed = await freshPair(engine);
    await unlink(sealed.body);
    await mkdir(sealed.body);
    await expectRefused(sealed, { code: 'body-foreign' });
  });
});
