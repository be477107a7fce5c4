import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process that runs a fixture and has printed its first line. */
export type Running = { child: ChildProcess; line: string };

/** Starts `electron/files/<script>` with `args` and waits for its first line. */
export async function startFixture(script: string, ...args: string[]): Promise<Running> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(() => ['ended without a word']);
  const [line] = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), ended]);
  return { child, line: String(line).trim() };
}

/** Kills it as a power failure would, and waits until it is gone. */
export async function kill({ child }: Running): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
