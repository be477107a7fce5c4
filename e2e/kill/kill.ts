/** @file Starting a process and killing it at some moment of its work. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, watch } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './place.ts';

/**
 * When to kill: after so many milliseconds of work; or so many after the journal was written to for the `write`-th time
 * from then on, which is just before temporaries are made and just before they get their names.
 */
export type Moment = { ms: number; write?: number };

const CHILD = path.join(import.meta.dirname, 'child.ts');
const CLI = path.join(import.meta.dirname, '../../electron/cli.ts');
/** Milliseconds to wait for writes to the journal that do not come. */
const PATIENCE = 5000;

export function randomMoment(random: () => number): Moment {
  if (random() < 0.4) return { ms: random() * 250 };
  return { ms: random() * 6, write: 1 + Math.floor(random() * 15) };
}

/** Resolves at `moment`, which is counted from now, or when `signal` says that there is nothing to wait for. */
async function until({ ms, write = 0 }: Moment, journalFolder: string, signal: AbortSignal): Promise<void> {
  if (write > 0) {
    const written = Promise.withResolvers<void>();
    let left = write;
    mkdirSync(journalFolder, { recursive: true });
    watch(journalFolder, { signal }, () => {
      left -= 1;
      if (left === 0) written.resolve();
    });
    await Promise.race([written.promise, sleep(PATIENCE, undefined, { signal })]);
  }
  await sleep(ms, undefined, { signal });
}

/**
 * Starts Node with `args` and kills it at `moment`, counted from its first message if it sends any, else from its start.
 * @returns whether it was killed; false if it had ended well before
 * @throws Error with what it said if it ended badly
 */
async function startAndKill(
  place: Place,
  args: readonly string[],
  moment: Moment,
  messages: boolean,
): Promise<boolean> {
  const child = spawn(process.execPath, args, {
    stdio: messages ? ['ignore', 'ignore', 'pipe', 'ipc'] : ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ENVELOPE_HOME: place.home },
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const over = new AbortController();
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  child.on('exit', () => {
    over.abort();
  });
  try {
    if (messages) await once(child, 'message', over);
    await until(moment, place.places.journalFolder, over.signal);
  } catch (error) {
    if (!over.signal.aborted) throw error;
  } finally {
    child.kill('SIGKILL');
  }
  const [code, signal] = await ended;
  if (signal === 'SIGKILL') return true;
  if (code === 0) return false;
  throw new Error(`${args.join(' ')} ended with ${code ?? signal}: ${stderr}`);
}

/**
 * Kills a child at `task`: an operation, or `recover`. `atOnce`: its calls to the file system are made as the command line
 * makes them. Results as of {@link startAndKill}.
 */
export async function killChild(
  place: Place,
  task: string,
  moment: Moment,
  atOnce: boolean,
): Promise<boolean> {
  const way = atOnce ? ['at-once'] : [];
  return await startAndKill(place, [CHILD, place.root, task, ...way], moment, true);
}

/** Kills the command line itself. Results as of {@link startAndKill}. */
export async function killCli(place: Place, args: readonly string[], moment: Moment): Promise<boolean> {
  return await startAndKill(place, [CLI, ...args], moment, false);
}

/** Runs the command line to its end. @returns what it said @throws Error unless it ended well */
export async function runCli(place: Place, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [CLI, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ENVELOPE_HOME: place.home },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
  return stderr;
}
