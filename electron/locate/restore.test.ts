import { chmod, copyFile, readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Copy } from '../copies/copy-file.ts';
import { decodeBase64url } from '../envelope/base64url.ts';
import { freshPair, makeTestEngine, type TestEngine } from '../envelope/engine.fixture.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import type { Sealed } from '../envelope/seal.ts';
import { runOpen } from '../jobs/batch.fixture.ts';
import { restoreEnvelope } from './restore.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

/** A pair whose envelope is gone, its bytes, and the copy that was kept. */
async function lost(more = {}): Promise<Sealed & { bytes: Buffer; copy: Copy }> {
  const pair = await freshPair(engine, 'tax papers', more);
  const { envelope } = await readEnvelopeFile(pair.envelope);
  const bytes = await readFile(pair.envelope);
  await unlink(pair.envelope);
  const copy = await engine.copies.find(decodeBase64url(envelope.header.stream));
  if (copy === undefined) throw new Error('no copy was kept');
  return { ...pair, bytes, copy };
}

describe('restoring an envelope', () => {
  it('writes it to the byte under the stem of its body, and it opens', async () => {
    const { envelope, body, bytes, copy } = await lost();
    await chmod(body, 0o640);
    expect(await restoreEnvelope(engine, body, copy)).toBe(envelope);
    expect(await readFile(envelope)).toEqual(bytes);
    expect((await stat(envelope)).mode & 0o777).toBe(0o640);
    expect((await readdir(path.dirname(envelope))).sort()).toEqual(['report.pdf.enc', 'report.pdf.envelope']);
    expect((await runOpen(engine, [envelope])).result).toMatchObject({ done: 1, failed: 0 });
  });

  it('replaces nothing: beside a damaged one it gets a number, and is found by its content', async () => {
    const { envelope, body, copy } = await lost();
    await writeFile(envelope, 'damaged');
    const restored = await restoreEnvelope(engine, body, copy);
    expect(path.basename(restored)).toBe('report (2).pdf.envelope');
    expect(await readFile(envelope, 'utf8')).toBe('damaged');
    expect((await runOpen(engine, [restored])).result).toMatchObject({ done: 1, failed: 0 });
  });

  it('is not done where an envelope of the body is there already', async () => {
    const { envelope, body, bytes, copy } = await lost();
    const other = path.join(path.dirname(envelope), 'other.envelope');
    await writeFile(other, bytes);
    await expect(restoreEnvelope(engine, body, copy)).rejects.toMatchObject({
      code: 'name-taken',
      details: { path: other },
    });
    expect((await readdir(path.dirname(envelope))).sort()).toEqual(['other.envelope', 'report.pdf.enc']);
    expect(await restoreEnvelope(engine, body, copy, { second: true })).toBe(envelope);
  });

  it('is not done for another body', async () => {
    const [one, other] = [await lost(), await lost()];
    await copyFile(other.body, one.body);
    await expect(restoreEnvelope(engine, one.body, one.copy)).rejects.toMatchObject({ code: 'body-foreign' });
    expect(await readdir(path.dirname(one.body))).toEqual(['report.pdf.enc']);
  });

  it('leaves nothing behind where it cannot be written', async () => {
    const { body, copy } = await lost();
    const broken = { ...copy, bytes: Buffer.alloc(2 ** 20 + 1) };
    await expect(restoreEnvelope(engine, body, broken)).rejects.toMatchObject({ code: 'envelope-invalid' });
    expect(await readdir(path.dirname(body))).toEqual(['report.pdf.enc']);
  });

  it('of hidden names goes by the id', async () => {
    const { envelope, body, copy } = await lost({ hideNames: true });
    expect(await restoreEnvelope(engine, body, copy)).toBe(envelope);
  });
});
