import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  appendFile,
  chmod,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {
  freshFolder,
  makeTestEngine,
  sealRequest,
  type TestEngine,
  timeAndMode,
  withPool,
} from './engine.fixture.ts';
import { open } from './open.ts';
import { readEnvelopeFile } from './read.ts';
import { seal } from './seal.ts';
import { verify } from './verify.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

async function freshFile(bytes: Uint8Array | string = 'tax papers', name = 'report.pdf'): Promise<string> {
  const file = path.join(await freshFolder(engine), name);
  await writeFile(file, bytes);
  return file;
}

describe('seal, then open', () => {
  it.each([0, 1, 1_048_519, 1_048_520, 1_048_521, 3_000_000])(
    'gives %i bytes back, with time and mode',
    async (size) => {
      const bytes = randomBytes(size);
      const file = await freshFile(bytes);
      await utimes(file, 1, 1_700_000_000.123);
      await chmod(file, 0o640);
      const sealed = await seal(engine, sealRequest(engine, file));
      const to = await freshFolder(engine);
      const opened = await open(engine, await readEnvelopeFile(sealed!.envelope), {
        folder: to,
        collision: 'keep-both',
      });
      expect(opened!.path).toBe(path.join(to, 'report.pdf'));
      expect((await readFile(opened!.path)).equals(bytes)).toBe(true);
      expect(await timeAndMode(opened!.path)).toEqual(await timeAndMode(file));
      expect(await readdir(to)).toEqual(['report.pdf']);
      expect((await readdir(path.dirname(file))).sort()).toEqual([
        'report.pdf',
        'report.pdf.enc',
        'report.pdf.envelope',
      ]);
    },
  );

  it('hides names: nothing on disk or in the envelope tells them', async () => {
    const file = await freshFile('secret', 'merger with X.docx');
    const to = await freshFolder(engine);
    const sealed = await seal(engine, sealRequest(engine, file, { folder: to, hideNames: true }));
    expect((await readdir(to)).sort()).toEqual([`${sealed!.id}.enc`, `${sealed!.id}.envelope`]);
    expect(await readFile(sealed!.envelope, 'utf8')).not.toContain('merger');
    const opened = await open(engine, await readEnvelopeFile(sealed!.envelope), {
      folder: to,
      collision: 'keep-both',
    });
    expect(path.basename(opened!.path)).toBe('merger with X.docx');
  });

  it('writes a pair that others may read only if they may read the original', async () => {
    const file = await freshFile();
    await chmod(file, 0o600);
    const sealed = await seal(engine, sealRequest(engine, file));
    expect((await stat(sealed!.body)).mode & 0o777).toBe(0o600);
    expect((await stat(sealed!.envelope)).mode & 0o777).toBe(0o600);
  });
});

describe('names that are taken', () => {
  it('keep-both: both halves get the same number, and the envelope still says the plain name', async () => {
    const file = await freshFile();
    const folder = path.dirname(file);
    await writeFile(`${file}.envelope`, 'somebody else’s');
    const sealed = await seal(engine, sealRequest(engine, file));
    expect(path.basename(sealed!.body)).toBe('report (2).pdf.enc');
    expect(path.basename(sealed!.envelope)).toBe('report (2).pdf.envelope');
    expect(await readFile(`${file}.envelope`, 'utf8')).toBe('somebody else’s');
    expect(existsSync(path.join(folder, 'report.pdf.enc'))).toBe(false);
    expect((await readEnvelopeFile(sealed!.envelope)).envelope.header.content).toMatchObject({
      name: 'report.pdf',
    });
  });

  it('skip: nothing is sealed and no key is asked for', async () => {
    const file = await freshFile();
    await writeFile(`${file}.enc`, 'taken');
    expect(
      await seal(
        { ...engine, keyring: undefined as never },
        sealRequest(engine, file, { collision: 'skip' }),
      ),
    ).toBeUndefined();
  });

  it('replace: the new pair stands in the old one’s place', async () => {
    const file = await freshFile('old');
    await seal(engine, sealRequest(engine, file));
    await writeFile(file, 'new');
    const sealed = await seal(engine, sealRequest(engine, file, { collision: 'replace' }));
    expect((await readdir(path.dirname(file))).sort()).toEqual([
      'report.pdf',
      'report.pdf.enc',
      'report.pdf.envelope',
    ]);
    expect(await verify(engine, await readEnvelopeFile(sealed!.envelope))).toMatchObject({ size: 3 });
  });

  it('replace: refuses a pair that would stand in the place of its original, also through a link', async () => {
    const file = await freshFile();
    const folder = path.dirname(file);
    const target = path.join(folder, 'link.enc');
    await symlink(file, target);
    await symlink(file, path.join(folder, 'link'));
    await expect(
      seal(engine, sealRequest(engine, path.join(folder, 'link'), { collision: 'replace' })),
    ).rejects.toMatchObject({ code: 'same-file' });
    expect(await readFile(file, 'utf8')).toBe('tax papers');
  });
});

describe('what goes wrong', () => {
  const nothingNew = async (file: string) => {
    expect(await readdir(path.dirname(file))).toEqual([path.basename(file)]);
  };

  it.each([
    [
      'grows',
      async (file: string) => {
        await appendFile(file, 'more');
      },
    ],
    [
      'shrinks',
      async (file: string) => {
        await truncate(file, 3);
      },
    ],
    [
      'is touched',
      async (file: string) => {
        await utimes(file, 1, 1);
      },
    ],
    [
      'is replaced',
      async (file: string) => {
        await writeFile(`${file}.tmp`, 'tax papers');
        await rename(`${file}.tmp`, file);
      },
    ],
  ])('a source that %s while it is sealed fails the job and leaves nothing', async (_what, change) => {
    const file = await freshFile();
    const changing = withPool(engine, async () => {
      await change(file);
    });
    await expect(seal(changing, sealRequest(engine, file))).rejects.toMatchObject({ code: 'source-changed' });
    await nothingNew(file);
  });

  it('a cancel leaves nothing', async () => {
    const file = await freshFile(randomBytes(5_000_000));
    const cancel = new AbortController();
    const job = seal(
      withPool(engine, async () => {
        cancel.abort();
        await Promise.resolve();
      }),
      sealRequest(engine, file),
      { signal: cancel.signal },
    );
    await expect(job).rejects.toMatchObject({ code: 'cancelled' });
    await nothingNew(file);
  });

  it('bad labels are refused before anything is done', async () => {
    const file = await freshFile();
    await expect(seal(engine, sealRequest(engine, file, { labels: { 'aws:x': 'y' } }))).rejects.toMatchObject(
      {
        code: 'labels-invalid',
      },
    );
    await nothingNew(file);
  });

  it('a folder, a missing file and a missing target have their own codes', async () => {
    const file = await freshFile();
    await expect(seal(engine, sealRequest(engine, path.dirname(file)))).rejects.toMatchObject({
      code: 'source-special',
    });
    await expect(seal(engine, sealRequest(engine, `${file}x`))).rejects.toMatchObject({
      code: 'source-missing',
    });
    await expect(seal(engine, sealRequest(engine, file, { folder: '/nonexistent/x' }))).rejects.toMatchObject(
      {
        code: 'target-missing',
      },
    );
  });
});
