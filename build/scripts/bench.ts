/**
 * @file `npm run bench`: how fast we are, beside `cp` and other people's tools. Whole processes, start-up included, in
 * turns; medians. Nothing here passes or fails by a time.
 *
 * The window is the built app, driven as the specs drive it (e2e/desktop).
 *
 *   npm run bench -- [--runs N] [--size GiB] [--files N] [--envelopes N]
 *     [--dir FOLDER] [--only GROUP] [--alone] [--json FILE] [--svg FILE] [--smoke]
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync, statfsSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../../e2e/stand-in/chromium.ts';
import { BigFile } from './bench/big-file.ts';
import { type Contest, type ContestResult, hold, table } from './bench/contest.ts';
import { onCores } from './bench/cores.ts';
import { KmsCalls } from './bench/kms-calls.ts';
import { manyEnvelopes } from './bench/many-envelopes.ts';
import { manyFiles } from './bench/many-files.ts';
import type { ManyRows } from './bench/many-rows.ts';
import { type Memory, memoryOf, memoryTable } from './bench/memory.ts';
import { plot } from './bench/plot.ts';
import type { RoundTrips } from './bench/round-trips.ts';
import { Workshop } from './bench/workshop.ts';

const SHARED_MEMORY = '/dev/shm';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '7' },
    size: { type: 'string', default: '1' },
    files: { type: 'string', default: '10000' },
    /** Envelopes whose health is looked at, and a tenth of them: what it takes must not grow with them but in time. */
    envelopes: { type: 'string', default: '100000' },
    /** Where the programs work; a file system in memory if there is one. */
    dir: { type: 'string' },
    /** One of {@link groups}. */
    only: { type: 'string' },
    /** The big file beside `cp` only: less room is needed. */
    alone: { type: 'boolean', default: false },
    json: { type: 'string' },
    /** A picture of the programs' contests. */
    svg: { type: 'string' },
    /** Small sizes, one run: tells whether everything works. */
    smoke: { type: 'boolean', default: false },
  },
});
const runs = values.smoke ? 1 : Number(values.runs);
const size = values.smoke ? 5 * 2 ** 20 : Number(values.size) * 2 ** 30;
const files = values.smoke ? 50 : Number(values.files);
const envelopes = values.smoke ? 50 : Number(values.envelopes);

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const fast = values.dir ?? (isWritable(SHARED_MEMORY) ? SHARED_MEMORY : tmpdir());
const all: ContestResult[] = [];
const windows: (RoundTrips | ManyRows)[] = [];
const memory: Memory[] = [];

async function holdAndTell(contest: Contest): Promise<void> {
  const result = await hold(contest, runs);
  all.push(result);
  tell(contest.name, table(result));
}

async function bigFiles(): Promise<void> {
  // The noise, or what each of five makes of it, and what one of them makes now.
  const room = (values.alone ? 2.2 : 7) * size;
  const { bavail, bsize } = statfsSync(fast);
  if (bavail * bsize < room) throw new Error(`${fast} has no room for ${room} bytes: --size or --dir`);
  using shop = new Workshop(fast);
  using file = await BigFile.prepare(shop, size, values);
  await holdAndTell(file.seal);
  file.sealAllWays();
  for (const contest of [file.open, file.verify]) await holdAndTell(contest);
}

async function smallFiles(folder: string): Promise<void> {
  using shop = new Workshop(folder);
  const { seal, open } = manyFiles(shop, files, `in ${folder}`);
  await holdAndTell(seal);
  await holdAndTell(open);
}

async function startUp(): Promise<void> {
  using shop = new Workshop(fast);
  writeFileSync(shop.at('small'), 'x');
  shop.runEnvelope('seal', 'small');
  const contestants = [
    shop.program('node -e 0', process.execPath, ['-e', '0']),
    shop.envelope('envelope inspect', ['inspect', 'small.envelope']),
    shop.envelope('envelope verify', ['verify', 'small.envelope']),
  ];
  await holdAndTell({ name: 'start', work: undefined, contestants });
}

async function cores(): Promise<void> {
  using shop = new Workshop(fast);
  const contest = onCores(shop, size);
  if (contest === undefined) console.log('There is no taskset here: growth with cores is left out.');
  else await holdAndTell(contest);
}

/** On a disk with room for twice the largest. Once each: memory is not a matter of luck. */
async function memories(): Promise<void> {
  for (const times of [1, 8, 32]) {
    using shop = new Workshop(values.dir ?? tmpdir());
    memory.push(await memoryOf(shop, times * size));
  }
  tell('memory', memoryTable(memory));
}

async function kmsCalls(): Promise<void> {
  using shop = new Workshop(fast);
  await using calls = await KmsCalls.prepare(shop, Math.ceil(files / 10));
  await holdAndTell(calls.contest);
  if (!values.smoke) console.log(`  at most ${calls.most} calls in any second; ${calls.allowed} are allowed`);
}

function tell(name: string, lines: readonly string[]): void {
  if (values.smoke) console.log(`${name}: works`);
  else console.log(`\n${lines.join('\n')}`);
}

async function roundTripsInWindow(): Promise<void> {
  const { roundTrips, roundTripsTable } = await import('./bench/round-trips.ts');
  const measured = await roundTrips(fast, values.smoke ? size : 2 * size, runs);
  windows.push(measured);
  tell(measured.name, roundTripsTable(measured));
}

async function rowsInWindow(): Promise<void> {
  const { manyRows, manyRowsTable } = await import('./bench/many-rows.ts');
  // Each run takes a minute; that of the smoke test looks on for a moment.
  const measured = await manyRows(fast, files, Math.min(runs, 3), ...(values.smoke ? [200] : []));
  windows.push(measured);
  tell(measured.name, manyRowsTable(measured));
}

/** The window's groups, where there is something to open one with. */
async function inWindow(group: () => Promise<void>): Promise<void> {
  const { backend } = await import('../../e2e/desktop/backend.ts');
  if (backend.kind === 'stand-in' && findChromium() === undefined) {
    console.log('There is neither Electron’s runtime nor a Chromium here: the window is left out.');
    return;
  }
  console.log(`\nThe window, on ${backend.name}`);
  await group();
}

async function health(): Promise<void> {
  using shop = new Workshop(fast);
  for (const count of [Math.ceil(envelopes / 10), envelopes])
    await holdAndTell(await manyEnvelopes(shop, count));
}

const groups = {
  big: bigFiles,
  small: async () => {
    await smallFiles(fast);
  },
  disk: async () => {
    if (statSync(fast).dev !== statSync(tmpdir()).dev) await smallFiles(tmpdir());
  },
  start: startUp,
  cores,
  kms: kmsCalls,
  memory: memories,
  trips: async () => {
    await inWindow(roundTripsInWindow);
  },
  rows: async () => {
    await inWindow(rowsInWindow);
  },
  health,
};
if (values.only !== undefined && !Object.hasOwn(groups, values.only)) {
  throw new Error(`--only takes one of ${Object.keys(groups).join(', ')}`);
}

const bundle = spawnSync(process.execPath, [path.join(import.meta.dirname, 'bundle.ts')], {
  stdio: 'inherit',
});
if (bundle.status !== 0) throw new Error('the program could not be bundled');
const system = {
  node: process.versions.node,
  processor: `${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}`,
  runs,
};
const caption = `Node ${system.node}, ${system.processor}, in ${fast}, medians of ${runs} runs in turns`;
console.log(caption);
for (const [name, group] of Object.entries(groups)) {
  if (values.only === undefined || values.only === name) await group();
}
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    `${JSON.stringify({ ...system, contests: all, memory, windows }, undefined, 2)}\n`,
  );
}
if (values.svg !== undefined) writeFileSync(values.svg, plot(all, caption));
