/** @file Archives of real trees: back by our own sink, and by programs that nobody here wrote. */
import { execFileSync, spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toName } from '../envelope/names.ts';
import { type FixtureFile, makeTree, temporaryFolder } from './archive-fixture.ts';
import type { ArchivePlan } from './archive-plan.ts';
import { planArchive } from './archive-planner.ts';
import { ArchiveSink } from './archive-sink.ts';
import { ArchiveSource } from './archive-source.ts';
import { pathLike } from './disk-path.ts';
import { toMilliseconds } from './times.ts';

function archiveOf(plan: ArchivePlan): Buffer {
  using source = new ArchiveSource(plan);
  const archive = Buffer.alloc(plan.size);
  source.read(archive, 0);
  return archive;
}

/** Every member below `folder` by its path: kind, permission bits, time in ms, bytes. */
function describeTree(folder: string): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const stats = lstatSync(join(folder, path), { bigint: true });
    const mode = (Number(stats.mode) & 0o7777).toString(8);
    const bytes = stats.isFile() ? readFileSync(join(folder, path)).toString('base64') : 'folder';
    members[path] = [mode, toMilliseconds(stats.mtimeNs), bytes];
  }
  return members;
}

function extract(archive: Uint8Array, directory: string, { piece = archive.length, mask = 0 } = {}): void {
  mkdirSync(directory, { mode: 0o700 });
  using sink = new ArchiveSink({ directory, mask });
  for (let offset = 0; offset < archive.length; offset += piece)
    sink.push(archive.subarray(offset, offset + piece));
  expect(sink.finish().notes).toEqual([]);
}

const deep = Array.from({ length: 12 }, (_, index) => `level ${index} ${'x'.repeat(20)}`).join('/');

/** What an archive has to keep. Modes have a test of their own. */
const varied: FixtureFile[] = [
  { path: 'a', bytes: 'abc', mode: 0o640, seconds: '1700000000.123' },
  { path: 'a b/c', bytes: Buffer.alloc(512, 1), mode: 0o600, seconds: '1700000000' },
  { path: 'a b/d', bytes: Buffer.alloc(513, 2), mode: 0o777 },
  { path: 'a.b', bytes: Buffer.alloc(511, 3), mode: 0o444 },
  { path: 'empty file' },
  { path: 'empty folder/', mode: 0o750, seconds: '1600000000.999' },
  { path: 'n'.repeat(200), bytes: 'long name' },
  { path: 'n'.repeat(99), bytes: '99' },
  { path: 'm'.repeat(100), bytes: '100' },
  { path: 'ü'.repeat(127), bytes: '254 bytes of UTF-8' },
  { path: `p/${'p'.repeat(99)}`, bytes: 'just over 100 bytes' },
  { path: deep, bytes: 'over 255 bytes' },
  { path: 'ünï/日本/\u{1f600}', bytes: 'unicode' },
  { path: 'e\u0301 and \u00e9', bytes: 'no normalisation' },
  { path: 'before 1970', seconds: '-12.5' },
  { path: 'just before 1970', seconds: '-0.001' },
  { path: 'quotes " \' and * ? : < > |', bytes: 'x' },
  { path: '-rf', bytes: 'x' },
  { path: 'a=b', bytes: 'x' },
];

describe('our own sink', () => {
  it.each([1, 7, 512, 100_000])('gives a tree back from pieces of %i bytes', async (piece) => {
    using parent = temporaryFolder();
    const [from, to] = [join(parent.path, 'from'), join(parent.path, 'to')];
    makeTree(from, varied);
    const { plan } = await planArchive(from);
    extract(archiveOf(plan), to, { piece });
    expect(Object.keys(describeTree(from))).toHaveLength(varied.length + 15);
    expect(describeTree(to)).toEqual(describeTree(from));
  });

  it('gives back every permission bit, of files and folders', async () => {
    using parent = temporaryFolder();
    const [from, to] = [join(parent.path, 'from'), join(parent.path, 'to')];
    // Only the superuser reads what its owner may not.
    const least = process.getuid?.() === 0 ? 0 : 0o500;
    const modes = Array.from({ length: 0o1000 }, (_, mode) => mode).filter(
      (mode) => (mode & least) === least,
    );
    makeTree(
      from,
      modes.map((mode) => ({ path: `${mode.toString(8)}${mode % 8 === 0 ? '/' : ''}`, mode })),
    );
    const { plan } = await planArchive(from);
    expect(plan.entries).toHaveLength(modes.length);
    extract(archiveOf(plan), to);
    expect(describeTree(to)).toEqual(describeTree(from));
  });

  it('gives any tree back', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
      fc.constantFrom('a', 'b', 'a.b', 'a b', '\uffee', '\u{1f600}', 'x'.repeat(130)),
    );
    const member = fc.record({
      path: fc
        .array(name, { minLength: 1, maxLength: 3 })
        .map((names) => names.map((text) => toName(text)).join('/')),
      bytes: fc.uint8Array({ maxLength: 1500 }),
      mode: fc.integer({ min: 0, max: 0o777 }).map((mode) => mode | 0o600),
      seconds: fc
        .integer({ min: -1e11, max: 4e12 })
        .map((milliseconds) => String((milliseconds + 0.001) / 1000)),
    });
    // One member below each first component, so that no path has to be a file and a folder.
    const tree = fc.uniqueArray(member, { selector: ({ path }) => path.split('/')[0], maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(tree, fc.integer({ min: 1, max: 5000 }), async (files, piece) => {
        using parent = temporaryFolder();
        const [from, to] = [join(parent.path, 'from'), join(parent.path, 'to')];
        mkdirSync(from);
        makeTree(from, files);
        const { plan } = await planArchive(from);
        extract(archiveOf(plan), to, { piece });
        expect(describeTree(to)).toEqual(describeTree(from));
      }),
      { numRuns: 40 },
    );
  });
});

/** The first program of `names` that runs here. */
function program(...names: readonly string[]): string | undefined {
  return names.find((name) => spawnSync(name, ['--version']).status === 0);
}

const tar = program('/usr/bin/tar');
const python = program('python3', 'python');

const tell = `
import json, sys, tarfile
with tarfile.open(sys.argv[1], errorlevel=2) as archive:
    json.dump([[m.name, "folder" if m.isdir() else "file" if m.isreg() else "?", m.mode, round(m.mtime * 1000), m.size,
                m.uid, m.gid, m.uname, m.gname, archive.extractfile(m).read().hex() if m.isreg() else ""]
               for m in archive], sys.stdout)
`;

/** The archive of `varied`, beside its tree. */
async function variedArchive(parent: string): Promise<{ from: string; file: string; plan: ArchivePlan }> {
  const [from, file] = [join(parent, 'from'), join(parent, 'archive.tar')];
  makeTree(from, varied);
  const { plan } = await planArchive(from);
  writeFileSync(file, archiveOf(plan));
  return { from, file, plan };
}

describe('programs that nobody here wrote', () => {
  it.runIf(tar)(`extract the same tree: ${tar}`, async () => {
    using parent = temporaryFolder();
    const { from, file } = await variedArchive(parent.path);
    const to = join(parent.path, 'to');
    mkdirSync(to);
    const { status, stderr } = spawnSync(tar ?? '', ['-xpf', file, '-C', to], { encoding: 'utf8' });
    // GNU tar wonders about times before 1970, and sets them.
    const complaints = stderr.split('\n').filter((line) => line !== '' && !line.includes('implausibly old'));
    expect([status, complaints]).toEqual([0, []]);
    expect(describeTree(to)).toEqual(describeTree(from));
  });

  it.runIf(python)(`read the same members: tarfile of ${python}`, async () => {
    using parent = temporaryFolder();
    const { file, plan } = await variedArchive(parent.path);
    const told: unknown = JSON.parse(execFileSync(python ?? '', ['-c', tell, file], { encoding: 'utf8' }));
    const planned = plan.entries.map(({ path, kind, mode, modifiedMs, size, source }) => {
      const bytes = kind === 'file' ? readFileSync(pathLike(source)).toString('hex') : '';
      return [path, kind, mode, modifiedMs, size, 0, 0, '', '', bytes];
    });
    expect(told).toEqual(planned);
  });
});
