/** @file `npm start`: builds the app and opens it with Electron, whose runtime is fetched once. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { openApp } from './run.ts';

const require = createRequire(import.meta.url);

/** Electron's program, fetched if need be; undefined if it cannot be had. */
function electronProgram(): string | undefined {
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH'] === undefined) {
    // Does nothing when the runtime is there. What it says about a network that is not there helps nobody.
    const installed = spawnSync(process.execPath, [require.resolve('electron/install.js')], {
      stdio: 'ignore',
    });
    if (installed.status !== 0) return undefined;
  }
  return require('electron') as string;
}

await import('./bundle.ts');
const program = electronProgram();
if (program === undefined) {
  console.error(
    'Electron’s runtime is not here and cannot be fetched; `npm run preview` shows the same app in an installed Chromium.',
  );
  process.exitCode = 1;
} else {
  openApp(program);
}
