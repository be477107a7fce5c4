/** @file Every vector of e2e/vectors/envelope.json behaves as stated: in our code, and in opener.py. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvelopeFile } from '../electron/envelope/read.ts';
import { unlock } from '../electron/envelope/unlock.ts';
import { AgeKeys } from '../electron/keys/age.ts';
import { readIdentities } from '../electron/keys/age-identity.ts';
import { Keyring } from '../electron/keys/keyring.ts';
import { LocalKeys, localKeyId } from '../electron/keys/local.ts';
import type { Attempt } from '../electron/keys/unwrap-any.ts';
import { createStreamPool } from '../electron/stream/pool.ts';
import { EnvelopeError } from '../shared/errors.ts';
import { defaultSettings } from '../shared/settings.ts';
import { describeInterop, LineProcess, type Opened } from './interop/python.ts';
import { bodyOf, envelopeOf, readVectors, sha256, type Vector, vectorFile } from './vector.ts';

const { vectors, master, identity } = readVectors();

let home: string;
let keyFile: string;
let identityFile: string;
const pool = createStreamPool({ workers: 1 });

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'envelope-vectors-'));
  keyFile = path.join(home, 'master');
  identityFile = path.join(home, 'identity');
  await writeFile(keyFile, master);
  await writeFile(identityFile, `${identity}\n`);
});

afterAll(async () => {
  await pool[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

/** The vector's two files in a folder of their own, which goes away with `using`. */
async function pairOf(vector: Vector): Promise<AsyncDisposable & { folder: string; envelope: string }> {
  const folder = await mkdtemp(path.join(home, 'pair-'));
  const envelope = path.join(folder, 'pair.envelope');
  await writeFile(envelope, envelopeOf(vector));
  await writeFile(path.join(folder, 'pair.enc'), bodyOf(vector));
  return {
    folder,
    envelope,
    [Symbol.asyncDispose]: async () => {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A keyring that has the master and the identity of the vectors, and no network. */
async function keyring(): Promise<Keyring> {
  const bytes = Buffer.from(master, 'base64url');
  const local = new LocalKeys({
    open: async (key) => await Promise.resolve(key === localKeyId(bytes) ? bytes : undefined),
    describe: async () => await Promise.resolve(undefined),
  });
  return new Keyring({
    local,
    localStore: {
      ensureDefault: async () => await Promise.resolve(localKeyId(bytes)),
      default: async () => await Promise.resolve(undefined),
      find: async () => await Promise.resolve(undefined),
    },
    age: new AgeKeys(await readIdentities(identityFile)),
    aws: async () => await Promise.reject(new Error('a vector called a KMS')),
    settings: {
      load: async () => await Promise.resolve(defaultSettings),
      update: async (change) => await Promise.resolve(change(defaultSettings)),
    },
  });
}

/** Opens a pair as the program does, but for the final name. Gives what stands in a vector that opens. */
async function openPair({ folder, envelope }: { folder: string; envelope: string }) {
  await using unlocked = await unlock(await keyring(), await readEnvelopeFile(envelope));
  const { stream: header, fileKey, content } = unlocked;
  const keyed = { header, fileKey, body: { fd: unlocked.body.handle.fd, length: unlocked.body.length } };
  const plain = path.join(folder, 'plain');
  await using target = await open(plain, 'wx');
  await pool.run({ kind: 'open', target: target.fd, ...keyed });
  if (content.kind === 'folder') await pool.run({ kind: 'extract', mask: 0, ...keyed });
  return { content, plaintextSha256: sha256(await readFile(plain)) };
}

/** The EnvelopeError that opening ends with; anything else is thrown. */
async function refusal(work: Promise<unknown>): Promise<EnvelopeError> {
  const error: unknown = await work.then(
    () => new Error('it opened'),
    (error: unknown) => error,
  );
  if (error instanceof EnvelopeError) return error;
  throw error;
}

const codesOf = (error: EnvelopeError) =>
  (error.details.attempts as Attempt[]).flatMap((attempt) => attempt.error?.code ?? []);

describe('the vectors', () => {
  it('come from build/scripts/vectors.ts, byte for byte', async () => {
    const again = path.join(home, 'again.json');
    const maker = fileURLToPath(new URL('../build/scripts/vectors.ts', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [maker, again], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(sha256(await readFile(again))).toBe(sha256(await readFile(vectorFile)));
  });

  it('are about every section', () => {
    expect(new Set(vectors.map(({ section }) => section))).toEqual(new Set([1, 2, 3, 4]));
  });
});

describe('our code', () => {
  it.each(vectors.filter(({ expect }) => expect === 'ok'))('opens $name', async (vector) => {
    await using pair = await pairOf(vector);
    const { content, plaintextSha256 } = vector;
    expect(await openPair(pair)).toEqual({ content, plaintextSha256 });
  });

  it.each(vectors.filter(({ expect }) => expect !== 'ok'))('refuses $name: $expect', async (vector) => {
    await using pair = await pairOf(vector);
    const error = await refusal(openPair(pair));
    expect(error.code, error.message).toBe(vector.expect);
    if (vector.attempts !== undefined) expect(codesOf(error)).toEqual(vector.attempts);
  });
});

/** How opener.py begins to say why. */
const reasons: Readonly<Record<string, string>> = {
  ok: 'opened: ',
  'envelope-invalid': 'not opened: not a valid envelope',
  'envelope-newer': 'not opened: made by a newer version',
  'envelope-altered': 'not opened: the envelope was altered',
  'body-foreign': 'not opened: this envelope belongs to another file',
  'body-cut-short': 'not opened: the body was cut short',
  'body-altered': 'not opened: the body was altered',
  'archive-invalid': 'not opened: the archive of the folder',
  'no-key-opens': 'not opened: no key opens this envelope',
};

describeInterop('opener.py', (python) => {
  let opener: LineProcess<string[], Opened>;

  beforeAll(() => {
    opener = new LineProcess(python, 'opener_many.py');
  });

  afterAll(async () => {
    await opener[Symbol.asyncDispose]();
  });

  it.each(vectors)('$name: $expect', async (vector) => {
    await using pair = await pairOf(vector);
    const target = path.join(pair.folder, 'target');
    await mkdir(target);
    const out = path.join(target, 'opened');
    const keys = ['--key-file', keyFile, '--identity', identityFile];
    const { verdict, said } = await opener.ask([pair.envelope, '--out', out, ...keys]);
    expect(verdict, said).toBe(vector.expect === 'ok' ? 'ok' : 'refused');
    expect(said.slice(0, reasons[vector.expect]?.length)).toBe(reasons[vector.expect]);
    if (vector.expect !== 'ok') expect(readdirSync(target)).toEqual([]);
    else if (vector.content?.kind === 'folder') expect(existsSync(out)).toBe(true);
    else expect(sha256(await readFile(out))).toBe(vector.plaintextSha256);
  });
});
