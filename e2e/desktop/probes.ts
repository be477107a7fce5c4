/** @file What the window measures of itself: calls to the main process, tasks that are too long, frames while it scrolls. */
import type { ElectronApplication, Page } from '@playwright/test';
import type { Client } from '../../shared/contract.ts';

declare global {
  interface Window {
    readonly envelope?: Client;
    /** Milliseconds of each task over 50 ms since {@link watchLongTasks}, or since they were taken. */
    longTasks?: number[];
  }
  var loopDelay: { percentile(percentile: number): number; max: number; reset(): void } | undefined;
}

/** Milliseconds from one call to the next, whether it was answered or not: who waits long is counted as often. */
const PACE = 10;

/** Runs in the page. Without `milliseconds`: from the first row that is worked on to the end of its batch. */
async function countTrips({ pace, milliseconds }: { pace: number; milliseconds: number | undefined }) {
  const client = window.envelope;
  if (client === undefined) throw new Error('this is not the app');
  const work = { begun: Promise.withResolvers<void>(), over: milliseconds === undefined ? false : undefined };
  const stop = client.on('jobsChanged', ({ rows, batches }) => {
    if (work.over === undefined) return;
    work.over ||= batches.some(({ ended }) => ended !== undefined);
    if (work.over || rows.some(({ state }) => state === 'running')) work.begun.resolve();
  });
  const ask = async (): Promise<number> => {
    const asked = performance.now();
    await client.takeArrivals();
    return performance.now() - asked;
  };
  if (work.over !== undefined) await work.begun.promise;
  const trips: Promise<number>[] = [];
  const begun = performance.now();
  const isOver = (): boolean => work.over ?? performance.now() - begun >= (milliseconds ?? 0);
  do {
    trips.push(ask());
    await new Promise((resolve) => setTimeout(resolve, pace));
  } while (!isOver());
  stop();
  return { trips: await Promise.all(trips), seconds: (performance.now() - begun) / 1000 };
}

/** Milliseconds of each call from the page to the main process and back, and how long that went on. */
export type Trips = Awaited<ReturnType<typeof countTrips>>;

/** Calls while nothing else is asked. */
export async function tripsFor(page: Page, milliseconds: number): Promise<Trips> {
  return await page.evaluate(countTrips, { pace: PACE, milliseconds });
}

/** Calls while the next batch is worked on. To be called before that begins. */
export async function tripsWhileWorking(page: Page): Promise<Trips> {
  return await page.evaluate(countTrips, { pace: PACE, milliseconds: undefined });
}

/** Milliseconds between two looks at how late the main process is. */
const LOOK_EVERY = 2;

/** From now on the main process measures how late its event loop is. */
export async function watchLoop(app: ElectronApplication): Promise<void> {
  await app.evaluate((_, resolution) => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const histogram = monitorEventLoopDelay({ resolution });
    histogram.enable();
    globalThis.loopDelay = histogram;
  }, LOOK_EVERY);
}

/** Milliseconds by which the main process was late, since the last time this was asked. */
export async function takeLoop(app: ElectronApplication): Promise<{ p99: number; max: number }> {
  const nanoseconds = await app.evaluate(() => {
    const loop = globalThis.loopDelay;
    const found = { p99: loop?.percentile(99) ?? 0, max: loop?.max ?? 0 };
    loop?.reset();
    return found;
  });
  const late = (value: number): number => Math.max(0, value / 1e6 - LOOK_EVERY);
  return { p99: late(nanoseconds.p99), max: late(nanoseconds.max) };
}

/** From now on the page notes every task over 50 ms. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.longTasks = [];
    const observer = new PerformanceObserver((list) => {
      window.longTasks?.push(...list.getEntries().map(({ duration }) => duration));
    });
    observer.observe({ entryTypes: ['longtask'] });
  });
}

/** Milliseconds of each, since the last time this was asked. */
export async function takeLongTasks(page: Page): Promise<number[]> {
  return await page.evaluate(() => window.longTasks?.splice(0) ?? []);
}

/** Waits until the list has more than `rows` lines: each knows how many there are, whether they are drawn or not. */
export async function listed(page: Page, rows: number, timeout = 600_000): Promise<void> {
  await page.waitForFunction(
    (least) =>
      [...document.querySelectorAll('[aria-setsize]')].some(
        (line) => Number(line.getAttribute('aria-setsize')) > least,
      ),
    rows,
    { timeout },
  );
}

export type Scrolled = {
  /** Milliseconds between two frames. */
  frames: number[];
  /** Lines of the list that were in the document, at most. */
  lines: number;
};

/** Scrolls the list down by `step` pixels a frame, and from its end begins anew. */
export async function scrollFor(page: Page, milliseconds: number, step = 400): Promise<Scrolled> {
  return await page.getByRole('region', { name: 'Work and history' }).evaluate(
    async (list, { milliseconds, step }) => {
      const frames: number[] = [];
      let lines = 0;
      const begun = performance.now();
      for (let last = begun; last - begun < milliseconds;) {
        const now = await new Promise<number>((resolve) => void requestAnimationFrame(resolve));
        frames.push(now - last);
        last = now;
        lines = Math.max(lines, list.querySelectorAll('li').length);
        const end = list.scrollHeight - list.clientHeight;
        list.scrollTop = list.scrollTop >= end ? 0 : list.scrollTop + step;
      }
      return { frames, lines };
    },
    { milliseconds, step },
  );
}
