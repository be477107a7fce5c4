/** @file The command line as a child process, with a home, a folder and an environment of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';

const cli = path.resolve(import.meta.dirname, '../electron/cli.ts');

/** How a run ended. `signal`: what ended it. `lines`: the standard output, each line parsed as JSON. */
export type Ran = {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
  lines: () => Record<string, unknown>[];
};

export type RunOptions = {
  env?: Record<string, string>;
  /** Gets the running program, to send it signals. */
  onStart?: (child: ChildProcess) => void;
  /** At most so many files may be open at a time (`ulimit -n`; not on Windows). */
  openFiles?: number;
  /** Words put before the command: a program that runs it. */
  before?: readonly string[];
  /** The standard input; without it there is none. */
  input?: string;
  /** Where the standard output goes instead of the result, such as a file that takes nothing. */
  stdout?: number;
};

/** A user's folder and home. The standard input of every program run here is no terminal. */
export class Place implements Disposable {
  #folder = '';
  #homes = '';

  /** `made`: its folders are there from the start. */
  constructor({ made = true } = {}) {
    if (made) this.make();
  }

  get folder(): string {
    return this.#folder;
  }

  /** New folders, with nothing in them. Those of before are to be gone. */
  make(): void {
    this.#folder = mkdtempSync(path.join(tmpdir(), 'envelope-cli-'));
    this.#homes = mkdtempSync(path.join(tmpdir(), 'envelope-home-'));
  }

  /** Where somebody has keys and settings. */
  homeOf(home = 'own'): string {
    return path.join(this.#homes, home);
  }

  at(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  /** Runs `envelope …args` in the folder. `home`: whose keys and settings. */
  async run(args: readonly string[], options: RunOptions = {}, home = 'own'): Promise<Ran> {
    const command = [...(options.before ?? []), process.execPath, cli, ...args];
    const limit = ['sh', '-c', `ulimit -n ${options.openFiles}; exec "$@"`, 'sh'];
    const [program = '', ...words] = options.openFiles === undefined ? command : [...limit, ...command];
    const child = spawn(program, words, {
      cwd: this.folder,
      env: {
        PATH: process.env['PATH'],
        HOME: this.homeOf(home),
        ENVELOPE_HOME: this.homeOf(home),
        AWS_EC2_METADATA_DISABLED: 'true',
        ...options.env,
      },
      stdio: [options.input === undefined ? 'ignore' : 'pipe', options.stdout ?? 'pipe', 'pipe'],
    });
    options.onStart?.(child);
    child.stdin?.end(options.input);
    const [out, err, [code, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    ]);
    const lines = (): Record<string, unknown>[] =>
      out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]));
    return { code, signal, out, err, lines };
  }

  /** The same with `--json`, expected to end well. */
  async json(
    args: readonly string[],
    options: RunOptions = {},
    home = 'own',
  ): Promise<Record<string, unknown>[]> {
    const ran = await this.run([...args, '--json'], options, home);
    if (ran.code !== 0) throw new Error(`envelope ${args.join(' ')} ended with ${ran.code}: ${ran.err}`);
    return ran.lines();
  }

  /** What is in every file of every home: settings, keys, history, journals. */
  homeTexts(): string[] {
    const names = readdirSync(this.#homes, { recursive: true, encoding: 'utf8' });
    const files = names.map((name) => path.join(this.#homes, name)).filter((file) => statSync(file).isFile());
    return files.map((file) => readFileSync(file, 'latin1'));
  }

  [Symbol.dispose](): void {
    for (const folder of [this.folder, this.#homes]) rmSync(folder, { recursive: true, force: true });
  }
}

/** All of `stream`, or what came of it before the test closed it; nothing of none. */
async function text(stream: Readable | null): Promise<string> {
  let all = '';
  if (stream === null) return all;
  stream.on('data', (chunk) => {
    all += String(chunk);
  });
  await once(stream, 'close');
  return all;
}
