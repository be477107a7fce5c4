import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kill, startFixture } from './child.fixture.ts';
import { FileLock } from './lock.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lock-'));
  file = path.join(folder, 'x.lock');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('FileLock', () => {
  it('is held once in one process', () => {
    using first = FileLock.take(file);
    expect(first).toBeDefined();
    expect(FileLock.take(file)).toBeUndefined();
    expect(FileLock.take(file, 20)).toBeUndefined();
  });

  it('is free after its release, which may be repeated', async () => {
    const first = FileLock.take(file);
    first?.release();
    first?.release();
    using again = FileLock.take(file);
    expect(again).toBeDefined();
    expect((await stat(file)).size).toBe(0);
  });

  it('is held once among processes, and freed when its holder is killed', async () => {
    const holder = await startFixture('lock.fixture.ts', file);
    expect(holder.line).toBe('locked');
    expect(FileLock.take(file)).toBeUndefined();
    await kill(holder);
    using mine = FileLock.take(file);
    expect(mine).toBeDefined();
    expect((await startFixture('lock.fixture.ts', file)).line).toBe('busy');
  });

  it('fails where there is no folder', () => {
    expect(() => FileLock.take(path.join(folder, 'no/x.lock'))).toThrow(
      expect.objectContaining({ code: 'target-unwritable' }),
    );
  });
});
