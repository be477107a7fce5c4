/** @file Ten thousand rows in the window: how soon they are there, and whether the page ever stands still meanwhile. */
import { readdirSync, rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { Desktop } from '../../../e2e/desktop/fixture.ts';
import {
  listed,
  type Scrolled,
  scrollFor,
  takeLongTasks,
  watchLongTasks,
} from '../../../e2e/desktop/probes.ts';
import { columns, medianOf, percentileOf } from './numbers.ts';
import { writeFiles } from './many-files.ts';

/** A part of a run: its milliseconds, those of each task over 50 ms in it, and what scrolling saw. */
type Part = { milliseconds: number; longTasks: number[]; scrolled?: Scrolled };
export type ManyRows = { name: string; runs: Record<string, Part>[] };

/** Milliseconds of looking on, and of scrolling. */
const LOOK = 4_000;

class Run {
  readonly parts: Record<string, Part> = {};
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Does `work` and keeps what it was. */
  async part(name: string, work: () => Promise<Scrolled | void>): Promise<void> {
    await takeLongTasks(this.#page);
    const begun = performance.now();
    const scrolled = await work();
    const milliseconds = performance.now() - begun;
    const longTasks = await takeLongTasks(this.#page);
    this.parts[name] = { milliseconds, longTasks, ...(scrolled === undefined ? {} : { scrolled }) };
  }
}

async function runOnce(desktop: Desktop, count: number, look: number): Promise<Record<string, Part>> {
  const { page } = desktop;
  const run = new Run(page);
  const agree = page.getByRole('button', { name: /^Seal [\d,]+ files$/ });
  const rows = page.locator('[data-state]');
  await run.part('nothing to do', async () => await page.waitForTimeout(look));
  await run.part('dropped folder → plan', async () => {
    await desktop.drop([desktop.path('many')]);
    await agree.waitFor({ timeout: 600_000 });
  });
  await run.part('agreed → first row', async () => {
    await agree.click();
    await rows.first().waitFor();
  });
  await run.part('first row → all rows', async () => await listed(page, count));
  await run.part('progress', async () => await page.waitForTimeout(look));
  await run.part('progress and scrolling', async () => await scrollFor(page, look));
  await run.part('cancelled → over', async () => {
    const cancel = page.getByRole('button', { name: 'Cancel all' });
    await page.getByRole('region', { name: 'Work and history' }).evaluate((list) => (list.scrollTop = 0));
    // It may be over a moment before it would be cancelled.
    await cancel.click({ timeout: 2_000 }).catch(() => {});
    await cancel.waitFor({ state: 'detached' });
  });
  await run.part('over, scrolling', async () => await scrollFor(page, look));
  return run.parts;
}

/** Seals `count` files in the built app, each time anew, and cancels it once everything was seen. */
export async function manyRows(folder: string, count: number, times: number, look = LOOK): Promise<ManyRows> {
  await using desktop = new Desktop(folder);
  writeFiles(desktop.path('many'), count);
  await desktop.launch();
  await watchLongTasks(desktop.page);
  const runs: Record<string, Part>[] = [];
  for (let run = 0; run < times; run += 1) {
    runs.push(await runOnce(desktop, count, look));
    for (const name of readdirSync(desktop.path('many'), { recursive: true, encoding: 'utf8' })) {
      if (/\.(?:enc|envelope)$/.test(name)) rmSync(desktop.path('many', name));
    }
    await desktop.page.getByRole('button', { name: 'Clear history' }).click();
    await desktop.page.getByRole('dialog').getByRole('button', { name: 'Clear history' }).click();
    await desktop.page.locator('[data-state]').first().waitFor({ state: 'detached' });
  }
  return { name: `${count} rows in the window`, runs };
}

/** Medians of the times; of the long tasks and frames, all of every run. */
export function manyRowsTable({ name, runs }: ManyRows): string[] {
  const cells = Object.keys(runs[0] ?? {}).map((part) => {
    const parts = runs.flatMap((run) => run[part] ?? []);
    const tasks = parts.flatMap(({ longTasks }) => longTasks);
    const frames = parts.flatMap(({ scrolled }) => scrolled?.frames ?? []);
    const lines = Math.max(0, ...parts.map(({ scrolled }) => scrolled?.lines ?? 0));
    const of = (percent: number): string => percentileOf(frames, percent).toFixed(0);
    return [
      `  ${part}`,
      medianOf(parts.map(({ milliseconds }) => milliseconds)).toFixed(0),
      `${tasks.length}`,
      Math.max(0, ...tasks).toFixed(0),
      frames.length === 0 ? '' : `${of(50)} / ${of(99)} / ${of(100)}`,
      frames.length === 0 ? '' : `${lines}`,
    ];
  });
  return columns([[name, 'ms', 'tasks over 50 ms', 'longest', 'frame p50/p99/max', 'lines drawn'], ...cells]);
}
