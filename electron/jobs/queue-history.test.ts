import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { granted, toSeal } from '../app/services.fixture.ts';
import { useQueueWork } from './queue.fixture.ts';

const work = useQueueWork();

describe('the history', () => {
  it('survives a restart, shows and verifies results, holds no label, and can be cleared', async () => {
    const { files } = await work.freshFiles(1);
    const batch = await work.routes.start(
      toSeal(await granted(work.desktop, files[0] ?? ''), { labels: { project: 'apollo' } }),
    );
    await work.desktop.ended(batch);
    const [row] = work.desktop.rowsOf(batch);
    await work.run[Symbol.asyncDispose]();
    expect(await readFile(work.home.places.historyFile, 'utf8')).not.toContain('apollo');
    await work.begin();
    expect(work.routes.jobs()).toMatchObject({
      batches: [{ id: batch, past: true, state: 'ended', doneFiles: 1 }],
      rows: [{ id: row?.id, state: 'done' }],
    });
    await work.routes.showResult(row?.id ?? '');
    expect(work.desktop.shown).toEqual([`${files[0]}.envelope`]);
    await expect((async () => await work.routes.retry([row?.id ?? '']))()).rejects.toMatchObject({
      code: 'usage',
    });
    expect(await work.desktop.ended(await work.routes.verifyResult(row?.id ?? ''))).toMatchObject({
      doneFiles: 1,
    });
    await work.routes.clearHistory();
    expect(work.routes.jobs()).toEqual({ rows: [], batches: [], gone: [] });
    await work.desktop.until(() => work.desktop.rows.size === 0 && work.desktop.batches.size === 0);
  });

  it('tells what an interrupted run has left', async () => {
    const { files } = await work.freshFiles(1);
    const folder = path.dirname(files[0] ?? '');
    const partial = path.join(folder, '.0f6c2a7e-6f0e-4a53-9a55-0d1c5b0b6a11.plain.partial');
    await work.run[Symbol.asyncDispose]();
    await mkdir(work.home.places.journalFolder, { recursive: true });
    await writeFile(partial, 'plaintext');
    const entry = { job: 'x', kind: 'open', partial };
    await writeFile(
      path.join(work.home.places.journalFolder, `${crypto.randomUUID()}.jsonl`),
      JSON.stringify(entry),
    );
    await work.begin();
    const { rows } = await work.routes.jobs();
    expect(await readdir(folder)).toEqual(['0.bin']);
    expect(rows).toMatchObject([
      {
        operation: 'open',
        state: 'cancelled',
        name: '.0f6c2a7e-6f0e-4a53-9a55-0d1c5b0b6a11.plain.partial',
        notes: [{ code: 'run-removed' }],
      },
    ]);
  });
});
