import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshFolder, freshPair, sealRequest, timeAndMode, withPool } from './engine.fixture.ts';
import { open } from './open.ts';
import { readEnvelopeFile } from './read.ts';
import { reseal } from './reseal.ts';
import { first, freshKmsPair, keysOf, type KmsEngine, makeKmsEngine, second } from './rewrap.fixture.ts';
import { seal } from './seal.ts';

let engine: KmsEngine;

beforeAll(async () => {
  engine = await makeKmsEngine();
  await engine.keyring.approve(second.key);
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});
beforeEach(() => {
  engine.kms.calls.length = 0;
});

const keys = () => [engine.local];
const opened = async (envelope: string, folder?: string) => {
  const to = folder ?? (await freshFolder(engine));
  const result = await open(engine, await readEnvelopeFile(envelope), { folder: to, collision: 'keep-both' });
  return result?.path ?? '';
};

describe('sealing again', () => {
  it('gives the same content a new data key, new keys, a new id and a new body, in its place', async () => {
    const { envelope, body, id } = await freshPair(engine, 'tax papers', { keys: [first] });
    const old = await readEnvelopeFile(envelope);
    const oldBody = await readFile(body);
    const result = await reseal(engine, envelope, { keys: keys() });
    expect(result).toMatchObject({
      envelope,
      body,
      from: id,
      name: 'report.pdf',
      size: 10,
      added: [engine.local.key],
      removed: [first.key],
      notes: [],
    });
    const now = await readEnvelopeFile(envelope);
    expect(now.envelope.header.id).toBe(result.to);
    expect(result.to).not.toBe(id);
    expect(now.envelope.header.stream).not.toBe(old.envelope.header.stream);
    expect(now.envelope.header.content).toEqual(old.envelope.header.content);
    expect(now.envelope.header.context).toEqual(old.envelope.header.context);
    expect(await keysOf(envelope)).toEqual([engine.local.key]);
    expect(await readdir(path.dirname(envelope))).toEqual([path.basename(body), path.basename(envelope)]);
    expect(await readFile(await opened(envelope), 'utf8')).toBe('tax papers');

    // The old envelope, kept by somebody, opens the old body and nothing that is here now.
    const copy = path.join(path.dirname(envelope), 'kept.envelope');
    await writeFile(copy, old.bytes);
    await expect(opened(copy)).rejects.toMatchObject({ code: 'body-missing' });
    const elsewhere = await freshFolder(engine);
    await writeFile(path.join(elsewhere, 'kept.envelope'), old.bytes);
    await writeFile(path.join(elsewhere, 'kept.enc'), oldBody);
    expect(await readFile(await opened(path.join(elsewhere, 'kept.envelope')), 'utf8')).toBe('tax papers');
  });

  it('takes no key over from the envelope, whatever it says', async () => {
    const { envelope } = await freshKmsPair(engine, [engine.local, first]);
    await reseal(engine, envelope, { keys: [second] });
    expect(await keysOf(envelope)).toEqual([second.key]);
    expect(engine.kms.calls.filter((call) => call.includes(first.key))).toEqual([]);
  });

  it('keeps time and permissions of the content, and those of the pair itself', async () => {
    const file = path.join(await freshFolder(engine), 'run.sh');
    await writeFile(file, '#!/bin/sh');
    await chmod(file, 0o755);
    const sealed = await seal(engine, sealRequest(engine, file));
    const before = await timeAndMode(file);
    const { envelope = '', body = '' } = sealed ?? {};
    await chmod(envelope, 0o640);
    await chmod(body, 0o444);
    await reseal(engine, envelope, { keys: keys() });
    expect((await timeAndMode(envelope)).mode).toBe('640');
    expect((await timeAndMode(body)).mode).toBe('444');
    expect(await timeAndMode(await opened(envelope))).toEqual(before);
  });

  it('keeps a hidden name hidden, and a folder a folder', async () => {
    const hidden = await freshPair(engine, 'x', { hideNames: true });
    await reseal(engine, hidden.envelope, { keys: keys() });
    const { content } = (await readEnvelopeFile(hidden.envelope)).envelope.header;
    expect(content).toHaveProperty('hidden');
    expect(path.basename(await opened(hidden.envelope))).toBe('report.pdf');

    const folder = path.join(await freshFolder(engine), 'docs');
    await mkdir(folder);
    await writeFile(path.join(folder, 'a.txt'), 'a');
    const archive = await seal(engine, sealRequest(engine, folder, { kind: 'folder' }));
    await reseal(engine, archive?.envelope ?? '', { keys: keys() });
    const back = await opened(archive?.envelope ?? '');
    expect(await readFile(path.join(back, 'a.txt'), 'utf8')).toBe('a');
  });

  it('of several segments, through real threads, is the same to the byte', async () => {
    const bytes = Buffer.alloc(5 * 1_048_576 + 3, 'segment ');
    const { envelope } = await freshPair(engine, bytes);
    const seen: number[] = [];
    await reseal(engine, envelope, { keys: keys() }, { onProgress: (done) => seen.push(done) });
    expect(seen.at(-1)).toBe(bytes.length);
    expect((await readFile(await opened(envelope))).equals(bytes)).toBe(true);
  });

  it('writes no plaintext to any file', async () => {
    const secret = 'the only place of this text is memory '.repeat(100);
    const { envelope } = await freshPair(engine, secret);
    const folder = path.dirname(envelope);
    const leaks: string[] = [];
    const look = async (): Promise<void> => {
      for (const name of await readdir(folder)) {
        if ((await readFile(path.join(folder, name))).includes('the only place')) leaks.push(name);
      }
    };
    await reseal(withPool(engine, look), envelope, { keys: keys() });
    await look();
    expect(leaks).toEqual([]);
  });
});
