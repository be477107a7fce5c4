import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { granted, toOpen, toSeal } from '../app/services.fixture.ts';
import { useQueueWork } from './queue.fixture.ts';

const work = useQueueWork();

const folder = async (...names: string[]): Promise<string> => {
  const made = path.join(work.home.folder, ...names);
  await mkdir(made, { recursive: true });
  return made;
};

const tree = async (of: string): Promise<string[]> =>
  (await readdir(of, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(of, path.join(entry.parentPath, entry.name)))
    .sort();

describe('another folder', () => {
  it('gets a row of a tree in the same shape, and again in a third', async () => {
    const docs = await folder('docs');
    await mkdir(path.join(docs, 'letters'));
    await writeFile(path.join(docs, 'letters', 'a.txt'), 'a');
    const [first, second, third] = [await folder('1'), await folder('2'), await folder('3')];
    // Folders stand where the bodies belong, and are not replaced.
    for (const to of [first, second]) {
      await mkdir(path.join(to, 'docs', 'letters', 'a.txt.enc'), { recursive: true });
    }
    const [grant = '', ...to] = await granted(work.desktop, docs, first, second, third);
    const choices = { to: to[0] ?? '', collision: 'replace' as const };
    let batch = await work.routes.start(toSeal([grant], choices));
    for (const next of to.slice(1)) {
      expect(await work.desktop.ended(batch)).toMatchObject({ failedFiles: 1 });
      const [row] = work.desktop.rowsOf(batch);
      batch = await work.routes.retry([row?.id ?? ''], { to: next });
    }
    expect(await work.desktop.ended(batch)).toMatchObject({ doneFiles: 1, failedFiles: 0 });
    expect(await tree(third)).toEqual(['docs/letters/a.txt.enc', 'docs/letters/a.txt.envelope']);
    expect(await tree(second)).toEqual([]);
  });

  it('that is gone is not made, nor is what lies in it', async () => {
    const { files } = await work.freshFiles(1);
    const [grant = '', gone = ''] = await granted(work.desktop, files[0] ?? '', await folder('gone'));
    await rm(files[0] ?? '');
    const batch = await work.routes.start(toSeal([grant]));
    expect(await work.desktop.ended(batch)).toMatchObject({ failedFiles: 1 });
    await writeFile(files[0] ?? '', 'here again');
    await rm(path.join(work.home.folder, 'gone'), { recursive: true });
    const [row] = work.desktop.rowsOf(batch);
    const again = await work.routes.retry([row?.id ?? ''], { to: gone });
    expect(await work.desktop.ended(again)).toMatchObject({ failedFiles: 1 });
    expect(work.desktop.rowsOf(again)).toMatchObject([{ error: { code: 'target-missing' } }]);
    expect(await readdir(work.home.folder)).not.toContain('gone');
  });
});

describe('a batch that could not begin', () => {
  it('is done again as it was, or in another folder, and leaves the list', async () => {
    const { files } = await work.freshFiles(2);
    const place = path.join(work.home.folder, 'place');
    await writeFile(place, 'a file where the folder should be');
    const [to = '', other = '', ...grants] = await granted(
      work.desktop,
      place,
      await folder('other'),
      ...files,
    );
    const first = await work.routes.start(toSeal(grants, { to }));
    expect(await work.desktop.ended(first)).toMatchObject({ files: 2, error: { code: 'name-taken' } });
    expect(work.desktop.rowsOf(first)).toEqual([]);
    const second = await work.routes.retryBatch(first);
    expect(await work.desktop.ended(second)).toMatchObject({ error: { code: 'name-taken' } });
    expect(work.desktop.batches.has(first)).toBe(false);
    const third = await work.routes.retryBatch(second, { to: other });
    expect(await work.desktop.ended(third)).toMatchObject({ doneFiles: 2 });
    expect(await tree(path.join(work.home.folder, 'other'))).toHaveLength(4);
    await expect((async () => await work.routes.retryBatch(second))()).rejects.toMatchObject({
      code: 'usage',
    });
    await expect((async () => await work.routes.retryBatch(third))()).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('to open is opened elsewhere', async () => {
    const { files } = await work.freshFiles(1);
    const [file = ''] = files;
    await work.desktop.ended(await work.routes.start(toSeal(await granted(work.desktop, file))));
    const place = path.join(work.home.folder, 'place');
    await writeFile(place, 'a file');
    const [envelope = '', to = '', other = ''] = await granted(
      work.desktop,
      `${file}.envelope`,
      place,
      await folder('other'),
    );
    const batch = await work.routes.start(toOpen([envelope], { to }));
    expect(await work.desktop.ended(batch)).toMatchObject({ error: { code: 'name-taken' } });
    const again = await work.routes.retryBatch(batch, { to: other });
    expect(await work.desktop.ended(again)).toMatchObject({ doneFiles: 1 });
    expect(await tree(path.join(work.home.folder, 'other'))).toEqual(['0.bin']);
  });
});
