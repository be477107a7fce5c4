import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EnvelopeError } from '../../shared/errors.ts';
import { peek } from './peek.ts';
import { Peeker } from './peeker.ts';

let folder: string;
const at = (name: string): string => path.join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'peeker-'));
  for (let n = 0; n < 300; n += 1) writeFileSync(at(`${n}`), `file ${n}`.repeat(n));
  writeFileSync(at('empty'), '');
  writeFileSync(at('large'), 'x');
  truncateSync(at('large'), 3_000_000);
  mkdirSync(at('folder'));
  symlinkSync('7', at('link'));
  if (process.platform !== 'win32') execFileSync('mkfifo', [at('pipe')]);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What comes of a look, with its error as a record. */
const told = async (look: Promise<unknown>): Promise<unknown> =>
  await look.catch((error: unknown) => (error instanceof EnvelopeError ? error.toRecord() : error));

const names = [
  ...Array.from({ length: 300 }, (_, n) => `${n}`),
  'empty',
  'large',
  'folder',
  'link',
  'none',
  ...(process.platform === 'win32' ? [] : ['pipe']),
];

it.each([false, true])('says of every file what a single look says; links followed: %s', async (follow) => {
  await using peeker = new Peeker({ firstFiles: 3 });
  const all = await Promise.all(
    names.map(async (name) => await told(peeker.peek(at(name), 1_000_000, { follow }))),
  );
  const single = await Promise.all(
    names.map(async (name) => await told(peek(at(name), 1_000_000, { follow }))),
  );
  expect(all.map(plain)).toEqual(single.map(plain));
  expect(all.filter((one) => one instanceof Error)).toEqual([]);
});

/** Bytes as a list, whatever holds them; an error without its stack. */
const plain = (one: unknown): unknown =>
  JSON.parse(
    JSON.stringify(one, (key, value: unknown) =>
      value instanceof Uint8Array ? [...value] : key === 'cause' || key === 'stack' ? undefined : value,
    ).replaceAll(/\{"type":"Buffer","data":(\[[^\]]*\])\}/g, '$1'),
  );

it('what is kept of a file does not keep its neighbours', async () => {
  await using peeker = new Peeker({ firstFiles: 0 });
  const looks = await Promise.all(names.slice(1, 60).map(async (name) => await peeker.peek(at(name), 100)));
  for (const { bytes } of looks) expect(bytes.buffer.byteLength).toBeLessThanOrEqual(100);
});

it('goes on without threads that are lost', async () => {
  let started = 0;
  const start = (): Worker => {
    started += 1;
    return new Worker('require("node:worker_threads").parentPort.once("message", () => process.exit(1))', {
      eval: true,
    });
  };
  await using peeker = new Peeker({ firstFiles: 0, start });
  const all = await Promise.all(names.slice(0, 200).map(async (name) => await peeker.peek(at(name), 20)));
  expect(all.map(({ size }) => size)).toEqual(Array.from({ length: 200 }, (_, n) => `file ${n}`.length * n));
  expect(started).toBe(2);
  // Nobody waits for a thread that is not there.
  expect((await peeker.peek(at('5'), 4)).size).toBe(30);
});

it('what still waits when it ends is cancelled', async () => {
  const peeker = new Peeker({
    firstFiles: 0,
    start: () =>
      new Worker('require("node:worker_threads").parentPort.on("message", () => {})', { eval: true }),
  });
  const looks = names.slice(0, 150).map(async (name) => await told(peeker.peek(at(name), 20)));
  await new Promise(setImmediate);
  await peeker[Symbol.asyncDispose]();
  const ends = await Promise.all(looks);
  expect(ends).toEqual(ends.map(() => expect.objectContaining({ code: 'cancelled' }) as unknown));
});
