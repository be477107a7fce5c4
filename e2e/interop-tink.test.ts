/** @file Google's Tink and our stream layer, both ways (FORMAT.md section 1): what one seals, the other opens. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commitmentSalt, fileKeyOf } from '../electron/envelope/derive.ts';
import { DataKey } from '../electron/keys/data-key.ts';
import { HEADER_BYTES, writeStreamHeader } from '../electron/stream/header.ts';
import { createStreamPool } from '../electron/stream/pool.ts';
import { bodyLength } from '../electron/stream/sizes.ts';
import { describeInterop, LineProcess } from './interop/python.ts';
import { bodyOf, envelopeOf, lcg32, readVectors, sha256, type Vector } from './vector.ts';

const S = 1_048_576;
const FIRST = S - 56;
const BOTH = FIRST + S - 16;
const sizes = [0, 1, FIRST - 1, FIRST, FIRST + 1, BOTH - 1, BOTH, BOTH + 1, 3 * S + 7];

type Request = { key: string; id: string; body: string } & ({ do: 'open' } | { do: 'seal'; plain: string });
type Answer = { size: number; sha256?: string } | { refused: string };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describeInterop('Tink', (python) => {
  const pool = createStreamPool({ workers: 2 });
  let home: string;
  let tink: LineProcess<Request, Answer>;

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'envelope-tink-'));
    tink = new LineProcess(python, 'tink_check.py');
  });

  afterAll(async () => {
    await tink[Symbol.asyncDispose]();
    await pool[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  });

  /** Names for one case, its plaintext on disk, and a data key with an id. */
  async function prepare(size: number) {
    const name = path.join(home, randomUUID());
    const plaintext = lcg32({ seed: size, length: size });
    await writeFile(`${name}.plain`, plaintext);
    return {
      plain: `${name}.plain`,
      body: `${name}.enc`,
      opened: `${name}.opened`,
      digest: sha256(plaintext),
      id: randomUUID(),
      key: DataKey.generate(),
    };
  }

  type Case = Awaited<ReturnType<typeof prepare>>;

  async function sealByUs({ plain, body, id, key }: Case): Promise<void> {
    const header = writeStreamHeader(commitmentSalt(key, id), randomBytes(7));
    await using source = await open(plain);
    await using target = await open(body, 'wx');
    const { size } = await source.stat();
    const fileKey = fileKeyOf(key, id, header);
    await pool.run({
      kind: 'seal',
      header,
      fileKey,
      source: { kind: 'file', fd: source.fd, size },
      target: target.fd,
    });
  }

  async function openByUs({ body, opened, id, key }: Case): Promise<string> {
    await using source = await open(body);
    await using target = await open(opened, 'wx');
    const { size: length } = await source.stat();
    const header = new Uint8Array(HEADER_BYTES);
    await source.read(header, 0, HEADER_BYTES, 0);
    const fileKey = fileKeyOf(key, id, header);
    await pool.run({ kind: 'open', header, fileKey, body: { fd: source.fd, length }, target: target.fd });
    return sha256(await readFile(opened));
  }

  it.each(sizes)('opens what we sealed: %i bytes', async (size) => {
    const one = await prepare(size);
    await sealByUs(one);
    const answer = await tink.ask({ do: 'open', key: hex(one.key.bytes), id: one.id, body: one.body });
    expect(answer).toEqual({ size, sha256: one.digest });
  });

  it.each(sizes)('seals what we open: %i bytes', async (size) => {
    const one = await prepare(size);
    const { plain, body, id, key } = one;
    const answer = await tink.ask({ do: 'seal', key: hex(key.bytes), id, plain, body });
    expect(answer).toEqual({ size: bodyLength(size) });
    expect(await openByUs(one)).toBe(one.digest);
  });

  it('refuses our body under another key, under another id, and altered', async () => {
    const one = await prepare(100);
    await sealByUs(one);
    const request = { do: 'open', key: hex(one.key.bytes), id: one.id, body: one.body } as const;
    const refused = { refused: expect.any(String) as string };
    expect(await tink.ask({ ...request, key: hex(randomBytes(32)) })).toEqual(refused);
    expect(await tink.ask({ ...request, id: randomUUID() })).toEqual(refused);
    const body = await readFile(one.body);
    body[50] = (body[50] ?? 0) ^ 1;
    await writeFile(one.body, body);
    expect(await tink.ask(request)).toEqual(refused);
  });

  // The attack that the key commitment is for (FORMAT.md section 3) is real: the vectors say that we refuse both.
  it('opens the body of the vectors that was prepared for two keys with either of them', async () => {
    const { vectors } = readVectors();
    const [left, right] = ['left', 'right'].map((side) => named(vectors, `two-envelopes-${side}`));
    expect(hex(bodyOf(left!))).toBe(hex(bodyOf(right!)));
    const answers: Answer[] = [];
    for (const vector of [left!, right!]) {
      const body = path.join(home, vector.name);
      await writeFile(body, bodyOf(vector));
      const { header } = JSON.parse(Buffer.from(envelopeOf(vector)).toString()) as { header: { id: string } };
      const key = hex(Buffer.from(vector.dataKey, 'base64url'));
      answers.push(await tink.ask({ do: 'open', key, id: header.id, body }));
    }
    const opened = { size: 48, sha256: expect.any(String) as string };
    expect(answers).toEqual([opened, opened]);
    expect(answers[0]).not.toEqual(answers[1]);
  });
});

function named(vectors: readonly Vector[], name: string): Vector {
  const vector = vectors.find((vector) => vector.name === name);
  if (vector === undefined) throw new Error(`no vector ${name}`);
  return vector;
}
