import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTree, openDescriptors, temporaryFolder } from './archive-fixture.ts';
import type { ArchivePlan } from './archive-plan.ts';
import { planArchive } from './archive-planner.ts';
import { ArchiveSource, checkUnchanged } from './archive-source.ts';

function readAll(plan: ArchivePlan): Buffer {
  using source = new ArchiveSource(plan);
  const archive = Buffer.alloc(plan.size, 0xff);
  source.read(archive, 0);
  return archive;
}

const changed = (path: string): object => ({ code: 'source-changed', details: { path } });

describe('ArchiveSource', () => {
  const spoil: [string, (file: string) => void][] = [
    ['is gone', (file) => rmSync(file)],
    ['is longer', (file) => appendFileSync(file, 'x')],
    [
      'is longer, with the same time',
      (file) => {
        appendFileSync(file, 'x');
        utimesSync(file, 1, 1);
      },
    ],
    ['is shorter', (file) => truncateSync(file, 2)],
    ['has another time', (file) => utimesSync(file, 2, 2)],
    [
      'is another file of the same size and time',
      (file) => {
        renameSync(file, `${file}.old`);
        execFileSync('cp', ['-p', `${file}.old`, file]);
      },
    ],
    [
      'is a link to the very file',
      (file) => {
        renameSync(file, `${file}.old`);
        symlinkSync(`${file}.old`, file);
      },
    ],
    [
      'is a folder',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
    [
      'is a pipe',
      (file) => {
        rmSync(file);
        execFileSync('mkfifo', [file]);
      },
    ],
  ];
  it.each(spoil)('refuses a file that %s', async (_what, change) => {
    using folder = temporaryFolder();
    makeTree(folder.path, [{ path: 'd/a', bytes: 'abc', seconds: '1' }]);
    const { plan } = await planArchive(folder.path);
    change(join(folder.path, 'd/a'));
    expect(() => readAll(plan)).toThrow(expect.objectContaining(changed('d/a')));
  });

  it('refuses a file that gets shorter while it is open', async () => {
    using folder = temporaryFolder();
    makeTree(folder.path, [{ path: 'a', bytes: 'abcdef', seconds: '1' }]);
    const { plan } = await planArchive(folder.path);
    using source = new ArchiveSource(plan);
    source.read(new Uint8Array(3), 512);
    truncateSync(join(folder.path, 'a'), 4);
    expect(() => source.read(new Uint8Array(3), 515)).toThrow(expect.objectContaining(changed('a')));
  });

  it('holds one descriptor at most, and none when it is disposed', async () => {
    using folder = temporaryFolder();
    makeTree(
      folder.path,
      Array.from({ length: 40 }, (_, index) => ({ path: `file ${index}`, bytes: 'abc' })),
    );
    const { plan } = await planArchive(folder.path);
    const before = openDescriptors();
    {
      using source = new ArchiveSource(plan);
      source.read(new Uint8Array(plan.size), 0);
      expect(openDescriptors()).toBe(before + 1);
    }
    expect(openDescriptors()).toBe(before);
  });

  it('gives the same bytes at any offset', async () => {
    using folder = temporaryFolder();
    makeTree(folder.path, [
      { path: 'a', bytes: 'abc' },
      { path: 'b/c', bytes: Buffer.alloc(1024, 1) },
      { path: 'b/empty/' },
      { path: 'b/nothing' },
      { path: 'b/ä', bytes: Buffer.alloc(1300, 2), seconds: '1.5' },
      { path: 'z', bytes: Buffer.alloc(511, 3) },
    ]);
    const { plan } = await planArchive(folder.path);
    const archive = readAll(plan);
    using source = new ArchiveSource(plan);
    fc.assert(
      fc.property(fc.nat(plan.size), fc.nat(plan.size), (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const part = Buffer.alloc(to - from, 0xff);
        source.read(part, from);
        expect(part.equals(archive.subarray(from, to))).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(() => source.read(new Uint8Array(2), plan.size - 1)).toThrow('outside');
  });

  it('reads by the bytes of a name, in another thread too', async () => {
    using folder = temporaryFolder();
    writeFileSync(Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from([0xff])]), 'abc');
    const { plan } = await planArchive(folder.path);
    expect(readAll(structuredClone(plan)).includes('abc\0')).toBe(true);
  });
});

describe('checkUnchanged', () => {
  const spoil: [string, (at: (path: string) => string) => void][] = [
    ['a file was written to', (at) => writeFileSync(at('d/b'), 'xyz')],
    ['a file was touched', (at) => utimesSync(at('d/b'), 1, 1)],
    ['a file is gone', (at) => rmSync(at('d/b'))],
    ['the last file is gone', (at) => rmSync(at('z'))],
    [
      'a file is another of the same size and time',
      (at) => {
        renameSync(at('z'), at('../z'));
        execFileSync('cp', ['-p', at('../z'), at('z')]);
      },
    ],
    ['a file is new', (at) => writeFileSync(at('c'), '')],
    ['a file is new at the end', (at) => writeFileSync(at('zz'), '')],
    ['a folder is new', (at) => mkdirSync(at('c'))],
    [
      'a file became a folder',
      (at) => {
        rmSync(at('z'));
        mkdirSync(at('z'));
      },
    ],
    [
      'a folder became a link to itself',
      (at) => {
        renameSync(at('d'), at('../moved'));
        symlinkSync(at('../moved'), at('d'));
      },
    ],
  ];
  it.each(spoil)('refuses when %s', async (_what, change) => {
    using parent = temporaryFolder();
    const folder = join(parent.path, 'folder');
    // Old times, so that a change within the resolution of the clock shows too.
    makeTree(folder, [
      { path: 'd/', seconds: '1' },
      { path: 'd/b', bytes: 'abc', seconds: '1.5' },
      { path: 'z' },
    ]);
    const { plan } = await planArchive(folder);
    await expect(checkUnchanged(plan)).resolves.toBeUndefined();
    change((path) => join(folder, path));
    await expect(checkUnchanged(plan)).rejects.toMatchObject({ code: 'source-changed' });
  });

  it('does not mind what is excluded, nor that the files were read', async () => {
    using folder = temporaryFolder();
    makeTree(folder.path, [{ path: 'a', bytes: 'abc' }, { path: 'out/' }]);
    const { plan } = await planArchive(folder.path, { exclude: [join(folder.path, 'out')] });
    readAll(plan);
    readFileSync(join(folder.path, 'a'));
    writeFileSync(join(folder.path, 'out', 'a.enc'), '');
    await expect(checkUnchanged(plan)).resolves.toBeUndefined();
  });

  it('can be cancelled', async () => {
    using folder = temporaryFolder();
    const { plan } = await planArchive(folder.path);
    await expect(checkUnchanged(plan, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
