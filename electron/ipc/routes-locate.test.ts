import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type FakeDesktop,
  granted,
  TestHome,
  type TestRun,
  toOpen,
  toSeal,
} from '../app/services.fixture.ts';
import type { WorkRoutes } from './services.ts';

let home: TestHome;
let run: TestRun;
let routes: WorkRoutes;
let desktop: FakeDesktop;

beforeEach(async () => {
  home = await TestHome.create();
  run = await home.run();
  ({ desktop } = run);
  ({ routes } = run.work);
});
afterEach(async () => {
  await run[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

/** A pair alone in its folder. */
async function pair(): Promise<{ envelope: string; body: string }> {
  const folder = path.join(home.folder, 'files', 'deep', 'er');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'report.pdf');
  await writeFile(file, 'tax papers');
  await desktop.ended(await routes.start(toSeal(await granted(desktop, file))));
  await rm(file);
  return { envelope: `${file}.envelope`, body: `${file}.enc` };
}

/** The row of an open that failed. */
async function failedRow(file: string): Promise<string> {
  const batch = await routes.start(toOpen(await granted(desktop, file)));
  expect(await desktop.ended(batch)).toMatchObject({ failedFiles: 1 });
  return desktop.rowsOf(batch)[0]?.id ?? '';
}

describe('a lost envelope', () => {
  it('is offered with the error, restored, and opens from the same row', async () => {
    const { envelope, body } = await pair();
    const bytes = await readFile(envelope);
    await rm(envelope);
    const row = await failedRow(body);
    expect(desktop.rows.get(row)?.error).toMatchObject({
      code: 'envelope-missing',
      details: { copy: { content: { name: 'report.pdf' } } },
    });
    const { located, own, other } = await routes.locate({ row }, 's1');
    expect(located).toMatchObject({ half: 'body', copy: { keys: [{ name: 'This computer' }] } });
    expect([own.kind, other]).toEqual(['body', undefined]);
    expect(await routes.restoreEnvelope({ row })).toMatchObject({ kind: 'envelope' });
    expect(await readFile(envelope)).toEqual(bytes);
    const again = await routes.retry([row]);
    expect(await desktop.ended(again)).toMatchObject({ doneFiles: 1, failedFiles: 0 });
  });

  it('that was altered gets the whole one beside it, and nothing is replaced', async () => {
    const { envelope } = await pair();
    const text = await readFile(envelope, 'utf8');
    await writeFile(envelope, text.replace('report.pdf', 'Report.pdf'));
    const row = await failedRow(envelope);
    expect(desktop.rows.get(row)?.error?.code).toBe('envelope-altered');
    const restored = await routes.restoreEnvelope({ row });
    expect(restored.name).toBe('report (2).pdf.envelope');
    expect((await readdir(path.dirname(envelope))).sort()).toEqual(
      ['report (2).pdf.envelope', 'report.pdf.enc', 'report.pdf.envelope'].sort(),
    );
    const batch = await routes.start(toOpen([restored.id]));
    expect(await desktop.ended(batch)).toMatchObject({ doneFiles: 1 });
  });

  it('without a copy cannot be restored', async () => {
    const { envelope, body } = await pair();
    await rm(envelope);
    await routes.clearCopies();
    const [grant = ''] = await granted(desktop, body);
    expect((await routes.locate({ grant }, 's')).located.copy).toBeUndefined();
    await expect((async () => await routes.restoreEnvelope({ grant }))()).rejects.toMatchObject({
      code: 'envelope-missing',
    });
  });
});

describe('a missing body', () => {
  it('is found around, and opens with what was found', async () => {
    const { envelope, body } = await pair();
    const moved = path.join(path.dirname(path.dirname(body)), 'moved.bin');
    await rename(body, moved);
    const row = await failedRow(envelope);
    const { located, other } = await routes.locate({ row }, 's1');
    expect(located.found).toEqual({ path: moved, where: 'above' });
    expect(desktop.sent.filter(({ name }) => name === 'locateProgress').length).toBeGreaterThan(0);
    const again = await routes.retry([row], { body: other?.id ?? '' });
    expect(await desktop.ended(again)).toMatchObject({ doneFiles: 1 });
  });

  it('is looked for until that is cancelled', async () => {
    const { envelope, body } = await pair();
    await rm(body);
    const [grant = ''] = await granted(desktop, envelope);
    const looking = (async () => await routes.locate({ grant }, 's1'))();
    await desktop.until(() => desktop.sent.some(({ name }) => name === 'locateProgress'));
    await routes.cancelLocate('s1');
    await routes.cancelLocate('none');
    await expect(looking).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('of a row or grant that never was is refused', async () => {
    for (const half of [{ row: 'x/1' }, { grant: 'x' }]) {
      await expect((async () => await routes.locate(half, 's'))()).rejects.toMatchObject({ code: 'usage' });
      await expect((async () => await routes.restoreEnvelope(half))()).rejects.toMatchObject({
        code: 'usage',
      });
    }
  });
});

it('a row whose results cannot be written goes to another folder', async () => {
  const { envelope } = await pair();
  await rm(path.join(path.dirname(envelope), 'report.pdf.enc'));
  const row = await failedRow(envelope);
  const to = path.join(home.folder, 'elsewhere');
  await mkdir(to);
  const [folder = ''] = await granted(desktop, to);
  const again = await routes.retry([row], { to: folder });
  expect(await desktop.ended(again)).toMatchObject({ failedFiles: 1 });
  await expect(
    (async () => await routes.retry([desktop.rowsOf(again)[0]?.id ?? ''], { to: 'x' }))(),
  ).rejects.toMatchObject({ code: 'usage' });
});

describe('the store of copies', () => {
  it('is moved, changed and emptied', async () => {
    await pair();
    expect(await routes.copies()).toMatchObject({ keep: true, count: 1, isOwn: true });
    const to = path.join(home.folder, 'usb');
    await mkdir(to);
    const [folder = ''] = await granted(desktop, to);
    expect(await routes.moveCopies(folder)).toMatchObject({ count: 1, isOwn: false, place: to });
    expect(await routes.changeCopies({ keep: false, megabytes: 16 })).toMatchObject({
      keep: false,
      megabytes: 16,
    });
    expect((await routes.settings()).settings.copies).toEqual({ keep: false, megabytes: 16, folder: to });
    expect(await routes.moveCopiesBack()).toMatchObject({ isOwn: true, count: 1 });
    expect(await routes.clearCopies()).toMatchObject({ count: 0, bytes: 0 });
    await expect((async () => await routes.changeCopies({ megabytes: 3 }))()).rejects.toMatchObject({
      code: 'settings-invalid',
    });
    await expect((async () => await routes.moveCopies('x'))()).rejects.toMatchObject({ code: 'usage' });
  });
});
