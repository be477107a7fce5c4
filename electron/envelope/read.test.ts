/** @file An envelope is read as far as it was long when it was looked at, and never further than an envelope can be. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { type FileHandle, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_ENVELOPE_BYTES } from './codec.ts';
import { prototypeOfHandles } from './engine.fixture.ts';
import { readEnvelopeBytes } from './read.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'read-'));
  file = path.join(folder, 'a.envelope');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** What happens to the file right after its size was looked at. @returns how many bytes were asked for since */
async function afterLook(happens: () => void): Promise<() => number> {
  const prototype = await prototypeOfHandles();
  const stat = vi.spyOn(prototype, 'stat');
  const read = vi.spyOn(prototype, 'read');
  stat.mockImplementationOnce(async function (this: FileHandle) {
    stat.mockRestore();
    const stats = await this.stat();
    happens();
    return stats;
  });
  return () => Math.max(0, ...read.mock.calls.map((args: readonly unknown[]) => Number(args[2])));
}

describe('readEnvelopeBytes', () => {
  it.each([0, 1, MAX_ENVELOPE_BYTES])('reads %d bytes that stay', async (length) => {
    writeFileSync(file, Buffer.alloc(length, 7));
    expect(await readEnvelopeBytes(file)).toEqual(Buffer.alloc(length, 7));
  });

  it.each([1, 3 * MAX_ENVELOPE_BYTES])(
    'refuses one that grows by %d bytes, reading one of them',
    async (more) => {
      writeFileSync(file, Buffer.alloc(100));
      const asked = await afterLook(() => {
        appendFileSync(file, Buffer.alloc(more));
      });
      await expect(readEnvelopeBytes(file)).rejects.toMatchObject({
        code: 'source-changed',
        details: { path: file },
      });
      expect(asked()).toBe(101);
    },
  );

  it('refuses one that is longer than an envelope can be without reading it', async () => {
    writeFileSync(file, Buffer.alloc(MAX_ENVELOPE_BYTES + 1));
    const asked = await afterLook(() => {});
    await expect(readEnvelopeBytes(file)).rejects.toMatchObject({ code: 'envelope-invalid' });
    expect(asked()).toBe(0);
  });
});
