/** @file One run of a program: how long it took from its start to its end, and the most memory it held. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type Measured = {
  seconds: number;
  /** Peak resident memory in bytes; 0 where the system does not tell (only Linux does). */
  peakBytes: number;
  stdout: string;
};

export type ProgramOptions = {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** For its standard input. */
  input?: string;
  /** Called with its process number as soon as it has one. */
  onStart?: (pid: number) => void;
};

/** Milliseconds between two looks at the memory: what a program takes in its very last moment is not seen. */
const LOOK_EVERY = 10;

function peakOf(pid: number): number {
  try {
    const [, kilobytes = '0'] =
      /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}

/** Runs `command` to its end. @throws Error with what it said, unless it ended with 0 */
export async function measure(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, input = '', onStart }: ProgramOptions = {},
): Promise<Measured> {
  const started = performance.now();
  const child = spawn(command, args, { cwd, env, stdio: 'pipe' });
  const ended = Promise.withResolvers<string>();
  const { pid } = child;
  if (pid !== undefined) onStart?.(pid);
  let peakBytes = 0;
  const look = setInterval(() => {
    if (pid !== undefined) peakBytes = Math.max(peakBytes, peakOf(pid));
  }, LOOK_EVERY);
  let seconds = 0;
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A program that does not read its input is no failure.
  child.stdin.on('error', () => {}).end(input);
  child.on('error', ended.reject);
  child.on('exit', () => {
    seconds = (performance.now() - started) / 1000;
  });
  child.on('close', (code, signal) => {
    if (code === 0) ended.resolve(stdout);
    else ended.reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}: ${stderr}`));
  });
  try {
    return { stdout: await ended.promise, seconds, peakBytes };
  } finally {
    clearInterval(look);
  }
}
