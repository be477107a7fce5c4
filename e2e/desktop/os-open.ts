/** @file The ways in which a system hands files to the app. */
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { backend } from './backend.ts';

/**
 * `path`: on the command line, as Windows does. `uri`: there too, as `file:` URIs, as file managers of Linux do.
 * `event`: by `open-file`, as macOS does, one event a file.
 */
export type Handover = 'path' | 'uri' | 'event';

/** The words that a command line names the files with. */
export const wordsFor = (files: readonly string[], by: Exclude<Handover, 'event'>): string[] =>
  files.map((file) => (by === 'path' ? file : pathToFileURL(file).href));

/** Starts the program once more, as a double-click does while it runs, and waits for that second one to end well. */
export async function startAgain(
  commandLine: readonly string[],
  { env, cwd }: { env: NodeJS.ProcessEnv; cwd: string },
): Promise<void> {
  await promisify(execFile)(backend.program, [...commandLine], { env, cwd, timeout: 30_000 });
}
