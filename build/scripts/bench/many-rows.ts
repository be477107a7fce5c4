/** @file Ten thousand rows in the window: how soon they are there, and whether the page ever stands still meanwhile. */
import { readdirSync, rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { Desktop } from '../../../e2e/desktop/fixture.ts';
import { listed, type Scrolled, scrollFor } from '../../../e2e/desktop/probes.ts';
import { type Task, TaskTrace } from '../../../e2e/desktop/tasks.ts';
import { columns, medianOf, percentileOf } from './numbers.ts';
import { writeFiles } from './many-files.ts';

/** A part of a run: its milliseconds, each task over 50 ms in it, and what scrolling saw. */
type Part = { milliseconds: number; longTasks: Task[]; scrolled?: Scrolled };
export type ManyRows = { name: string; runs: Record<string, Part>[] };

/** Milliseconds of looking on, and of scrolling. */
const LOOK = 4_000;
/** Milliseconds from which a task is felt. */
const LONG = 50;

class Run {
  readonly parts: Record<string, Part> = {};
  readonly #trace: TaskTrace;

  constructor(trace: TaskTrace) {
    this.#trace = trace;
  }

  /** Does `work` and keeps what it was. */
  async part(name: string, work: () => Promise<Scrolled | void>): Promise<void> {
    await this.#trace.begin();
    const begun = performance.now();
    const scrolled = await work();
    const milliseconds = performance.now() - begun;
    const longTasks = (await this.#trace.end()).filter(({ wall }) => wall > LONG);
    this.parts[name] = { milliseconds, longTasks, ...(scrolled === undefined ? {} : { scrolled }) };
  }
}

/**
 * Presses the first button that says `words`, within the page. Playwright's own way computes every name in the page, and that
 * would be among the page's tasks.
 */
async function press(page: Page, words: RegExp): Promise<void> {
  await page.waitForFunction(
    (source) => {
      const found = [...document.querySelectorAll('button')].find((button) =>
        new RegExp(source).test(button.textContent),
      );
      found?.click();
      return found !== undefined;
    },
    words.source,
    { timeout: 600_000 },
  );
}

const isThere = async (page: Page, selector: string, state: 'attached' | 'detached'): Promise<void> => {
  await page.waitForFunction(
    ([selector, wanted]) => (document.querySelector(selector) !== null) === wanted,
    [selector, state === 'attached'] as const,
    { timeout: 600_000 },
  );
};

async function runOnce(desktop: Desktop, trace: TaskTrace, count: number, look: number) {
  const { page } = desktop;
  const run = new Run(trace);
  const dialog = '[role="dialog"] [data-autofocus]';
  const folder = { canceled: false, filePaths: [desktop.path('many')] };
  await run.part('nothing to do', async () => await page.waitForTimeout(look));
  await desktop.answerDialog('dialog.showOpenDialog', folder);
  await run.part('chosen folder → plan', async () => {
    await press(page, /^Choose a folder/);
    await isThere(page, dialog, 'attached');
  });
  await run.part('agreed → first row', async () => {
    await press(page, /^Seal [\d,]+ files$/);
    await isThere(page, '[data-state]', 'attached');
  });
  await run.part('first row → all rows', async () => await listed(page, count));
  await run.part('progress', async () => await page.waitForTimeout(look));
  await run.part('progress and scrolling', async () => await scrollFor(page, look));
  await run.part('cancelled → over', async () => {
    await page.getByRole('region', { name: 'Work and history' }).evaluate((list) => (list.scrollTop = 0));
    await isThere(page, '[aria-posinset="1"]', 'attached');
    // It may be over a moment before it would be cancelled.
    await page.evaluate(() => {
      const buttons = [...document.querySelectorAll('button')];
      buttons.find(({ textContent }) => textContent === 'Cancel all')?.click();
    });
    await isThere(page, '[data-state="running"]', 'detached');
  });
  await run.part('over, scrolling', async () => await scrollFor(page, look));
  return run.parts;
}

/** Seals `count` files in the built app, each time anew, and cancels it once everything was seen. */
export async function manyRows(folder: string, count: number, times: number, look = LOOK): Promise<ManyRows> {
  await using desktop = new Desktop(folder);
  writeFiles(desktop.path('many'), count);
  await desktop.launch();
  const trace = await TaskTrace.of(desktop.page);
  const runs: Record<string, Part>[] = [];
  for (let run = 0; run < times; run += 1) {
    runs.push(await runOnce(desktop, trace, count, look));
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
      Math.max(0, ...tasks.map(({ wall }) => wall)).toFixed(0),
      `${tasks.filter(({ cpu }) => cpu > LONG).length}`,
      Math.max(0, ...tasks.map(({ cpu }) => cpu)).toFixed(0),
      frames.length === 0 ? '' : `${of(50)} / ${of(99)} / ${of(100)}`,
      frames.length === 0 ? '' : `${lines}`,
    ];
  });
  const heads = [
    'tasks over 50 ms',
    'longest',
    'of them working',
    'longest',
    'frame p50/p99/max',
    'lines drawn',
  ];
  return columns([[name, 'ms', ...heads], ...cells]);
}
