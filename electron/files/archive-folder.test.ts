import type * as fs from 'node:fs';
import {
  constants,
  fchmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  archiveEnd,
  fileBlock,
  folderBlock,
  handBlock,
  handPax,
  makeTree,
  openDescriptors,
  padded,
  paxRecord,
  temporaryFolder,
} from './archive-fixture.ts';
import { ArchiveSink } from './archive-sink.ts';
import { systemName } from './stem.ts';
import { setModified } from './times.ts';

vi.mock('node:fs', { spy: true });
vi.mock('./stem.ts', { spy: true });
vi.mock('./times.ts', { spy: true });

function extract(
  directory: string,
  pieces: readonly Uint8Array[],
  mask = 0,
): { path: string; what: string }[] {
  using sink = new ArchiveSink({ directory, mask });
  for (const piece of pieces) sink.push(piece);
  return [...sink.finish().notes];
}

const refusal = (code: string, path: string): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining({ path }) });

const bits = (path: string): number => lstatSync(path).mode & 0o7777;

const failing = (): never => {
  throw Object.assign(new Error('not permitted'), { code: 'EPERM', syscall: 'fchmod' });
};

describe('what stands in the way', () => {
  const content = [handBlock({ path: 'a', size: 3 }), padded('abc'), archiveEnd];

  it('does not write to a file that is there', () => {
    using folder = temporaryFolder();
    makeTree(folder.path, [{ path: 'a', bytes: 'kept' }]);
    expect(() => extract(folder.path, content)).toThrow(refusal('name-taken', 'a'));
    expect(readFileSync(join(folder.path, 'a'), 'utf8')).toBe('kept');
  });

  it('does not write through a link, hard or symbolic, dangling or not', () => {
    using folder = temporaryFolder();
    const [inner, target] = [join(folder.path, 'inner'), join(folder.path, 'target')];
    mkdirSync(inner);
    symlinkSync(target, join(inner, 'a'));
    expect(() => extract(inner, content)).toThrow(refusal('name-taken', 'a'));
    expect(readdirSync(folder.path)).toEqual(['inner']);
    writeFileSync(target, 'kept');
    expect(() => extract(inner, content)).toThrow(refusal('name-taken', 'a'));
    linkSync(target, join(inner, 'b'));
    expect(() => extract(inner, [handBlock({ path: 'b', size: 3 }), padded('abc')])).toThrow(
      refusal('name-taken', 'b'),
    );
    expect(readFileSync(target, 'utf8')).toBe('kept');
  });

  it('does not enter a folder that is there, nor a link to one', () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, 'a'));
    symlinkSync('a', join(folder.path, 'b'));
    for (const path of ['a', 'b']) {
      expect(() => extract(folder.path, [folderBlock(path), archiveEnd])).toThrow(
        refusal('name-taken', path),
      );
    }
  });

  it('has a code for a path that this system cannot hold', () => {
    using folder = temporaryFolder();
    const names = Array.from({ length: 17 }, () => 'b'.repeat(240));
    const paths = names.map((_, index) => names.slice(0, index + 1).join('/'));
    const blocks = paths.flatMap((path) => [handPax(paxRecord('path', path)), folderBlock('stand-in')]);
    expect(() => extract(folder.path, [...blocks, archiveEnd])).toThrow(
      expect.objectContaining({ code: 'name-impossible' }),
    );
  });

  it('has a code for a directory that is not there', () => {
    using folder = temporaryFolder();
    expect(() => extract(join(folder.path, 'none'), content)).toThrow(refusal('target-missing', 'a'));
  });
});

describe('a disk for which two names are one', () => {
  /** As `openSync` and `mkdirSync` are on a disk that knows no case, and no colon. */
  const folding = (file: string): void => {
    const error = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'open' });
    if (basename(file).includes(':')) throw error('EINVAL');
    const wanted = basename(file).toLowerCase();
    if (readdirSync(dirname(file)).some((name) => name.toLowerCase() === wanted)) throw error('EEXIST');
  };

  beforeEach(async () => {
    const { openSync: open, mkdirSync: make } = await vi.importActual<typeof fs>('node:fs');
    vi.mocked(openSync).mockImplementation((file, flags, mode) => {
      if (flags !== undefined && Number(flags) & constants.O_CREAT) folding(String(file));
      return open(file, flags, mode);
    });
    vi.mocked(mkdirSync).mockImplementation((folder, options) => {
      folding(String(folder));
      return make(folder, options);
    });
  });
  afterEach(() => {
    vi.mocked(openSync).mockReset();
    vi.mocked(mkdirSync).mockReset();
  });

  it('holds both, and what is in them, and says so', () => {
    using folder = temporaryFolder();
    const inside = [folderBlock('A'), fileBlock('A/X'), fileBlock('A/x'), folderBlock('a'), fileBlock('a/x')];
    expect(extract(folder.path, [...inside, fileBlock('a:b'), archiveEnd])).toEqual(
      ['A/x', 'a', 'a:b'].map((path) => ({ path, what: 'name' })),
    );
    expect(new Set(readdirSync(folder.path, { recursive: true, encoding: 'utf8' }))).toEqual(
      new Set(['A', 'A/X', 'A/x (2)', 'a (2)', 'a (2)/x', 'a_b']),
    );
  });
});

describe('while it works', () => {
  it('keeps files and folders to their owner', () => {
    using folder = temporaryFolder();
    using sink = new ArchiveSink({ directory: folder.path, mask: 0 });
    sink.push(handBlock({ path: 'a', type: '5', mode: 0o777 }));
    sink.push(handBlock({ path: 'a/b', mode: 0o777, size: 600 }));
    sink.push(Buffer.alloc(512, 1));
    expect(bits(join(folder.path, 'a'))).toBe(0o700);
    expect(bits(join(folder.path, 'a/b'))).toBe(0o600);
    expect(lstatSync(join(folder.path, 'a/b')).size).toBe(512);
  });

  it('closes what is open when it is disposed half-way', () => {
    using folder = temporaryFolder();
    const before = openDescriptors();
    {
      using sink = new ArchiveSink({ directory: folder.path, mask: 0 });
      sink.push(handBlock({ path: 'a', size: 600 }));
      expect(openDescriptors()).toBe(before + 1);
    }
    expect(openDescriptors()).toBe(before);
  });
});

describe('modes, times and names', () => {
  it('gives modes less the mask, and to folders when everything is in them', () => {
    using folder = temporaryFolder();
    const pieces = [
      handBlock({ path: 'a', type: '5', mode: 0o555, seconds: 1 }),
      handBlock({ path: 'a/b', type: '5', mode: 0, seconds: 2 }),
      handBlock({ path: 'a/b/c', mode: 0, seconds: 3 }),
      handBlock({ path: 'a/d', mode: 0o777, seconds: 4 }),
      archiveEnd,
    ];
    expect(extract(folder.path, pieces, 0o027)).toEqual([]);
    const found = ['a', 'a/d'].map((path) => [
      bits(join(folder.path, path)),
      lstatSync(join(folder.path, path)).mtimeMs,
    ]);
    expect(found.map(([mode, time]) => [mode, Math.floor(time ?? 0)])).toEqual([
      [0o550, 1000],
      [0o750, 4000],
    ]);
    expect(bits(join(folder.path, 'a/b'))).toBe(0);
  });

  it('notes a mode and a time that the system will not set, and goes on', () => {
    using folder = temporaryFolder();
    vi.mocked(fchmodSync).mockImplementationOnce(failing);
    vi.mocked(setModified).mockImplementationOnce(failing);
    expect(extract(folder.path, [fileBlock('a'), fileBlock('b'), archiveEnd])).toEqual([
      { path: 'a', what: 'mode' },
      { path: 'a', what: 'time' },
    ]);
    expect(bits(join(folder.path, 'b'))).toBe(0o644);
  });

  it('does not take a bug for such a note', () => {
    using folder = temporaryFolder();
    vi.mocked(setModified).mockImplementationOnce(() => {
      throw new TypeError('a bug');
    });
    expect(() => extract(folder.path, [fileBlock('a')])).toThrow(TypeError);
  });

  it('notes a name that this system cannot hold, and never lets two members be one', () => {
    using folder = temporaryFolder();
    vi.mocked(systemName).mockImplementation((name) => ({
      name: name.replace(':', '_'),
      changed: name.includes(':'),
    }));
    try {
      expect(extract(folder.path, [folderBlock('a:b'), fileBlock('a:b/c'), archiveEnd])).toEqual([
        { path: 'a:b', what: 'name' },
      ]);
      expect(readdirSync(join(folder.path, 'a_b'))).toEqual(['c']);
      expect(() => extract(folder.path, [fileBlock('a:b'), archiveEnd])).toThrow(
        refusal('name-taken', 'a:b'),
      );
    } finally {
      vi.mocked(systemName).mockReset();
    }
  });
});
