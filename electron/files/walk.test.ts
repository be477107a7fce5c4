import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asNobody, makeTree } from './archive-fixture.ts';
import { type WalkOptions, type Walked, walk } from './walk.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'envelope-walk-'));
  chmodSync(folder, 0o755);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function all(root = folder, options?: WalkOptions): Promise<Walked[]> {
  const found: Walked[] = [];
  for await (const each of walk(root, options)) found.push(each);
  return found;
}

const shown = (found: Walked): string =>
  `${found.kind === 'left-out' ? found.why : found.kind} ${found.path}`;

async function list(options?: WalkOptions): Promise<string[]> {
  return (await all(folder, options)).map(shown);
}

describe('what is refused', () => {
  it('has a code for a folder that is not there, or is none', async () => {
    await expect(all(join(folder, 'none'))).rejects.toMatchObject({ code: 'source-missing' });
    makeTree(folder, [{ path: 'file' }]);
    await expect(all(join(folder, 'file'))).rejects.toMatchObject({ code: 'source-special' });
  });

  it('has a code for a folder that cannot be read', async () => {
    makeTree(folder, [{ path: 'closed/', mode: 0 }]);
    await asNobody(async () => {
      await expect(all(join(folder, 'closed'))).rejects.toMatchObject({ code: 'source-unreadable' });
    });
  });

  it('stops when it is cancelled', async () => {
    makeTree(folder, [{ path: 'a' }, { path: 'b' }, { path: 'c' }]);
    const controller = new AbortController();
    const found: string[] = [];
    const walking = (async () => {
      for await (const { path } of walk(folder, { signal: controller.signal })) {
        found.push(path);
        if (path === 'b') controller.abort();
      }
    })();
    await expect(walking).rejects.toMatchObject({ code: 'cancelled' });
    expect(found).toEqual(['a', 'b']);
    await expect(all(folder, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('refuses more than 128 components', async () => {
    makeTree(folder, [{ path: `${Array(127).fill('d').join('/')}/file` }]);
    expect((await all()).at(-1)).toMatchObject({ kind: 'file' });
    makeTree(folder, [{ path: `${Array(128).fill('d').join('/')}/file` }]);
    await expect(all()).rejects.toMatchObject({ code: 'name-impossible' });
  });

  it('has a code for a path that is too long for this system', async () => {
    const descend =
      'for level in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do mkdir "$0"; cd -P "$0"; done; touch "$0"';
    execFileSync('bash', ['-c', descend, 'n'.repeat(240)], { cwd: folder });
    try {
      await expect(all()).rejects.toMatchObject({ code: 'name-impossible' });
    } finally {
      // Node goes by whole paths, which are too long here.
      execFileSync('rm', ['-rf', folder]);
    }
  });

  it('refuses to put the result where it reads', async () => {
    makeTree(folder, [{ path: 'x/' }]);
    await expect(all(folder, { exclude: [`${folder}/x/..`] })).rejects.toMatchObject({ code: 'same-file' });
  });
});

describe('what is left out', () => {
  it('tells links, to files, folders and nowhere, and follows none', async () => {
    makeTree(folder, [{ path: 'real/file' }]);
    symlinkSync('real', join(folder, 'to-folder'));
    symlinkSync('real/file', join(folder, 'to-file'));
    symlinkSync('nowhere', join(folder, 'to-nowhere'));
    symlinkSync('..', join(folder, 'real', 'up'));
    expect(await list()).toEqual([
      'folder real',
      'file real/file',
      'link real/up',
      'link to-file',
      'link to-folder',
      'link to-nowhere',
    ]);
  });

  it('tells pipes and sockets, and opens none', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const server = createServer();
    await new Promise<void>((listening) => {
      server.listen(join(folder, 'socket'), listening);
    });
    expect(await list()).toEqual(['special pipe', 'special socket']);
    await new Promise((closed) => server.close(closed));
  });

  it('tells folders that cannot be listed or entered, and goes on', async () => {
    makeTree(folder, [{ path: 'closed/inner' }, { path: 'listed/inner' }, { path: 'open' }]);
    chmodSync(join(folder, 'closed'), 0);
    chmodSync(join(folder, 'listed'), 0o444);
    await asNobody(async () => {
      expect(await list()).toEqual([
        'unreadable closed',
        'folder listed',
        'unreadable listed/inner',
        'file open',
      ]);
    });
  });

  it('passes over what the caller excludes, however it is named, and what does not exist', async () => {
    makeTree(folder, [{ path: 'a' }, { path: 'out/b' }]);
    symlinkSync(join(folder, 'out'), `${folder}-link`);
    try {
      expect(await list({ exclude: [`${folder}-link`, join(folder, 'none')] })).toEqual(['file a']);
      expect(await list({ exclude: [join(folder, 'a', '..', 'out')] })).toEqual(['file a']);
    } finally {
      rmSync(`${folder}-link`);
    }
  });

  it('does not mention what vanishes while it walks', async () => {
    makeTree(folder, [{ path: 'a' }, { path: 'b' }, { path: 'c/d' }, { path: 'e' }]);
    const found: string[] = [];
    for await (const { path } of walk(folder)) {
      found.push(path);
      rmSync(join(folder, 'b'), { force: true });
      rmSync(join(folder, 'c'), { force: true, recursive: true });
    }
    expect(found).toEqual(['a', 'e']);
  });
});

describe('what is found', () => {
  it('comes depth first, siblings in the order of their bytes', async () => {
    makeTree(folder, [
      { path: 'a/z' },
      { path: 'a.b' },
      { path: 'a b/c' },
      { path: 'ä' },
      { path: '\uffee' },
      { path: '\u{1f600}' },
      { path: 'empty/' },
    ]);
    expect(await list()).toEqual([
      'folder a',
      'file a/z',
      'folder a b',
      'file a b/c',
      'file a.b',
      'folder empty',
      'file ä',
      'file \uffee',
      'file \u{1f600}',
    ]);
  });

  it('comes in the order of people where that is asked for, also in folders', async () => {
    const floors = ['Floor 10', 'Floor 2', 'Floor 1'];
    makeTree(folder, [
      ...floors.map((path) => ({ path })),
      { path: 'b/' },
      ...floors.map((name) => ({ path: `b/${name}` })),
    ]);
    expect(await list({ natural: true })).toEqual([
      'folder b',
      'file b/Floor 1',
      'file b/Floor 2',
      'file b/Floor 10',
      'file Floor 1',
      'file Floor 2',
      'file Floor 10',
    ]);
  });

  it('has size, permission bits and time', async () => {
    makeTree(folder, [
      { path: 'd/', mode: 0o1750, seconds: '1700000000.1239' },
      { path: 'f', bytes: 'abc', mode: 0o640, seconds: '-12.5' },
    ]);
    const [inner, file] = await all();
    expect(inner).toMatchObject({ kind: 'folder', size: 0, mode: 0o750, modifiedMs: 1_700_000_000_123 });
    expect(file).toMatchObject({
      kind: 'file',
      size: 3,
      mode: 0o640,
      modifiedMs: -12_500,
      source: join(folder, 'f'),
    });
  });

  it('is given by a link that the user named', async () => {
    makeTree(folder, [{ path: 'real/file' }]);
    symlinkSync('real', join(folder, 'link'));
    expect((await all(join(folder, 'link'))).map(shown)).toEqual(['file file']);
  });

  it('can be opened though its name is not UTF-8 and its folder’s is not either', async () => {
    const inner = Buffer.concat([Buffer.from(folder), Buffer.from([0x2f, 0xff])]);
    mkdirSync(inner);
    writeFileSync(Buffer.concat([inner, Buffer.from([0x2f, 0x61, 0xfe])]), 'abc');
    writeFileSync(join(folder, '_'), '');
    const found = await all();
    expect(found.map(shown)).toEqual(['file _', 'folder _ (2)', 'file _ (2)/a_']);
    expect(found[2]).toMatchObject({
      size: 3,
      source: Buffer.concat([inner, Buffer.from([0x2f, 0x61, 0xfe])]),
    });
  });

  it('keeps a name that is UTF-8 but not possible in the format as the path to open', async () => {
    writeFileSync(join(folder, 'a\\b'), 'abc');
    expect(await all()).toMatchObject([{ path: 'a_b', source: join(folder, 'a\\b') }]);
  });

  it('lists a folder once: what is made beside a file while it is looked at does not come up', async () => {
    makeTree(folder, [{ path: 'a' }, { path: 'b' }]);
    const found: string[] = [];
    for await (const { path } of walk(folder)) {
      found.push(path);
      writeFileSync(join(folder, `${path}.enc`), '');
      renameSync(join(folder, `${path}.enc`), join(folder, `${path}.sealed`));
    }
    expect(found).toEqual(['a', 'b']);
  });
});
