/** @file The window while a big file is sealed in it: how long the page waits for the main process, and how late that is. */
import { readdirSync, rmSync } from 'node:fs';
import { Desktop } from '../../../e2e/desktop/fixture.ts';
import { type Trips, takeLoop, tripsFor, tripsWhileWorking, watchLoop } from '../../../e2e/desktop/probes.ts';
import { columns, medianOf, percentileOf } from './numbers.ts';
import { writeNoise } from './workshop.ts';

/** Milliseconds. `late`: the main process's event loop. */
type Waits = { trips: number; p50: number; p99: number; max: number; lateP99: number; lateMax: number };
/** One seal, and the same window without work just before it. */
type Run = { idle: Waits; busy: Waits; seconds: number };
export type RoundTrips = { name: string; bytes: number; runs: Run[] };

/** Milliseconds of watching a window that does nothing, after it has come to rest. */
const IDLE = 2_000;
const REST = 1_500;

async function waitsOf({ trips }: Trips, desktop: Desktop): Promise<Waits> {
  const { p99: lateP99, max: lateMax } = await takeLoop(desktop.app);
  return {
    trips: trips.length,
    p50: percentileOf(trips, 50),
    p99: percentileOf(trips, 99),
    max: percentileOf(trips, 100),
    lateP99,
    lateMax,
  };
}

/** As a person does it: the file is dropped, and its plan agreed to if there is one. */
async function sealByDrop(desktop: Desktop, file: string): Promise<void> {
  await desktop.drop([file]);
  const agree = desktop.page.getByRole('button', { name: 'Seal 1 file' });
  const row = desktop.page.locator('[data-state="running"], [data-state="done"]');
  await agree.or(row).first().waitFor();
  if (await agree.isVisible()) await agree.click();
}

async function runOnce(desktop: Desktop, file: string): Promise<Run> {
  const { app, page } = desktop;
  await page.waitForTimeout(REST);
  await takeLoop(app);
  const idle = await waitsOf(await tripsFor(page, IDLE), desktop);
  const counting = tripsWhileWorking(page);
  await sealByDrop(desktop, file);
  const counted = await counting;
  const busy = await waitsOf(counted, desktop);
  for (const name of readdirSync(desktop.folder)) if (name.startsWith('noise.')) rmSync(desktop.path(name));
  await page.getByRole('button', { name: 'Clear history' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clear history' }).click();
  await page.locator('[data-state]').first().waitFor({ state: 'detached' });
  return { idle, busy, seconds: counted.seconds };
}

/** Seals a file of `bytes` in the built app over and over; the first time, which loads and makes things, does not count. */
export async function roundTrips(folder: string, bytes: number, count: number): Promise<RoundTrips> {
  await using desktop = new Desktop(folder);
  writeNoise(desktop.path('noise'), bytes);
  await desktop.launch();
  await watchLoop(desktop.app);
  const runs: Run[] = [];
  for (let run = 0; run <= count; run += 1) runs.push(await runOnce(desktop, desktop.path('noise')));
  return { name: `page → main → page, ${(bytes / 2 ** 30).toFixed(2)} GiB`, bytes, runs: runs.slice(1) };
}

const milliseconds = (value: number): string => value.toFixed(1);

/** Medians of the runs, and of what each run's seal made of the idle window before it. */
export function roundTripsTable({ name, bytes, runs }: RoundTrips): string[] {
  const figures = ['p50', 'p99', 'max', 'lateP99', 'lateMax'] as const;
  const row = (what: 'idle' | 'busy'): string[] =>
    figures.map((figure) => milliseconds(medianOf(runs.map((run) => run[what][figure]))));
  const ratio = (figure: (typeof figures)[number]): string =>
    medianOf(runs.map(({ idle, busy }) => busy[figure] / Math.max(idle[figure], 0.1))).toFixed(2);
  const seconds = medianOf(runs.map((run) => run.seconds));
  const trips = medianOf(runs.map(({ busy }) => busy.trips));
  return [
    ...columns([
      [name, 'p50 ms', 'p99 ms', 'max ms', 'main late p99', 'late max'],
      ['  with nothing to do', ...row('idle')],
      ['  while it is sealed', ...row('busy')],
      ['  busy ÷ idle', ...figures.map(ratio)],
    ]),
    `  sealed in ${seconds.toFixed(1)} s, ${(bytes / 1e6 / seconds).toFixed(0)} MB/s, ${trips} calls each time`,
  ];
}
