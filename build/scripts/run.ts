import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Opens the built app with `program`, which understands Electron's command line, and ends as it ends. Arguments of the
 * npm script go to the app; relative ones start where npm was called.
 */
export function openApp(program: string, environment: NodeJS.ProcessEnv = process.env): void {
  const cwd = process.env['INIT_CWD'] ?? process.cwd();
  const app = spawn(program, [root, ...process.argv.slice(2)], { cwd, env: environment, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.kill(signal));
  app.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
